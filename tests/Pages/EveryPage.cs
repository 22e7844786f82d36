using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace BorderInfo.Tests.Pages;

/// <summary>Walks every page each role finds in its menu, and one page of every kind linked from there, as phone and desk see them.</summary>
[Collection(nameof(RunningServer))]
public sealed class EveryPage(RunningServer server)
{
    private static readonly string[] OfAdministrators =
        ["/toi", "/toi/mat-khau", "/toi/hai-buoc", "/cum/1", "/cum/1/sua", "/cum/1/dau-ra/moi", "/diem/LS-0001", "/diem/LS-0001/ghep-noi", "/lich/diem/LS-0001", "/de-nghi-phat/1", "/ngay-le/moi", "/ngay-le/quoc-khanh", "/phat-hanh/1", "/phat-hanh/xem-truoc", "/dia-ban/tuyen/moi", "/dia-ban/cua-khau/moi", "/bao-cao/luot-phat", "/bao-cao/diem/LS-0001", "/bao-cao/tin/T-1"];

    /// <summary>Pages for trouble, and the proof of an item that nothing has played without a broker: their status says so.</summary>
    private static readonly string[] Excused = ["/loi/", "/bao-cao/tin/"];

    private static readonly string[] OfEditors = ["/noi-dung/moi", "/noi-dung/T-1", "/lich/moi", "/duyet", "/duyet/T-1/1"];

    private static readonly string[] OfAnybody = ["/dang-nhap", "/dang-nhap/ma", "/da-dang-xuat", "/vao/khong-co", "/loi/404", "/loi/500"];

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
        var menu = await visit.Menu();

        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewportSizeAsync(width, width > 500 ? 900 : 844);
            foreach (var url in menu.Append("/toi"))
                await visit.To(url, axe: width > 500);
        }

        Assert.True(menu.Length >= 4, $"menu of {user}: {string.Join(' ', menu)}");
        Assert.Empty(visit.Wrong);
        await page.Context.CloseAsync();
    }

    /// <summary>Not only what is linked: every <c>@page</c> of the server is looked at, on a phone, as somebody who may open it.</summary>
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public async Task Every_page_there_is_is_whole_on_a_phone(string language)
    {
        var wrong = new List<string>();
        var seen = new List<string>();
        foreach (var (user, more) in new (string?, string[])[] { ("admin", OfAdministrators), ("bientap", OfEditors), (null, OfAnybody) })
        {
            var page = await server.PageOf(user, language, 390);
            var visit = new Visit(page, language);
            var open = user is null ? new Queue<string>() : new Queue<string>(await visit.Menu());
            foreach (var url in more)
                open.Enqueue(url);
            while (open.TryDequeue(out var url))
            {
                if (seen.Any(s => Visit.SameShape(s, url)))
                    continue;
                seen.Add(url);
                await visit.To(url, axe: true, status: Excused.Any(e => url.StartsWith(e, StringComparison.Ordinal)) ? null : 200);
                foreach (var link in await visit.Links())
                    open.Enqueue(link);
            }

            wrong.AddRange(visit.Wrong);
            await page.Context.CloseAsync();
        }

        Assert.Empty(wrong);
        Assert.Empty(Routes().Where(route => !seen.Any(url => route.IsMatch(url.Split('?')[0]))).Select(r => r.ToString()));
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

    /// <summary>The addresses of all pages, as patterns.</summary>
    private static IEnumerable<Regex> Routes() =>
        typeof(Program).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes(typeof(RouteAttribute), inherit: false)).Cast<RouteAttribute>()
            .Select(r => new Regex("^" + Regex.Replace(r.Template, @"\{[^}]+\}", "[^/]+") + "$"));
}
