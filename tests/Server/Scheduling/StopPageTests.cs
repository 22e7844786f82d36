using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>The page, the banner and the API of stops as a signed-in browser meets them.</summary>
public sealed class StopPageTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    public StopPageTests() => world.Items.Release(1, theme: "festival", title: "Lễ hội mẫu");

    [Fact]
    public async Task An_administrator_sees_what_will_stop_confirms_it_and_the_overview_says_so()
    {
        await world.Published(SchedulingWorld.Wanted("Đêm hội", items: [1]));
        var browser = await world.Server.ClientAs(Roles.Administrator);

        var counted = await Page(await browser.PostToPage("/tam-dung", "tam-dung", Form("count")));
        var unsure = await Page(await browser.PostToPage("/tam-dung", "tam-dung", Form("start")));
        var before = (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Stops;
        var done = await browser.PostToPage("/tam-dung", "tam-dung", [.. Form("start"), ("sure", "1")]);
        var home = new HtmlParser().ParseDocument(await browser.GetStringAsync("/"));

        Assert.Contains("1 trong 3 cụm", counted.QuerySelector("#se-dung")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Đêm hội", counted.QuerySelector("#se-dung")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Quốc tang mẫu", counted.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Contains("Đánh dấu ô xác nhận", unsure.QuerySelector(".alert-danger")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(before);
        Assert.EndsWith("/tam-dung", done.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(["festival"], (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Stops.Single().Themes);
        Assert.Contains("Quốc tang mẫu", home.QuerySelector(".alert-danger")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_button_lifts_it_and_the_banner_goes()
    {
        var browser = await world.Server.ClientAs(Roles.Administrator);
        await browser.PostToPage("/tam-dung", "tam-dung", [.. Form("start"), ("sure", "1")]);

        var lifted = await browser.PostForm("/tam-dung/1/bo");

        Assert.StartsWith("+Đã bỏ tạm dừng", SignedIn.FlashOf(lifted), StringComparison.Ordinal);
        Assert.DoesNotContain("Quốc tang mẫu", await browser.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Đã kết thúc", await browser.GetStringAsync("/tam-dung"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_is_no_time_comes_back_as_typed()
    {
        var browser = await world.Server.ClientAs(Roles.Administrator);

        var page = await Page(await browser.PostToPage("/tam-dung", "tam-dung", [.. Form("count").Where(f => f.Name != "until"), ("until", "hôm nay")]));

        Assert.Contains("hôm nay", page.QuerySelector(".alert-danger")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("is-invalid", page.QuerySelector("#until")!.ClassName, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("input[name=theme][value=festival][checked]"));
    }

    [Fact]
    public async Task An_editor_sees_the_banner_of_the_own_area_and_no_page()
    {
        await (await world.Server.ClientAs(Roles.Administrator)).PostToPage("/tam-dung", "tam-dung", [.. Form("start").Where(f => f.Name != "area"), ("area", "p:20"), ("sure", "1")]);
        var here = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["20"], [], []));
        var there = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["52"], [], []));

        var (seen, unseen, page) = (await here.GetStringAsync("/"), await there.GetStringAsync("/"), await here.GetAsync("/tam-dung"));

        Assert.Contains("Quốc tang mẫu", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Quốc tang mẫu", unseen, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task The_api_counts_orders_lists_and_lifts()
    {
        await world.Published(SchedulingWorld.Wanted("Đêm hội", items: [1]));
        var program = (await world.Server.ClientAs(Roles.Approver, new AreaScope(false, ["20"], [], []))).AsScript();
        var ask = new { name = "Quốc tang mẫu", themes = new[] { "festival" }, areas = new[] { "p:20" }, until = world.Clock.GetUtcNow().AddDays(2) };

        var count = await Json(await program.PostAsJsonAsync("/api/v1/stops/preview", ask));
        var made = await Json(await program.PostAsJsonAsync("/api/v1/stops", ask));
        var national = await program.PostAsJsonAsync("/api/v1/stops", ask with { areas = ["all"] });
        var lifted = await Json(await program.PostAsync("/api/v1/stops/1/lift", null));
        var all = await program.GetFromJsonAsync<JsonElement>("/api/v1/stops");

        Assert.Equal((1, 2), (count.GetProperty("sites").GetInt32(), count.GetProperty("sitesInArea").GetInt32()));
        Assert.Equal(("TD-1", "InForce"), (made.GetProperty("code").GetString(), made.GetProperty("state").GetString()));
        Assert.Contains("stop.national-not-allowed", await national.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Over", lifted.GetProperty("state").GetString());
        Assert.Equal(1, all.GetArrayLength());
    }

    public void Dispose() => world.Dispose();

    private static (string Name, string Value)[] Form(string act) =>
        [("name", "Quốc tang mẫu"), ("area", "all"), ("theme", "festival"), ("until", "2026-11-25T08:00"), ("act", act)];

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Page(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
