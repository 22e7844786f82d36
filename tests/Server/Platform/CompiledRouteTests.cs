using System.Reflection;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Platform;

/// <summary>Of handlers with the same names and types the compiler makes one route, wherever their words come from: a form read as a query answers nobody.</summary>
public sealed class CompiledRouteTests
{
    [Fact]
    public void A_route_takes_a_form_where_its_handler_reads_one_and_only_there()
    {
        using var server = new ServerUnderTest();
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<MethodInfo>() is not null).ToArray();

        var wrong = routes.Where(e => TakesForm(e) != ReadsForm(e.Metadata.GetMetadata<MethodInfo>()!)).Select(e => $"{string.Join(' ', e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {e.RoutePattern.RawText}");

        Assert.Contains(routes, TakesForm);
        Assert.Empty(wrong);
    }

    private static bool TakesForm(RouteEndpoint route) => route.Metadata.OfType<IAcceptsMetadata>().Any(a => a.ContentTypes.Any(t => t.Contains("form", StringComparison.Ordinal)));

    private static bool ReadsForm(MethodInfo handler) =>
        handler.GetParameters().Any(p => p.GetCustomAttribute<FromFormAttribute>() is not null || p.ParameterType == typeof(Microsoft.AspNetCore.Http.IFormFile) || p.ParameterType == typeof(Microsoft.AspNetCore.Http.IFormCollection));
}
