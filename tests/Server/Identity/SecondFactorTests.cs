using System.Net;
using System.Net.Http.Json;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Identity;

public sealed class SecondFactorTests
{
    [Fact]
    public async Task The_password_alone_opens_nothing_and_the_code_leads_on()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var browser = server.Stranger();

        var signedIn = await SignInTests.SignIn(browser, user.UserName, SignInTests.Password, "/dang-nhap?tiep=%2Ftoi");
        var early = await browser.GetAsync("/toi");
        var earlyApi = await browser.GetAsync("/api/v1/me");
        var coded = await Enter(browser, await NextCode(server, user), "/dang-nhap/ma?tiep=%2Ftoi");

        Assert.EndsWith("/dang-nhap/ma?tiep=%2Ftoi", signedIn.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, early.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, earlyApi.StatusCode);
        Assert.EndsWith("/toi", coded.Headers.Location!.ToString());
        Assert.Contains(user.DisplayName, await browser.GetStringAsync("/toi"));
    }

    [Fact]
    public async Task The_half_open_cookie_is_worth_nothing_after_the_code()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var browser = server.Stranger();
        var half = (await SignInTests.SignIn(browser, user.UserName, SignInTests.Password)).Headers.GetValues("Set-Cookie").Last(c => c.StartsWith("bi-session=", StringComparison.Ordinal)).Split(';')[0];
        await Enter(browser, await NextCode(server, user));

        var replay = await server.CreateDefaultClient().SendAsync(new HttpRequestMessage(HttpMethod.Get, "/toi") { Headers = { { "Cookie", half } } });

        Assert.Equal(HttpStatusCode.Redirect, replay.StatusCode);
    }

    [Fact]
    public async Task A_code_that_was_used_is_refused_at_the_next_sign_in()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var (first, second) = (server.Stranger(), server.Stranger());
        await SignInTests.SignIn(first, user.UserName, SignInTests.Password);
        await SignInTests.SignIn(second, user.UserName, SignInTests.Password);
        var code = await NextCode(server, user);
        await Enter(first, code);

        var again = await Enter(second, code);

        Assert.Contains("Mã không đúng hoặc đã dùng", await again.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await second.GetAsync("/toi")).StatusCode);
    }

    [Fact]
    public async Task Five_wrong_codes_lock_the_account_and_end_the_half_open_session()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var browser = server.Stranger();
        await SignInTests.SignIn(browser, user.UserName, SignInTests.Password);
        for (var i = 0; i < 5; i++)
            await Enter(browser, "000000");

        var right = await browser.GetStringAsync("/dang-nhap/ma");
        var password = await SignInTests.SignIn(server.Stranger(), user.UserName, SignInTests.Password);

        Assert.Contains("đang chờ mã đã kết thúc", right);
        Assert.Contains("tạm khoá 15 phút", await password.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_half_open_session_waits_five_minutes()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var browser = server.Stranger();
        await SignInTests.SignIn(browser, user.UserName, SignInTests.Password);
        var form = await browser.FormToken("/dang-nhap/ma");
        server.Clock.Advance(TimeSpan.FromMinutes(6));

        var late = await browser.GetStringAsync("/dang-nhap/ma");

        Assert.NotEmpty(form);
        Assert.Contains("đang chờ mã đã kết thúc", late);
    }

    [Fact]
    public async Task A_one_time_link_asks_for_the_code_too()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var link = await server.Within(async s =>
        {
            var token = await s.GetRequiredService<SignInLinks>().Make(user.UserId, default);
            await s.GetRequiredService<BorderInfoDb>().SaveChangesAsync();
            return token;
        });
        var browser = server.Stranger();

        var entered = await browser.PostToPage($"/vao/{link}", "enter");

        Assert.Contains("/dang-nhap/ma", entered.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/toi")).StatusCode);
    }

    [Fact]
    public async Task It_is_turned_on_with_the_first_code_and_off_with_another()
    {
        using var server = new ServerUnderTest();
        var user = await SignInTests.WithPassword(server);
        var browser = server.Stranger();
        await SignInTests.SignIn(browser, user.UserName, SignInTests.Password);
        var page = await browser.GetStringAsync("/toi/hai-buoc");

        var wrong = await browser.PostToPage("/toi/hai-buoc", "second", ("code", "000000"));
        var on = await browser.PostToPage("/toi/hai-buoc", "second", ("code", await NextCode(server, user)));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        var asked = await server.Within(s => s.GetRequiredService<SecondFactors>().Asked(user.UserId, default));
        var off = await browser.PostToPage("/toi/hai-buoc", "second", ("code", await NextCode(server, user)));

        Assert.Contains("<svg", page);
        Assert.Contains("Mã không đúng", await wrong.Content.ReadAsStringAsync());
        Assert.EndsWith("/toi", on.Headers.Location!.ToString());
        Assert.True(asked);
        Assert.EndsWith("/toi", off.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await SignInTests.SignIn(server.Stranger(), user.UserName, SignInTests.Password)).StatusCode);
        Assert.False(await server.Within(s => s.GetRequiredService<SecondFactors>().Asked(user.UserId, default)));
    }

    [Fact]
    public async Task An_administrator_removes_it_for_somebody_who_lost_the_telephone()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var browser = server.Stranger();
        await SignInTests.SignIn(browser, user.UserName, SignInTests.Password);
        await Enter(browser, await NextCode(server, user));
        var admin = await server.ClientAs(Roles.Administrator);
        var editor = await server.ClientAs(Roles.Editor);
        admin.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        editor.DefaultRequestHeaders.Add("X-BorderInfo", "1");

        var refused = await editor.PostAsJsonAsync($"/api/v1/users/{user.UserId}/second-factor/reset", new { });
        var done = await admin.PostAsJsonAsync($"/api/v1/users/{user.UserId}/second-factor/reset", new { });

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/toi")).StatusCode);
        Assert.EndsWith("/", (await SignInTests.SignIn(server.Stranger(), user.UserName, SignInTests.Password)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_database_holds_no_secret_that_makes_codes()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);

        var stored = await server.WithDb(db => db.Set<SecondFactor>().Select(f => f.Secret).SingleAsync());

        Assert.NotEqual(Totp.SecretBytes, stored.Length);
        Assert.Equal(Totp.SecretBytes, (await SecretOf(server, user)).Length);
    }

    private static Task<HttpResponseMessage> Enter(HttpClient browser, string code, string page = "/dang-nhap/ma") => browser.PostToPage(page, "code", ("code", code));

    private static async Task<Actor> WithSecondFactor(ServerUnderTest server)
    {
        var user = await SignInTests.WithPassword(server);
        await server.Within(s => s.GetRequiredService<SecondFactors>().Waiting(user.UserName, user.UserId, default));
        var code = await NextCode(server, user);
        await server.Within(s => s.GetRequiredService<TurnOnSecondFactor>().Handle(user, new(code, ""), default));
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        return user;
    }

    private static async Task<string> NextCode(ServerUnderTest server, Actor user) => Totp.CodeOf(await SecretOf(server, user), Totp.StepAt(server.Clock.GetUtcNow()));

    private static async Task<byte[]> SecretOf(ServerUnderTest server, Actor user)
    {
        var stored = await server.WithDb(db => db.Set<SecondFactor>().Where(f => f.UserId == user.UserId).Select(f => f.Secret).SingleAsync());
        return await server.Within(s => Task.FromResult(s.GetRequiredService<IDataProtectionProvider>().CreateProtector("second-factor").Unprotect(stored)));
    }
}
