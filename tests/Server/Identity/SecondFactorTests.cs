using System.Net;
using System.Net.Http.Json;
using BorderInfo.Contract;
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
        Assert.Contains("tạm khóa 15 phút do nhập sai mật khẩu hoặc mã xác thực", await password.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_password_again_does_not_forget_wrong_codes()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var browser = server.Stranger();
        await SignInTests.SignIn(browser, user.UserName, SignInTests.Password);
        for (var i = 0; i < 4; i++)
            await Enter(browser, "000000");

        await SignInTests.SignIn(browser, user.UserName, SignInTests.Password);
        await Enter(browser, "000000");
        var locked = await SignInTests.SignIn(server.Stranger(), user.UserName, SignInTests.Password);

        Assert.Contains("tạm khóa 15 phút", await locked.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Wrong_codes_sent_at_once_are_all_counted_and_noted()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var cookie = await HalfOpen(server, user);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => EnterAtOnce(server, cookie, "000000")));

        Assert.All(answers, a => Assert.False(a.Is(out _, out _)));
        Assert.Equal(5, await server.WithDb(db => db.Set<AuditRow>().CountAsync(r => r.Action == "session.refuse")));
        Assert.True(await server.WithDb(db => db.Set<User>().AnyAsync(u => u.Id == user.UserId && u.LockoutEnd != null)));
    }

    [Fact]
    public async Task The_right_code_sent_twice_at_once_opens_one_session()
    {
        using var server = new ServerUnderTest();
        var user = await WithSecondFactor(server);
        var cookie = await HalfOpen(server, user);
        var code = await NextCode(server, user);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => EnterAtOnce(server, cookie, code)));

        Assert.Single(answers, a => a.Is(out _, out _));
        Assert.All(answers, a => Assert.True(a.Is(out _, out var why) || why.Code == "second.wrong"));
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

        var wrong = await browser.PostToPage("/toi/hai-buoc", "second", ("code", "000000"), ("password", SignInTests.Password));
        var on = await browser.PostToPage("/toi/hai-buoc", "second", ("code", await NextCode(server, user)), ("password", SignInTests.Password));
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
    public async Task Turning_it_on_asks_for_the_password_and_wrong_ones_lock()
    {
        using var server = new ServerUnderTest();
        var user = await SignInTests.WithPassword(server);
        var browser = server.Stranger();
        await SignInTests.SignIn(browser, user.UserName, SignInTests.Password);
        browser.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        await browser.PostAsJsonAsync("/api/v1/me/second-factor/", new { });
        var code = await NextCode(server, user);

        var none = await browser.PostAsJsonAsync("/api/v1/me/second-factor/on", new { code });
        var codeless = await browser.PostAsJsonAsync("/api/v1/me/second-factor/on", new { password = SignInTests.Password });
        for (var i = 0; i < 4; i++)
            await browser.PostToPage("/toi/hai-buoc", "second", ("code", code), ("password", "sai mat khau roi"));
        var locked = await browser.PostAsJsonAsync("/api/v1/me/second-factor/on", new { code, password = SignInTests.Password });

        Assert.Contains("password.old-wrong", await none.Content.ReadAsStringAsync());
        Assert.Contains("second.wrong", await codeless.Content.ReadAsStringAsync());
        Assert.Contains("sign-in.locked", await locked.Content.ReadAsStringAsync());
        Assert.False(await server.Within(s => s.GetRequiredService<SecondFactors>().Asked(user.UserId, default)));
    }

    [Fact]
    public async Task A_secret_that_waited_a_quarter_of_an_hour_is_made_anew()
    {
        using var server = new ServerUnderTest();
        var user = await SignInTests.WithPassword(server);
        Task<SecondFactors.Shown?> Waiting() => server.Within(s => s.GetRequiredService<SecondFactors>().Waiting(user.UserName, user.UserId, default));
        var first = await Waiting();
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        var soon = await Waiting();
        server.Clock.Advance(TimeSpan.FromMinutes(6));
        var code = await NextCode(server, user);

        var stale = await server.Within(async s => await s.GetRequiredService<TurnOnSecondFactor>().Handle(user, new(code, SignInTests.Password, ""), default));
        var late = await Waiting();

        Assert.Equal(first, soon);
        Assert.False(stale.Is(out _, out _));
        Assert.NotEqual(first, late);
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

    private static Task<string> HalfOpen(ServerUnderTest server, Actor user) =>
        server.Within(s => s.GetRequiredService<Sessions>().Open(user.UserId, "", "", byLink: false, needsCode: true, default));

    private static Task<Outcome<EnterCode.Done>> EnterAtOnce(ServerUnderTest server, string cookie, string code) =>
        Task.Run(() => server.Within(s => s.GetRequiredService<EnterCode>().Handle(new(cookie, code, "10.0.0.1"), default)));

    private static async Task<Actor> WithSecondFactor(ServerUnderTest server)
    {
        var user = await SignInTests.WithPassword(server);
        await server.Within(s => s.GetRequiredService<SecondFactors>().Waiting(user.UserName, user.UserId, default));
        var code = await NextCode(server, user);
        await server.Within(s => s.GetRequiredService<TurnOnSecondFactor>().Handle(user, new(code, SignInTests.Password, ""), default));
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
