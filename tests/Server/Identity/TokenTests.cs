using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Tests.Server.Identity;

public sealed class TokenTests
{
    [Fact]
    public async Task A_token_calls_the_API_with_the_rights_of_its_owner()
    {
        using var server = new ServerUnderTest();
        var owner = await server.ClientAs(Roles.Monitor, new AreaScope(false, ["20"], ["06184"], []));
        var program = Program(server, await Make(owner));

        var me = await program.GetFromJsonAsync<JsonElement>("/api/v1/me");
        var users = await program.GetAsync("/api/v1/users");

        Assert.Equal(["monitor"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(["p:20", "c:06184"], me.GetProperty("areas").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, users.StatusCode);
    }

    [Fact]
    public async Task A_token_ends_on_its_day()
    {
        using var server = new ServerUnderTest();
        var program = Program(server, await Make(await server.ClientAs(Roles.Editor), days: 2));
        server.Clock.Advance(TimeSpan.FromDays(2));

        var answer = await program.GetAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_revoked_token_ends_at_once()
    {
        using var server = new ServerUnderTest();
        var owner = await server.ClientAs(Roles.Editor);
        var program = Program(server, await Make(owner));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
        await owner.PostForm("/toi/ma/1/thu-hoi");

        var answer = await program.GetAsync("/api/v1/me");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_opens_no_page_and_makes_no_other_token()
    {
        using var server = new ServerUnderTest();
        var program = Program(server, await Make(await server.ClientAs(Roles.Administrator)));

        var page = await program.GetAsync("/nguoi-dung");
        var another = await program.PostAsJsonAsync("/api/v1/tokens", new { name = "nữa", days = 1 });

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, another.StatusCode);
    }

    [Fact]
    public async Task The_database_keeps_a_hash_and_seven_characters()
    {
        using var server = new ServerUnderTest();
        var token = await Make(await server.ClientAs(Roles.Editor));

        var kept = await server.WithDb(db => db.Set<PersonalToken>().SingleAsync());

        Assert.Matches("^bi_[A-Za-z0-9_-]{22}$", token);
        Assert.Equal(token[..7], kept.Beginning);
        Assert.DoesNotContain(token[3..], JsonSerializer.Serialize(kept));
    }

    [Fact]
    public async Task Nobody_revokes_the_token_of_another()
    {
        using var server = new ServerUnderTest();
        var program = Program(server, await Make(await server.ClientAs(Roles.Editor)));

        var foreign = await (await server.ClientAs(Roles.Administrator)).PostForm("/toi/ma/1/thu-hoi");

        Assert.StartsWith("-", SignedIn.FlashOf(foreign));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
    }

    private static async Task<string> Make(HttpClient owner, int days = 30)
    {
        var answer = await owner.AsScript().PostAsJsonAsync("/api/v1/tokens", new { name = "phần mềm của tỉnh", days });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private static HttpClient Program(ServerUnderTest server, string token)
    {
        var client = server.CreateDefaultClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }
}
