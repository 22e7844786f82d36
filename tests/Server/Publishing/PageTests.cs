using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Scheduling;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>Schedule pages and the API as a signed-in browser meets them.</summary>
public sealed class PageTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task An_editor_makes_a_schedule_in_the_form_and_publishes_it()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        var saved = await browser.PostForm("/lich/moi", Form(("act", "save-publish"), ("name", "Bản tin sáng"), ("item", "T-1"), ("target", "Cluster:1"), ("windowFrom", "07:00"), ("windowTo", "09:00")), "/lich/moi");
        var preview = await browser.GetStringAsync("/phat-hanh/xem-truoc?lich=1");
        var sent = await browser.PostForm("/phat-hanh/gui", [new("lich", "1")], "/phat-hanh/xem-truoc?lich=1");

        Assert.EndsWith("/phat-hanh/xem-truoc?lich=1", saved.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Contains("Bản tin sáng", preview, StringComparison.Ordinal);
        Assert.EndsWith("/phat-hanh/1", sent.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("L-1", Assert.Single((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries).Id);
        Assert.Contains("LS-0001/2026-0001", await browser.GetStringAsync("/phat-hanh/1/cum"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_that_cannot_be_made_anew_are_told_in_words()
    {
        var browser = await world.Server.ClientAs(Roles.Administrator);
        await world.Published(SchedulingWorld.Wanted("Chương trình"));
        world.Clusters.All = [.. world.Clusters.All.Select(c => c.Id == 1 ? c with { Outputs = [.. c.Outputs.Select(o => o with { Languages = ["no tag at all"] })] } : c)];
        await world.Tell(new ClusterChanged(1));
        await world.FulfilWishes();

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/phat-hanh"));

        var told = page.QuerySelector(".alert-warning")!.TextContent;
        Assert.Contains("Cụm thay đổi, " + world.Clusters.ById(1)!.Name, told, StringComparison.Ordinal);
        Assert.DoesNotContain("publish.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("[\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_comes_back_as_typed_with_the_reason()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        var answer = await browser.PostForm("/lich/moi", Form(("act", "save"), ("name", "Ngày lạ"), ("item", "T-2"), ("target", "Cluster:1"), ("to", "2026-11-31"), ("windowFrom", "08:00"), ("windowTo", "08:00")), "/lich/moi");

        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("30/11/2026", page.QuerySelector(".alert-danger")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ngày lạ", page.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal("T-2", page.QuerySelector("input[name=item]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_form_adds_and_removes_without_saving()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        var answer = await browser.PostForm("/lich/moi", Form(("act", "add-item"), ("newItem", "T-2"), ("item", "T-1"), ("target", "Province:20")), "/lich/moi");

        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Equal(["T-1", "T-2"], page.QuerySelectorAll("input[name=item]").Select(i => i.GetAttribute("value")!));
        Assert.Contains("2 cụm, 1 tỉnh, 6 thiết bị", page.QuerySelector("#tom-tat")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_page_shows_the_plan_sent_and_why()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày"));
        await world.Published(SchedulingWorld.Wanted("Sáng", Tier.Priority, items: [2], windows: [new(new(7, 0), new(8, 0))]));
        var browser = await world.Server.ClientAs(Roles.Monitor, new AreaScope(false, ["20"], [], []));

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/diem/LS-0001?ngay=2026-11-24&thiet-bi=MH-1&luc=07:30"));
        var other = await browser.GetStringAsync("/lich/diem/GL-0001");

        Assert.Contains("Tin mẫu 2", page.QuerySelector("#vi-sao")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Mức thấp hơn “Sáng”", page.QuerySelector("#vi-sao")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Cụm mẫu 3", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_loudspeaker_repeats_is_one_row_of_the_timeline()
    {
        await world.Published(SchedulingWorld.Wanted("Loa", number: 600, items: [3], windows: [new(new(10, 0), new(12, 0))], every: 5));
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/diem/LS-0001?ngay=2026-11-24"));

        var row = Assert.Single(page.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("Tin mẫu 3", StringComparison.Ordinal) && r.QuerySelector("details") is not null);
        Assert.Equal("mỗi 5 phút, 10:00–11:55, 24 lần", row.QuerySelector("summary")!.TextContent.Trim());
        Assert.Equal(24, row.QuerySelectorAll("details a").Length);
        Assert.Contains("· 24 lần", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_gives_bars_and_takes_moves()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Lễ", to: new(2026, 11, 23), windows: [new(new(22, 0), new(1, 0))]))).Value.Id;
        var browser = await world.Server.ClientAs(Roles.Editor);
        browser.DefaultRequestHeaders.Add("X-BorderInfo", "1");

        var bars = await browser.GetStringAsync("/lich/su-kien?start=2026-11-23T00:00:00&end=2026-11-30T00:00:00");
        var moved = await browser.PostAsJsonAsync($"/lich/{id}/doi", new { window = 0, from = "2026-11-23", day = "2026-11-25", start = "10:00:00", end = "11:00:00" });
        var after = await browser.GetStringAsync("/lich/su-kien?start=2026-11-23T00:00:00&end=2026-11-30T00:00:00");

        Assert.Contains("\"start\":\"2026-11-23T22:00:00\",\"end\":\"2026-11-24T01:00:00\"", bars, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Contains("\"start\":\"2026-11-25T10:00:00\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_answers_why_and_refuses_with_a_code()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày"));
        var program = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["20"], [], []));
        program.DefaultRequestHeaders.Add("X-BorderInfo", "1");

        var why = await program.GetStringAsync("/api/v1/sites/LS-0001/why?output=LED-1&at=2026-11-24T00:00:00Z");
        var timeline = await program.GetStringAsync("/api/v1/sites/LS-0001/timeline?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z");
        var nothing = await program.PostAsJsonAsync("/api/v1/publish", new { schedules = Array.Empty<long>() });
        var foreign = await program.GetAsync("/api/v1/sites/GL-0001/timeline?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z");

        Assert.Contains("\"entry\":\"L-1\"", why, StringComparison.Ordinal);
        Assert.Contains("\"tier\":\"Programme\"", timeline, StringComparison.Ordinal);
        Assert.Contains("publish.nothing-changed", await nothing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
    }

    public void Dispose() => world.Dispose();

    private static IEnumerable<KeyValuePair<string, string>> Form(params (string Name, string Value)[] fields)
    {
        (string, string)[] always = [("_handler", "soan"), ("tier", "Programme"), ("number", "500"), ("from", "2026-11-23")];
        return [.. always.Concat(Enumerable.Range(0, 7).Select(d => ("weekday", (1 << d).ToString(System.Globalization.CultureInfo.InvariantCulture)))).Concat(fields.Select(f => (f.Name, f.Value))).Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2))];
    }
}
