using System.Net;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Identity;

public sealed class LinkTests
{
    [Fact]
    public async Task A_link_opens_a_session_and_asks_for_a_password()
    {
        using var server = new ServerUnderTest();
        var user = await server.NewUser([Roles.Editor]);
        var page = await LinkFor(server, user);
        var browser = server.Stranger();

        var entered = await browser.PostToPage(page, "enter");
        var set = await browser.PostToPage("/toi/mat-khau", "password", ("new", SignInTests.Password), ("again", SignInTests.Password));
        var next = await SignInTests.SignIn(server.Stranger(), user.UserName, SignInTests.Password);

        Assert.EndsWith("/toi/mat-khau", entered.Headers.Location!.ToString());
        Assert.EndsWith("/toi", set.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, next.StatusCode);
    }

    [Fact]
    public async Task Looking_at_a_link_does_not_use_it_up()
    {
        using var server = new ServerUnderTest();
        var page = await LinkFor(server, await server.NewUser([Roles.Editor]));
        for (var i = 0; i < 3; i++)
            await server.Stranger().GetAsync(page);

        var entered = await server.Stranger().PostToPage(page, "enter");

        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
    }

    [Fact]
    public async Task A_link_works_once_even_for_twelve_at_the_same_time()
    {
        using var server = new ServerUnderTest();
        var page = await LinkFor(server, await server.NewUser([Roles.Editor]));
        var browsers = Enumerable.Range(0, 12).Select(_ => server.Stranger()).ToArray();
        var tokens = await Task.WhenAll(browsers.Select(b => b.FormToken(page)));

        var answers = await Task.WhenAll(browsers.Zip(tokens, (b, t) => b.PostAsync(page, new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = t, ["_handler"] = "enter" }))));

        Assert.Single(answers, a => a.Headers.Contains("Set-Cookie") && a.Headers.GetValues("Set-Cookie").Any(c => c.StartsWith("bi-session=", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_link_ends_after_a_day()
    {
        using var server = new ServerUnderTest();
        var page = await LinkFor(server, await server.NewUser([Roles.Editor]));
        server.Clock.Advance(TimeSpan.FromHours(24));

        var late = await server.Stranger().GetStringAsync(page);

        Assert.Contains("đã hết hạn", late);
        Assert.DoesNotContain("__RequestVerificationToken", late);
    }

    [Fact]
    public async Task A_newer_link_ends_the_older()
    {
        using var server = new ServerUnderTest();
        var user = await server.NewUser([Roles.Editor]);
        var older = await LinkFor(server, user);
        await LinkFor(server, user);

        var answer = await server.Stranger().GetStringAsync(older);

        Assert.Contains("đã được sử dụng", answer);
    }

    [Fact]
    public async Task The_first_start_makes_one_administrator_without_a_password()
    {
        using var server = new ServerUnderTest();

        var users = await server.WithDb(db => db.Set<User>().Include(u => u.Roles).ToListAsync());
        var links = await server.WithDb(db => db.Set<OneTimeLink>().CountAsync());

        var admin = Assert.Single(users);
        Assert.Equal("admin", admin.UserName);
        Assert.Null(admin.PasswordHash);
        Assert.Equal(Roles.Administrator, Assert.Single(admin.Roles).Role);
        Assert.Equal(1, links);
    }

    [Fact]
    public async Task Sample_users_get_links_until_they_have_a_password()
    {
        using var server = new ServerUnderTest();
        var scopes = new Dictionary<string, AreaScope> { [SampleUsers.Monitor] = new(false, ["20"], [], []) };
        await SampleUsers.Ensure(server.Services, scopes);

        var again = await SampleUsers.Ensure(server.Services, scopes);
        var browser = server.Stranger();
        await browser.PostToPage($"/vao/{again.Single(l => l.UserName == SampleUsers.Monitor).Token}", "enter");
        await browser.PostToPage("/toi/mat-khau", "password", ("new", SignInTests.Password), ("again", SignInTests.Password));
        var third = await SampleUsers.Ensure(server.Services, scopes);

        Assert.Equal(4, again.Count);
        Assert.Equal(["bientap", "duyet", "kythuat"], third.Select(l => l.UserName).Order());
        Assert.Contains("\"areas\":[\"p:20\"]", await browser.GetStringAsync("/api/v1/me"));
    }

    private static Task<string> LinkFor(ServerUnderTest server, Actor user) => server.Within(async s =>
    {
        var token = await s.GetRequiredService<SignInLinks>().Make(user.UserId, default);
        await s.GetRequiredService<BorderInfoDb>().SaveChangesAsync();
        return $"/vao/{token}";
    });
}
