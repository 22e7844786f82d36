using System.Collections.Concurrent;
using System.Net;
using BorderInfo.Contract;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Identity;

public sealed class SignInTests
{
    internal const string Password = "mot cau rat dai de nho";

    [Fact]
    public async Task Name_and_password_open_a_session_and_lead_on()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);
        var browser = server.Stranger();

        var answer = await SignIn(browser, user.UserName, Password, "/dang-nhap?tiep=%2Ftoi");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith("/toi", answer.Headers.Location!.ToString());
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("bi-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Contains(user.DisplayName, await browser.GetStringAsync("/toi"));
    }

    [Fact]
    public async Task Over_https_the_cookie_belongs_to_this_host_alone()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);
        var browser = server.Stranger();
        browser.BaseAddress = new Uri("https://localhost/");

        var answer = await SignIn(browser, user.UserName, Password);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.Contains("session=", StringComparison.Ordinal));
        Assert.StartsWith("__Host-bi-session=", cookie);
        Assert.Contains("secure", cookie);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_are_told_alike()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);

        var wrong = await (await SignIn(server.Stranger(), user.UserName, "khong phai mat khau")).Content.ReadAsStringAsync();
        var unknown = await (await SignIn(server.Stranger(), "khong-co-ai", "khong phai mat khau")).Content.ReadAsStringAsync();

        Assert.Contains("Tên đăng nhập hoặc mật khẩu không đúng.", wrong);
        Assert.Contains("Tên đăng nhập hoặc mật khẩu không đúng.", unknown);
        Assert.Contains($"value=\"{user.UserName}\"", wrong);
    }

    [Fact]
    public async Task Five_failures_lock_the_account_for_a_quarter_of_an_hour_and_no_longer()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);
        for (var i = 0; i < 5; i++)
            await SignIn(server.Stranger(), user.UserName, "sai mat khau roi");

        var locked = await SignIn(server.Stranger(), user.UserName, Password);
        server.Clock.Advance(TimeSpan.FromMinutes(16));
        var later = await SignIn(server.Stranger(), user.UserName, Password);

        Assert.Contains("tạm khóa 15 phút", await locked.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    public async Task Twenty_failures_make_the_address_wait_whatever_the_name()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);
        var browser = server.Stranger();
        for (var i = 0; i < 20; i++)
            await SignIn(browser, $"ten-thu-{i}", "sai mat khau roi");

        var waiting = await SignIn(browser, user.UserName, Password);
        server.Clock.Advance(TimeSpan.FromMinutes(16));
        var later = await SignIn(browser, user.UserName, Password);

        Assert.Contains("từ địa chỉ mạng này", await waiting.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    public async Task Passwords_sent_at_once_from_one_address_are_not_tried_beyond_its_limit()
    {
        using var server = new ServerUnderTest();
        await WithPassword(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => AtOnce(server, $"ten-thu-{n}", "sai mat khau roi", "10.0.0.1")));

        Assert.Equal((20, 40), (answers.Count(a => a.Why?.Code == "sign-in.wrong"), answers.Count(a => a.Why?.Code == "sign-in.wait")));
    }

    [Fact]
    public async Task Of_passwords_sent_at_once_from_many_addresses_an_account_has_five_looked_at()
    {
        using var server = new ServerUnderTest();
        using var hasher = new HasherThatStops(Password);
        using var counted = server.WithWebHostBuilder(b => b.ConfigureTestServices(s => s.AddSingleton<IPasswordHasher<User>>(hasher)));
        var (user, other) = (await WithPassword(counted), await WithPassword(counted));

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => AtOnce(counted, user.UserName, $"sai mat khau {n}", $"10.0.0.{n}")));

        Assert.Equal((5, 55), (answers.Count(a => a.Why?.Code == "sign-in.wrong"), answers.Count(a => a.Why?.Code == "sign-in.locked")));
        Assert.Equal(5, hasher.Looked.Count(name => name == user.UserName));
        Assert.Equal("sign-in.locked", (await AtOnce(counted, user.UserName, Password, "10.0.1.1")).Why?.Code);
        Assert.Null((await AtOnce(counted, other.UserName, Password, "10.0.1.1")).Why);
    }

    [Fact]
    public async Task Whoever_sits_at_an_open_session_has_no_more_tries_at_its_password()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => Task.Run(async () =>
        {
            using var scope = server.Services.CreateScope();
            return await scope.ServiceProvider.GetRequiredService<SetPassword>().Handle(user, new($"sai mat khau {n}", "mot cau khac rat dai", "mot cau khac rat dai", "no such session"), default);
        })));

        Assert.Equal((5, 25), (answers.Count(a => a.Why?.Code == "password.old-wrong"), answers.Count(a => a.Why?.Code == "sign-in.locked")));
    }

    [Fact]
    public async Task Right_passwords_sent_at_once_all_open()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => AtOnce(server, user.UserName, Password, $"10.0.0.{n}")));

        Assert.All(answers, a => Assert.Null(a.Why));
    }

    [Fact]
    public async Task Right_passwords_are_no_failures_of_their_address()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);

        for (var n = 0; n < FailuresByAddress.Most + 1; n++)
            Assert.Null((await AtOnce(server, user.UserName, Password, "10.0.0.1")).Why);
    }

    [Fact]
    public async Task A_right_password_that_was_being_looked_at_while_the_account_was_locked_opens_and_tells_nothing()
    {
        using var server = new ServerUnderTest();
        using var hasher = new HasherThatStops(Password);
        using var slow = server.WithWebHostBuilder(b => b.ConfigureTestServices(s => s.AddSingleton<IPasswordHasher<User>>(hasher)));
        var user = await WithPassword(slow);
        hasher.Stops = true;

        var right = AtOnce(slow, user.UserName, Password, "10.0.0.1");
        Assert.True(hasher.Stopped.Wait(TimeSpan.FromSeconds(60)));
        await FiveWrongCodes(slow, user.UserName);
        hasher.GoOn.Set();

        // As a wrong one: another answer would tell that it was right.
        Assert.Equal("sign-in.wrong", (await right).Why?.Code);
    }

    [Fact]
    public void Failures_of_one_IPv6_network_count_together()
    {
        var failures = new FailuresByAddress(new FakeClock());
        for (var i = 1; i <= FailuresByAddress.Most; i++)
            failures.Add($"2001:db8:1:2::{i:x}");

        var (same, other) = (failures.MustWait("2001:db8:1:2:ffff::1"), failures.MustWait("2001:db8:1:3::1"));

        Assert.True(same);
        Assert.False(other);
    }

    [Fact]
    public async Task A_session_ends_after_thirty_idle_minutes()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);
        server.Clock.Advance(TimeSpan.FromMinutes(29));
        var used = await client.GetAsync("/");
        server.Clock.Advance(TimeSpan.FromMinutes(29));
        var usedAgain = await client.GetAsync("/");

        server.Clock.Advance(TimeSpan.FromMinutes(31));
        var late = await client.GetAsync("/toi");

        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        Assert.Equal(HttpStatusCode.OK, usedAgain.StatusCode);
        Assert.Equal("/dang-nhap?tiep=%2Ftoi", late.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_busy()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);
        for (var i = 0; i < 35; i++)
        {
            server.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        }

        server.Clock.Advance(TimeSpan.FromMinutes(20));
        var late = await client.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
    }

    [Fact]
    public async Task After_signing_out_the_old_cookie_is_worth_nothing()
    {
        using var server = new ServerUnderTest();
        var user = await WithPassword(server);
        var browser = server.Stranger();
        var cookie = (await SignIn(browser, user.UserName, Password)).Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("bi-session=", StringComparison.Ordinal)).Split(';')[0];
        await browser.PostForm("/dang-xuat");

        var replay = new HttpRequestMessage(HttpMethod.Get, "/toi") { Headers = { { "Cookie", cookie } } };
        var answer = await server.CreateDefaultClient().SendAsync(replay);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task The_database_holds_no_session_number_that_opens_anything()
    {
        using var server = new ServerUnderTest();
        await server.ClientAs(Roles.Editor);
        var stored = await server.WithDb(db => db.Set<UserSession>().Select(s => s.Hash).SingleAsync());

        var answer = await server.CreateDefaultClient().SendAsync(new HttpRequestMessage(HttpMethod.Get, "/toi") { Headers = { { "Cookie", $"bi-session={stored}" } } });

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    internal static Task<HttpResponseMessage> SignIn(HttpClient browser, string name, string password, string page = "/dang-nhap") =>
        browser.PostToPage(page, "sign-in", ("userName", name), ("password", password));

    private static Task<Outcome<SignInWithPassword.Done>> AtOnce(WebApplicationFactory<Program> server, string name, string password, string address) => Task.Run(async () =>
    {
        using var scope = server.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<SignInWithPassword>().Handle(new(name, password, address), default);
    });

    /// <summary>As at the page for the code: they are counted without waiting for passwords that are being looked at.</summary>
    private static async Task FiveWrongCodes(WebApplicationFactory<Program> server, string name)
    {
        using var scope = server.Services.CreateScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        var user = (await accounts.FindByNameAsync(name))!;
        for (var n = 0; n < 5; n++)
            await accounts.AccessFailedAsync(user);
    }

    /// <summary>The real one, which stops before it looks at the right password until it may go on.</summary>
    private sealed class HasherThatStops(string at) : PasswordHasher<User>, IDisposable
    {
        public ManualResetEventSlim Stopped { get; } = new();

        public ManualResetEventSlim GoOn { get; } = new();

        public bool Stops { get; set; }

        /// <summary>Whose passwords were looked at.</summary>
        public ConcurrentQueue<string?> Looked { get; } = [];

        public override PasswordVerificationResult VerifyHashedPassword(User user, string hashedPassword, string providedPassword)
        {
            Looked.Enqueue(user.UserName);
            if (Stops && providedPassword == at)
            {
                Stopped.Set();
                Assert.True(GoOn.Wait(TimeSpan.FromSeconds(60)));
            }

            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }

        public void Dispose()
        {
            Stopped.Dispose();
            GoOn.Dispose();
        }
    }

    internal static async Task<Actor> WithPassword(WebApplicationFactory<Program> server, params string[] roles)
    {
        var actor = await server.NewUser(roles.Length == 0 ? [Roles.Editor] : roles);
        using var scope = server.Services.CreateScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        await accounts.AddPasswordAsync((await accounts.FindByNameAsync(actor.UserName))!, Password);
        return actor;
    }
}
