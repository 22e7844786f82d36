using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Pages;

/// <summary>
/// How the pages feel on a satellite or far 3G link: 600 ms and 512 kbit/s both ways.
/// </summary>
/// <remarks>
/// The link is made by Chromium itself (<c>Network.emulateNetworkConditions</c>: latency 600, 64 KB/s down and up): every request waits 600 ms for its answer and all share the
/// bandwidth. What it leaves out: the handshakes of a new connection (on a first visit over TLS 1.3 two more round trips, 1.2 s, once), lost packets, and the slow start of TCP.
/// “Usable” is DOMContentLoaded: text, styles, forms and the scripts they need. “Whole” is the last thing drawn: the map with its marks, the calendar with its bars, else the same.
/// </remarks>
[Collection(nameof(RunningServer))]
public sealed class SlowLink(RunningServer server, ITestOutputHelper output)
{
    private const int LatencyMs = 600, BytesPerSecond = 64_000, GoalPageMs = 3000, GoalClickMs = 1000, Turns = 3;

    private static readonly string Seen =
        "(() => { const n = performance.getEntriesByType('navigation')[0]; return [Math.round(n.domContentLoadedEventEnd), performance.getEntriesByType('resource').reduce((s, r) => s + r.transferSize, n.transferSize)]; })()";

    [BenchFact]
    public async Task Pages_are_usable_in_three_seconds()
    {
        var late = new List<string>();
        Say($"{"page",-28}{"cold usable",12}{"whole",8}{"KB",6}{"warm usable",13}{"whole",8}{"KB",6}");
        foreach (var url in await Pages())
        {
            var cold = await Middle(url, cold: true);
            var warm = await Middle(url, cold: false);
            Say($"{url,-28}{cold.Usable,12}{cold.Whole,8}{cold.Kb,6}{warm.Usable,13}{warm.Whole,8}{warm.Kb,6}");
            if (Math.Max(cold.Whole, warm.Whole) > GoalPageMs)
                late.Add(url);
        }

        Say(late.Count == 0 ? $"every page whole within {GoalPageMs} ms" : $"later than {GoalPageMs} ms: {string.Join(' ', late)}");
    }

    [BenchFact]
    public async Task Clicks_are_answered_in_one_second()
    {
        Say($"{"click",-34}{"first sign ms",14}{"answer ms",11}");
        await Click("sign in", null, "/dang-nhap", async p =>
        {
            await p.FillAsync("#user-name", "kythuat");
            await p.FillAsync("#password", RunningServer.Password);
            return "main form button.btn-primary";
        }, "document.querySelector('.bi-user')");
        var (item, schedule) = await Prepared();
        await Click("approve an item", "duyet", $"/duyet/{item}/1", _ => Task.FromResult("form[action$='/dong-y'] button"), "document.querySelector('main .alert-success')");
        await Click("save a schedule", "bientap", schedule, async p =>
        {
            await p.FillAsync("#number", $"{Random.Shared.Next(100, 900)}");
            return "button[value=save]";
        }, "document.querySelector('main .alert-success')");
        await Click("preview of publishing", "bientap", schedule, _ => Task.FromResult("button[value=save-publish]"), "document.querySelector('form[action=\"/phat-hanh/gui\"]')");
        await Click("filter the list of items", "bientap", "/noi-dung", async p =>
        {
            await p.FillAsync("#tim", "Hữu Nghị");
            return "form[role=search] button";
        }, "location.search.includes('tim=') && document.querySelector('main h1')");
        await Click("filter on the map", "bientap", "/ban-do", async p =>
        {
            await p.FillAsync("#f-text", "Lệ Thanh");
            return "#map-filter button";
        }, "document.querySelectorAll('#map-list li').length === 1");
        await Click("change the language", "bientap", "/", _ => Task.FromResult(".bi-lang a[hreflang=en]"), "document.documentElement.lang === 'en' && document.querySelector('main h1')");
        await Click("open a page of the menu", "bientap", "/", _ => Task.FromResult(".bi-menu a[href='/noi-dung']"), "location.pathname === '/noi-dung' && document.querySelector('main h1')");
    }

    private async Task<(int Usable, int Whole, int Kb)> Middle(string url, bool cold)
    {
        var all = new List<(int Usable, int Whole, int Kb)>();
        for (var turn = 0; turn < Turns; turn++)
        {
            var page = await server.PageOf("admin", "vi", 1280);
            if (cold)
                await Slow(page, forget: true);
            else
                await page.GotoAsync(url);
            await Slow(page, forget: false);
            await page.GotoAsync(url, new() { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = 60_000 });
            await page.WaitForFunctionAsync("() => { const m = document.getElementById('map'), c = document.getElementById('lich'); return m ? m.dataset.ready : c && !c.hidden ? c.querySelector('.fc-view') : document.readyState === 'complete'; }", null, new() { Timeout = 60_000, PollingInterval = 20 });
            var whole = await page.EvaluateAsync<double>("() => performance.now()");
            var seen = await page.EvaluateAsync<double[]>(Seen);
            all.Add(((int)seen[0], Math.Max((int)seen[0], (int)whole), (int)(seen[1] / 1024)));
            await page.Context.CloseAsync();
        }

        return all.OrderBy(a => a.Whole).ElementAt(Turns / 2);
    }

    /// <summary>Presses and waits on the page as the person would see it; the first sign is the bar at the top or a part that grows pale.</summary>
    private async Task Click(string what, string? user, string url, Func<IPage, Task<string>> ready, string answered)
    {
        var page = await server.PageOf(user, "vi", 1280);
        await page.GotoAsync(url);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle, new() { Timeout = 5000 }).ContinueWith(_ => { }, TaskScheduler.Default);
        var button = await ready(page);
        await Slow(page, forget: false);
        await page.EvaluateAsync("""
            (selector) => {
              const pressed = document.querySelector(selector);
              pressed.addEventListener('click', () => sessionStorage.pressed = performance.timeOrigin + performance.now(), { capture: true });
              new MutationObserver((_, watch) => {
                if (!document.querySelector('#bi-going:not([hidden]), [aria-busy=true]')) return;
                watch.disconnect();
                requestAnimationFrame(() => sessionStorage.sign = performance.timeOrigin + performance.now());
              }).observe(document.documentElement, { subtree: true, attributes: true });
            }
            """, button);
        await page.ClickAsync(button);
        await page.WaitForFunctionAsync($"() => {{ const seen = {answered}; if (seen) sessionStorage.answer ??= performance.timeOrigin + performance.now(); return seen; }}", null, new() { Timeout = 60_000 });
        var at = await page.EvaluateAsync<double[]>("() => [sessionStorage.sign - sessionStorage.pressed, sessionStorage.answer - sessionStorage.pressed]");
        Say($"{what,-34}{at[0],14:0}{at[1],11:0}{(at[1] > GoalClickMs ? "  late" : "")}");
        await page.Context.CloseAsync();
    }

    private async Task<string[]> Pages()
    {
        var page = await server.PageOf("admin", "vi", 1280);
        await WorkInTheBrowser.SampleSchedulesAreThere(page);
        await page.GotoAsync("/");
        var menu = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.bi-menu a')].map(a => a.getAttribute('href'))");
        await page.Context.CloseAsync();
        return ["/dang-nhap", .. menu, "/noi-dung/T-1", "/lich/1", "/diem/LS-0001", "/lich/diem/LS-0001", "/cum/moi", "/nguoi-dung/moi"];
    }

    /// <summary>An item that waits for approval, and the page of a schedule.</summary>
    private async Task<(string Item, string Schedule)> Prepared()
    {
        var page = await server.PageOf("bientap", "vi", 1280);
        var item = await WorkInTheBrowser.Compose(page, "Tin thử đường truyền chậm");
        await page.ClickAsync("form[action$='/trinh-duyet'] button");
        await page.Locator("main .alert-success").WaitForAsync();
        await WorkInTheBrowser.SampleSchedulesAreThere(page);
        var schedule = await page.Locator(".table tr:not(:has(.bg-purple-lt)) a[href^='/lich/']").First.GetAttributeAsync("href");
        await page.Context.CloseAsync();
        return (item, schedule!);
    }

    private static async Task Slow(IPage page, bool forget)
    {
        var devTools = await page.Context.NewCDPSessionAsync(page);
        await devTools.SendAsync("Network.enable");
        if (forget)
            await devTools.SendAsync("Network.clearBrowserCache");
        await devTools.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = LatencyMs, ["downloadThroughput"] = BytesPerSecond, ["uploadThroughput"] = BytesPerSecond });
    }

    private void Say(FormattableString line) => output.WriteLine("figure " + line.ToString(CultureInfo.InvariantCulture));

    private void Say(string line) => output.WriteLine("figure " + line);
}
