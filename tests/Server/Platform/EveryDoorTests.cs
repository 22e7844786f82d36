using System.Net;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Platform;

/// <summary>Walks every endpoint the server has, those of all slices.</summary>
public sealed class EveryDoorTests
{
    /// <summary>The doors open to strangers. A new one is a decision: add it here.</summary>
    private static readonly string[] Open = ["/dang-nhap", "/dang-nhap/ma", "/vao/{Token}", "/da-dang-xuat", "/loi/{Code:int}", "/ngon-ngu/{language}", "/healthz", "/agent/v1/enrol"];

    /// <summary>Doors that the framework adds; the fallback policy closes them.</summary>
    private static readonly string[] FrameworksOwn = ["{**path:file}", "/_framework/"];

    [Fact]
    public void Every_endpoint_says_who_may_use_it()
    {
        using var server = new ServerUnderTest();

        var silent = Doors(server).Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<AuthorizationPolicy>() is null && !IsOpen(e));

        Assert.Empty(silent.Select(Name));
    }

    [Fact]
    public void Only_the_listed_doors_are_open_to_strangers()
    {
        using var server = new ServerUnderTest();

        var open = Doors(server).Where(e => IsOpen(e) && e.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

        Assert.Empty(open.Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().Except(Open));
    }

    [Fact]
    public async Task A_stranger_gets_nothing_but_the_way_to_sign_in()
    {
        using var server = new ServerUnderTest();
        var stranger = server.Stranger();
        var wrong = new List<string>();

        foreach (var door in Doors(server).Where(e => !IsOpen(e)))
        {
            foreach (var method in Methods(door))
            {
                var answer = await stranger.SendAsync(new HttpRequestMessage(new HttpMethod(method), Address(door)));
                if (answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Redirect or HttpStatusCode.Forbidden))
                    wrong.Add($"{method} {Name(door)}: {(int)answer.StatusCode}");
                if (answer.StatusCode == HttpStatusCode.Redirect && !answer.Headers.Location!.ToString().Contains("/dang-nhap", StringComparison.Ordinal))
                    wrong.Add($"{method} {Name(door)} leads to {answer.Headers.Location}");
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>Pages that need no value in their address, by each role: 200 for those the page names, 403 for the others.</summary>
    [Theory]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Approver)]
    [InlineData(Roles.Monitor)]
    [InlineData(Roles.Technician)]
    [InlineData(Roles.Administrator)]
    public async Task Each_role_opens_its_pages_and_no_other(string role)
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(role);
        var wrong = new List<string>();

        foreach (var page in Doors(server).Where(e => !IsOpen(e) && e.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null && e.RoutePattern.Parameters.Count == 0))
        {
            var answer = await client.GetAsync(Address(page));
            var expected = May(page, role) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
            if (answer.StatusCode != expected)
                wrong.Add($"{Name(page)}: {(int)answer.StatusCode} instead of {(int)expected}");
        }

        Assert.Empty(wrong);
    }

    /// <summary>Doors that name roles, also those with values in their address and the API: never a success for somebody without them.</summary>
    [Theory]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Approver)]
    [InlineData(Roles.Monitor)]
    [InlineData(Roles.Technician)]
    [InlineData(Roles.Administrator)]
    public async Task No_role_passes_a_door_of_another(string role)
    {
        using var server = new ServerUnderTest();
        var client = (await server.ClientAs(role)).AsScript();
        var passed = new List<string>();

        foreach (var door in Doors(server).Where(e => !IsOpen(e) && !May(e, role)))
        {
            foreach (var method in Methods(door))
            {
                var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Address(door)));
                if (answer.StatusCode != HttpStatusCode.Forbidden)
                    passed.Add($"{method} {Name(door)}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(passed);
    }

    private static IEnumerable<RouteEndpoint> Doors(ServerUnderTest server)
    {
        server.CreateClient().Dispose();
        return server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => !FrameworksOwn.Any(e.RoutePattern.RawText!.StartsWith));
    }

    private static bool IsOpen(RouteEndpoint e) => e.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static IEnumerable<string> Methods(RouteEndpoint e) => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } all ? all : ["GET"];

    private static string Name(RouteEndpoint e) => $"{e.RoutePattern.RawText} ({e.DisplayName})";

    /// <summary>True when every list of roles on the door has the role, by attribute or by policy.</summary>
    private static bool May(RouteEndpoint e, string role) =>
        e.Metadata.OfType<IAuthorizeData>().Where(a => a.Roles is not null).All(a => a.Roles!.Split(',').Select(r => r.Trim()).Contains(role))
        && e.Metadata.OfType<AuthorizationPolicy>().SelectMany(p => p.Requirements).OfType<Microsoft.AspNetCore.Authorization.Infrastructure.RolesAuthorizationRequirement>().All(r => r.AllowedRoles.Contains(role));

    /// <summary>An address of the door, with 1 for numbers and a word for the rest.</summary>
    private static string Address(RouteEndpoint e)
    {
        var parts = e.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart value => e.RoutePattern.ParameterPolicies.ContainsKey(value.Name) ? "1" : "LS-0001",
            _ => "",
        })));
        return "/" + string.Join('/', parts);
    }
}
