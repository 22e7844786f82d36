using System.Net;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Platform;

public sealed class PageShellTests
{
    [Fact]
    public async Task The_language_switch_turns_the_pages_and_comes_back()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);

        var answer = await client.GetAsync("/ngon-ngu/en?ve=/toi");

        Assert.Equal("/toi", answer.Headers.Location!.ToString());
        Assert.Contains("<html lang=\"en\">", await client.GetStringAsync("/toi"));
        Assert.Contains("My account", await client.GetStringAsync("/toi"));
    }

    [Fact]
    public void Names_that_the_program_gave_are_read_in_the_language_of_the_page_and_those_of_people_as_they_are_written()
    {
        using var server = new ServerUnderTest();
        var texts = server.Services.GetRequiredService<Texts>();
        var before = System.Globalization.CultureInfo.CurrentUICulture;

        System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("en");
        string[] names = [texts.AccountName("Biên tập viên (mẫu)"), texts.AccountName("Quản trị viên"), texts.AccountName("Nông Thị Mẫu")];
        System.Globalization.CultureInfo.CurrentUICulture = before;

        Assert.Equal(["Editor (sample)", "Administrator", "Nông Thị Mẫu"], names);
    }

    [Theory]
    [InlineData("/toi?x=1", "/toi?x=1")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nb", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Only_addresses_of_this_server_are_gone_back_to(string? asked, string gone) => Assert.Equal(gone, LocalUrl.Or(asked, "/"));

    [Theory]
    [InlineData("/dang-nhap")]
    [InlineData("/khong-co-trang-nay")]
    [InlineData("/api/v1/khong-co")]
    public async Task Every_answer_carries_the_security_headers(string url)
    {
        using var server = new ServerUnderTest();

        var answer = await server.Stranger().GetAsync(url);

        Assert.Contains("script-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_told_in_the_look()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);

        var answer = await client.GetAsync("/khong-co-trang-nay");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Không tìm thấy trang", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_page_of_others_is_told_in_the_look()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);

        var answer = await client.GetAsync("/nguoi-dung");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Không có quyền truy cập", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_form_that_has_expired_is_told_in_the_look()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);

        var answer = await client.PostAsync("/dang-xuat", new FormUrlEncodedContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Biểu mẫu đã hết hiệu lực", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_missing_part_of_the_API_is_told_as_problem_details()
    {
        using var server = new ServerUnderTest();

        var answer = await (await server.ClientAs(Roles.Editor)).GetAsync("/api/v1/khong-co");

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Pages_travel_compressed(string encoding)
    {
        using var server = new ServerUnderTest();
        var request = new HttpRequestMessage(HttpMethod.Get, "/dang-nhap") { Headers = { { "Accept-Encoding", encoding } } };

        var answer = await server.Stranger().SendAsync(request);

        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.Single());
    }

    [Fact]
    public async Task The_sentence_of_a_form_is_shown_once()
    {
        using var server = new ServerUnderTest();
        var client = await server.ClientAs(Roles.Editor);
        await client.PostForm("/toi/phien/ket-thuc");

        var first = await client.GetStringAsync("/toi");
        var second = await client.GetStringAsync("/toi");

        Assert.Contains("Đã kết thúc các phiên đăng nhập.", first);
        Assert.DoesNotContain("Đã kết thúc các phiên đăng nhập.", second);
    }

    [Fact]
    public async Task The_menu_shows_what_the_role_may_open()
    {
        using var server = new ServerUnderTest();

        var editor = await (await server.ClientAs(Roles.Editor)).GetStringAsync("/");
        var administrator = await (await server.ClientAs(Roles.Administrator)).GetStringAsync("/");

        Assert.DoesNotContain("href=\"/nguoi-dung\"", editor);
        Assert.Contains("href=\"/nguoi-dung\"", administrator);
    }

    [Fact]
    public async Task The_overview_has_the_cards_of_the_slices_for_the_role()
    {
        using var server = new ServerUnderTest();
        using var withCards = server.WithWebHostBuilder(b => Microsoft.AspNetCore.TestHost.WebHostBuilderExtensions.ConfigureTestServices(b, s =>
            s.AddSingleton(new HomeCard(20, typeof(SampleCard))).AddSingleton(new HomeCard(30, typeof(SampleCard), Roles.Administrator))));

        var page = await (await withCards.ClientAs(Roles.Editor)).GetStringAsync("/");

        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "sample-card"));
    }

    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_places()
    {
        using var server = new ServerUnderTest();
        var texts = server.Services.GetRequiredService<Texts>();

        var differing = texts.All("vi").Keys.Union(texts.All("en").Keys)
            .Where(k => !texts.All("vi").ContainsKey(k) || !texts.All("en").ContainsKey(k) || Places(texts.All("vi")[k]) != Places(texts.All("en")[k]));

        Assert.Empty(differing);
    }

    private static string Places(string text) => string.Join(' ', System.Text.RegularExpressions.Regex.Matches(text, @"\{\d").Select(m => m.Value).Distinct().Order());

    private sealed class SampleCard : Microsoft.AspNetCore.Components.ComponentBase
    {
        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<div class=\"card sample-card\"></div>");
    }
}
