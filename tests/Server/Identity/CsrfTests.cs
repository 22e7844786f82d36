using System.Net;
using System.Net.Http.Json;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Identity;

public sealed class CsrfTests
{
    [Theory]
    [InlineData("POST", "/dang-xuat")]
    [InlineData("POST", "/nguoi-dung/1/khoa")]
    [InlineData("POST", "/api/v1/users")]
    [InlineData("PUT", "/api/v1/users/1")]
    [InlineData("DELETE", "/api/v1/tokens/1")]
    public async Task A_change_by_cookie_without_a_sign_of_intent_is_refused(string method, string url)
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Administrator);

        var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), url) { Content = JsonContent.Create(new { }) });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_token_of_somebody_else_is_refused()
    {
        using var server = new ServerUnderTest();
        var mine = await server.ClientAs(Roles.Administrator);
        var foreign = await (await server.ClientAs(Roles.Editor)).FormToken();

        var answer = await mine.PostAsync("/dang-xuat", new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = foreign }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Signing_in_from_a_foreign_form_is_refused()
    {
        using var server = new ServerUnderTest();

        var answer = await server.Stranger().PostAsync("/dang-nhap", new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "sign-in", ["userName"] = "admin", ["password"] = "x" }));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_script_of_ours_says_so_in_a_header()
    {
        using var server = new ServerUnderTest();
        var client = (await server.ClientAs(Roles.Editor)).AsScript();

        var answer = await client.PostAsJsonAsync("/api/v1/tokens", new { name = "thử", days = 1 });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
