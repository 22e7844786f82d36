namespace BorderInfo.Tests.Pages;

/// <summary>Walks every page each role finds in its menu, and one page of every kind linked from there, as phone and desk see them.</summary>
[Collection(nameof(RunningServer))]
public sealed class EveryPage(RunningServer server)
{
    public static TheoryData<string, string> Readers()
    {
        var readers = new TheoryData<string, string>();
        foreach (var user in RunningServer.Users)
        {
            readers.Add(user, "vi");
            readers.Add(user, "en");
        }

        return readers;
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Every_page_of_the_menu_is_whole_in_both_widths(string user, string language)
    {
        var page = await server.PageOf(user, language, 1280);
        var visit = new Visit(page, language);
        var menu = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.bi-menu a')].map(a => a.getAttribute('href'))");

        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, width > 500 ? 900 : 844);
            foreach (var url in menu.Append("/toi"))
                await visit.To(url, axe: language == "vi");
        }

        Assert.True(menu.Length >= 4, $"menu of {user}: {string.Join(' ', menu)}");
        Assert.Empty(visit.Wrong);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("admin", "vi")]
    [InlineData("bientap", "en")]
    public async Task Every_kind_of_page_behind_the_menu_is_whole(string user, string language)
    {
        var page = await server.PageOf(user, language, 390);
        var visit = new Visit(page, language);
        var menu = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.bi-menu a')].map(a => a.getAttribute('href'))");
        var behind = (await visit.LinksOn(menu)).Except(menu).ToArray();

        foreach (var url in behind)
            await visit.To(url, axe: true);

        Assert.True(behind.Length >= 6, $"links of {user}: {string.Join(' ', behind)}");
        Assert.Empty(visit.Wrong);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("bientap", "/noi-dung", "/noi-dung/moi")]
    [InlineData("bientap", "/lich", "/lich/moi")]
    [InlineData("admin", "/cum", "/cum/moi")]
    [InlineData("admin", "/nguoi-dung", "/nguoi-dung/moi")]
    public async Task The_tab_key_reaches_the_skip_link_first_and_then_the_main_action(string user, string url, string action)
    {
        var page = await server.PageOf(user, "vi", 1280);
        await page.GotoAsync(url);
        var reached = new List<string>();

        while (reached.Count < 60 && !reached.Contains(action))
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href') ?? document.activeElement.tagName"));
        }

        Assert.EndsWith("#noi-dung", reached[0], StringComparison.Ordinal);
        Assert.Contains(action, reached);
        await page.Context.CloseAsync();
    }
}
