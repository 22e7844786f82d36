using System.Net;
using System.Text;
using System.Text.Json;
using BorderInfo.Tests.Server.Geo;

namespace BorderInfo.Tests.Server.Platform;

/// <summary>Bodies of JSON that leave out what a use case counts on.</summary>
public sealed class WholeBodyTests : IDisposable
{
    private readonly GeoUnderTest geo = new();

    [Theory]
    [InlineData("POST", "/api/v1/users", """{"userName":"an"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/users", """{"userName":"an.nguyen","shape":{}}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/api/v1/tokens", "{}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/api/v1/items", "{}", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/stops", "{}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/api/v1/stops", """{"areas":[null]}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/stops", """{"name":"a","areas":["all"],"themes":[null],"until":"2026-12-01T00:00:00Z"}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/noise/rules", "{}", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/clusters", "{}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/api/v1/schedules", "{}", HttpStatusCode.UnprocessableEntity)]
    [InlineData("POST", "/api/v1/schedules", """{"name":"a","tier":77}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/api/v1/schedules", """{"name":"a","weights":[null]}""", HttpStatusCode.BadRequest)]
    public async Task What_a_body_leaves_out_is_refused_and_breaks_nothing(string method, string url, string body, HttpStatusCode status)
    {
        var browser = await geo.Browser();

        var answer = await browser.SendAsync(new HttpRequestMessage(new HttpMethod(method), url) { Content = new StringContent(body, Encoding.UTF8, "application/json") });

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task The_description_tells_bodies_apart_that_bear_one_name()
    {
        var browser = await geo.Browser();

        using var told = JsonDocument.Parse(await browser.GetStringAsync("/openapi/v1.json"));

        Assert.NotEqual(Body(told, "/api/v1/tokens"), Body(told, "/api/v1/users"));
    }

    public void Dispose() => geo.Dispose();

    private static string Body(JsonDocument told, string path) =>
        told.RootElement.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;
}
