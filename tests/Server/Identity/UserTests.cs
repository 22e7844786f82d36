using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Identity;

public sealed class UserTests
{
    private static readonly AreaScope LangSon = new(false, ["20"], [], []);

    [Fact]
    public async Task An_administrator_creates_a_user_and_sees_the_link_once()
    {
        using var server = new ServerUnderTest();
        var admin = await server.ClientAs(Roles.Administrator);

        var answer = await Create(admin, "can-bo-1", [Roles.Editor, Roles.Monitor], ["all"]);

        var page = await answer.Content.ReadAsStringAsync();
        var link = System.Text.RegularExpressions.Regex.Match(page, "/vao/[A-Za-z0-9_-]{22}").Value;
        Assert.NotEmpty(link);
        Assert.Contains("Cán bộ thử", await server.Stranger().GetStringAsync(link));
        Assert.DoesNotContain("/vao/", await admin.GetStringAsync("/nguoi-dung?q=cán bộ"));
        Assert.Contains("Cán bộ thử", await admin.GetStringAsync("/nguoi-dung?q=CÁN BỘ"));
    }

    [Theory]
    [InlineData("A", "editor", "all", "3–40 ký tự")]
    [InlineData("admin", "editor", "all", "đã có người dùng")]
    [InlineData("can-bo-1", "khong-co", "all", "Chọn ít nhất một vai trò")]
    [InlineData("can-bo-1", "editor", "", "Chọn ít nhất một địa bàn")]
    [InlineData("can-bo-1", "editor", "tat-ca", "Không có địa bàn")]
    public async Task A_bad_form_is_refused_with_what_was_typed(string name, string role, string area, string sentence)
    {
        using var server = new ServerUnderTest();
        var admin = await server.ClientAs(Roles.Administrator);

        var page = await (await Create(admin, name, [role], area.Length == 0 ? [] : [area])).Content.ReadAsStringAsync();

        Assert.Contains(sentence, page);
        Assert.Contains("value=\"Cán bộ thử\"", page);
    }

    [Fact]
    public async Task A_commune_typed_by_a_name_that_is_none_is_refused_by_that_name_and_not_lost_beside_a_code()
    {
        using var server = new ServerUnderTest();
        var admin = await server.ClientAs(Roles.Administrator);

        var answer = await admin.PostToPage("/nguoi-dung/moi", "create", [("userName", "can-bo-1"), ("displayName", "Cán bộ thử"), ("unit", ""), ("roles", Roles.Editor), ("communes", "06184; Xã Không Có")]);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Xã Không Có", page);
        Assert.Contains("Không có địa bàn", page);
    }

    [Fact]
    public async Task A_province_administrator_gives_only_what_lies_inside_the_province()
    {
        using var server = new ServerUnderTest();
        var admin = await server.ClientAs(Roles.Administrator, LangSon);

        var inside = await (await Create(admin, "trong-tinh", [Roles.Editor], ["p:20"])).Content.ReadAsStringAsync();
        var outside = await (await Create(admin, "ngoai-tinh", [Roles.Editor], ["p:04"])).Content.ReadAsStringAsync();
        var everything = await (await Create(admin, "toan-quoc", [Roles.Administrator], ["all"])).Content.ReadAsStringAsync();

        Assert.Contains("/vao/", inside);
        Assert.Contains("nằm ngoài phạm vi", outside);
        Assert.Contains("nằm ngoài phạm vi", everything);
    }

    [Fact]
    public async Task A_province_administrator_neither_sees_nor_touches_users_outside()
    {
        using var server = new ServerUnderTest();
        var stranger = await server.NewUser([Roles.Editor], new AreaScope(false, ["04"], [], []));
        var admin = (await server.ClientAs(Roles.Administrator, LangSon)).AsScript();

        var list = await admin.GetStringAsync("/api/v1/users");
        var link = await admin.PostAsync($"/api/v1/users/{stranger.UserId}/link", null);
        var page = await admin.GetAsync($"/nguoi-dung/{stranger.UserId}");

        Assert.DoesNotContain(stranger.UserName, list);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, link.StatusCode);
        Assert.DoesNotContain(stranger.UserName, await page.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rights_that_are_taken_away_are_gone_at_the_next_request()
    {
        using var server = new ServerUnderTest();
        var (client, actor) = await server.UserWithClient([Roles.Administrator]);
        var admin = (await server.ClientAs(Roles.Administrator)).AsScript();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/nguoi-dung")).StatusCode);

        var changed = await admin.PutAsJsonAsync($"/api/v1/users/{actor.UserId}", new { displayName = "Người thử", unit = "", roles = new[] { "editor" }, areas = new[] { "p:20" } });

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/nguoi-dung")).StatusCode);
        Assert.Contains("\"areas\":[\"p:20\"]", await client.GetStringAsync("/api/v1/me"));
    }

    [Fact]
    public async Task A_disabled_user_is_out_at_once_and_stays_out()
    {
        using var server = new ServerUnderTest();
        var actor = await SignInTests.WithPassword(server);
        var client = await server.ClientOf(actor.UserId);
        var admin = await server.ClientAs(Roles.Administrator);

        await admin.PostForm($"/nguoi-dung/{actor.UserId}/khoa");

        Assert.Equal(HttpStatusCode.Redirect, (await client.GetAsync("/toi")).StatusCode);
        Assert.Contains("không đúng", await (await SignInTests.SignIn(server.Stranger(), actor.UserName, SignInTests.Password)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Administrators_cannot_shut_themselves_out()
    {
        using var server = new ServerUnderTest();
        var (admin, actor) = await server.UserWithClient([Roles.Administrator]);
        admin.AsScript();

        var disabled = await admin.PostAsync($"/api/v1/users/{actor.UserId}/disable", null);
        var changed = await admin.PutAsJsonAsync($"/api/v1/users/{actor.UserId}", new { displayName = "Người thử", unit = "", roles = new[] { "editor" }, areas = new[] { "all" } });

        Assert.Equal("user.not-yourself", (await disabled.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal("user.not-yourself", (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_the_other_sessions()
    {
        using var server = new ServerUnderTest();
        var actor = await SignInTests.WithPassword(server);
        var (here, there) = (await server.ClientOf(actor.UserId), await server.ClientOf(actor.UserId));
        const string Newer = "mot cau khac cung dai";

        var without = await here.PostToPage("/toi/mat-khau", "password", ("old", "sai mat khau roi"), ("new", Newer), ("again", Newer));
        var with = await here.PostToPage("/toi/mat-khau", "password", ("old", SignInTests.Password), ("new", Newer), ("again", Newer));

        Assert.Contains("Mật khẩu hiện tại không đúng.", await without.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Redirect, with.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/toi")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/toi")).StatusCode);
    }

    [Theory]
    [InlineData("muoi mot ch", "ít nhất 12 ký tự")]
    [InlineData("aaaaaaaaaaaaaaaa", "dễ đoán")]
    [InlineData("borderinfo 2026", "dễ đoán")]
    public async Task A_weak_password_is_refused(string password, string sentence)
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);

        var answer = await client.PostToPage("/toi/mat-khau", "password", ("new", password), ("again", password));

        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("all", "p:20", true)]
    [InlineData("all", "all", true)]
    [InlineData("p:20", "p:20", true)]
    [InlineData("p:20", "c:06184", true)]
    [InlineData("p:20", "s:LS-CN-1", true)]
    [InlineData("p:20", "c:01273", false)]
    [InlineData("p:20", "all", false)]
    [InlineData("c:06184", "p:20", false)]
    public void An_area_may_be_given_by_who_holds_it(string own, string given, bool may)
    {
        var scope = own switch
        {
            "all" => AreaScope.All,
            ['p', ':', .. var p] => new AreaScope(false, [p], [], []),
            _ => new AreaScope(false, [], [own[2..]], []),
        };

        Assert.Equal(may, AreaCodes.Covers(scope, given, code => code is "c:06184" or "s:LS-CN-1" ? "20" : code.StartsWith("c:", StringComparison.Ordinal) ? "04" : null));
    }

    private static Task<HttpResponseMessage> Create(HttpClient admin, string name, string[] roles, string[] areas) =>
        admin.PostToPage("/nguoi-dung/moi", "create", [("userName", name), ("displayName", "Cán bộ thử"), ("unit", ""), .. roles.Select(r => ("roles", r)), .. areas.Select(a => ("areas", a))]);
}
