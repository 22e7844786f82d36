using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Scheduling;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

public sealed class WhyTests : IDisposable
{
    private static readonly DateOnly Tuesday = new(2026, 11, 24);

    private readonly SchedulingWorld world = new();
    private long seq;

    [Fact]
    public async Task The_page_tells_the_chain_of_rules_and_every_losing_schedule_with_its_reason()
    {
        await SomeSchedules();
        var browser = await world.Server.ClientAs(Roles.Monitor, new AreaScope(false, ["20"], [], []));

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/diem/LS-0001/vi-sao?thiet-bi=MH-1&ngay=2026-11-24&luc=07:30"));

        var why = page.QuerySelector("#vi-sao")!;
        Assert.Contains("cao nhất là Ưu tiên. Còn lại: “Sáng”. Loại: Cả ngày.", Plain(why.QuerySelector("ol")!.TextContent), StringComparison.Ordinal);
        Assert.Equal(
            ["Sáng: Đang phát", "Cả ngày: Mức thấp hơn “Sáng”", "Tuần sau: Chưa đến ngày bắt đầu · phát lại từ 30/11/2026 00:00", "Loa: Ngoài khung giờ · phát lại từ 24/11/2026 20:00"],
            why.QuerySelectorAll("tbody tr").Select(r => $"{Plain(r.Children[0].TextContent)}: {Plain(r.Children[3].TextContent)}"));
    }

    [Fact]
    public async Task The_api_gives_the_same_in_codes_and_in_the_callers_language()
    {
        await SomeSchedules();
        var program = await world.Server.ClientAs(Roles.Editor);
        await program.GetAsync("/ngon-ngu/en?ve=/toi");

        using var why = JsonDocument.Parse(await program.GetStringAsync("/api/v1/sites/LS-0001/why?output=MH-1&at=2026-11-24T00:30:00Z"));

        Assert.Equal(("Newest", "L-2", "Due"), (Text(why, "basis"), Text(why, "entry"), Text(why.RootElement.GetProperty("chain")[0], "rule")));
        var loser = why.RootElement.GetProperty("entries")[1];
        Assert.Equal(("L-1", "LowerTier", "L-2", "Lower tier than “Sáng”"), (Text(loser, "entry"), Text(loser, "standing"), Text(loser, "by"), Text(loser, "text")));
    }

    [Fact]
    public async Task A_moment_of_the_past_is_answered_by_the_plan_that_was_on_air_then()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Cũ", items: [1]));
        await OnAir(1, new(8, 0));
        world.Clock.Advance(TimeSpan.FromHours(2));
        await world.Save((await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!.Newest with { Name = "Mới", Items = [new ItemId(2)] });
        await world.Publish(null, id);
        await OnAir(2, new(10, 0));
        world.Clock.Advance(TimeSpan.FromHours(1));

        var (nine, late, now) = (await Why(new(9, 0)), await Why(new(10, 30)), await Why(new(12, 0)));

        Assert.Equal((PlanBasis.InForce, "LS-0001/2026-0001", new ItemId(1)), (nine.Value.By.Basis, nine.Value.By.Sent!.Number.Value, nine.Value.Why.OnAir.Item!.Id));
        Assert.Equal((PlanBasis.InForce, "LS-0001/2026-0002", new ItemId(2)), (late.Value.By.Basis, late.Value.By.Sent!.Number.Value, late.Value.Why.OnAir.Item!.Id));
        Assert.Equal((PlanBasis.Newest, "LS-0001/2026-0002"), (now.Value.By.Basis, now.Value.By.Sent!.Number.Value));
    }

    [Fact]
    public async Task Now_parts_no_row_of_the_timeline_where_nothing_changes()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1]));
        await OnAir(1, new(8, 0));
        world.Clock.Advance(TimeSpan.FromHours(3));
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/diem/LS-0001?ngay=2026-11-23"));

        var rows = page.QuerySelectorAll("tbody")[0].QuerySelectorAll("tr").Select(r => r.QuerySelector("a")!.TextContent.Trim());
        Assert.Equal(["08:00–24:00"], rows);
    }

    [Fact]
    public async Task Where_no_plan_is_known_to_have_been_on_air_it_says_so_and_offers_the_newest()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày"));
        world.Clock.Advance(TimeSpan.FromHours(3));
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/diem/LS-0001/vi-sao?thiet-bi=MH-1&ngay=2026-11-23&luc=09:00"));
        var api = await browser.GetAsync("/api/v1/sites/LS-0001/why?output=MH-1&at=2026-11-23T02:00:00Z");
        var newest = await browser.GetStringAsync("/api/v1/sites/LS-0001/why?output=MH-1&at=2026-11-23T02:00:00Z&plan=Newest");
        var day = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/diem/LS-0001?ngay=2026-11-23"));

        Assert.Contains("Không biết Cụm mẫu 1 phát theo kế hoạch nào", page.QuerySelector("#vi-sao")!.TextContent, StringComparison.Ordinal);
        Assert.EndsWith("&ban=moi", page.QuerySelector("#vi-sao a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, api.StatusCode);
        Assert.Contains("publish.no-plan-then", await api.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"entry\":\"L-1\"", newest, StringComparison.Ordinal);
        Assert.NotEmpty(day.QuerySelectorAll(".lich-unknown"));
    }

    [Fact]
    public async Task A_draft_answers_with_what_is_not_published_yet()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1]));
        await world.Save(SchedulingWorld.Wanted("Sắp tới", Tier.Priority, items: [2]));

        var (sent, draft) = (await Why(new(7, 30), Tuesday), await Why(new(7, 30), Tuesday, PlanBasis.Draft));

        Assert.Equal((new ItemId(1), new ItemId(2)), (sent.Value.Why.OnAir.Item!.Id, draft.Value.Why.OnAir.Item!.Id));
        Assert.Equal((PlanBasis.Draft, (SentPlan?)null), (draft.Value.By.Basis, draft.Value.By.Sent));
    }

    [Fact]
    public async Task The_timeline_shows_quiet_hours_silenced_turns_and_the_words_of_every_bar()
    {
        await SomeSchedules();
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/diem/LS-0001?ngay=2026-11-24"));

        Assert.Equal(2, page.QuerySelectorAll(".lich-hush").Length);
        Assert.Contains("21:00–23:00 Im lặng vì giờ yên tĩnh", page.QuerySelectorAll("a.lich-quiet").Select(a => a.GetAttribute("title")));
        Assert.Contains("07:00–08:00 Ưu tiên: Sáng", page.QuerySelectorAll(".lich-day a").Select(a => a.GetAttribute("title")));
        Assert.All(page.QuerySelectorAll(".lich-day a"), a => Assert.Contains("/lich/diem/LS-0001/vi-sao?ngay=2026-11-24&luc=", a.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_area_learns_nothing()
    {
        await SomeSchedules();
        var browser = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["52"], [], []));

        var page = await browser.GetStringAsync("/lich/diem/LS-0001/vi-sao?thiet-bi=MH-1&ngay=2026-11-24&luc=07:30");

        Assert.DoesNotContain("Cụm mẫu 1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Sáng", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_word_of_the_engine_has_a_text_in_both_languages()
    {
        var texts = world.Services.GetRequiredService<Texts>();
        string[] keys =
        [
            .. Enum.GetNames<WhyRule>().Select(r => $"why.rule.{r}"), .. Enum.GetNames<WhyStanding>().Select(s => $"why.standing.{s}"), .. Enum.GetNames<WhyItemStanding>().Select(s => $"why.item.{s}"),
            .. Enum.GetNames<Because>().Select(b => $"publish.because.{b}"), .. Enum.GetNames<CutBy>().Select(c => $"publish.cut.{c}"),
        ];

        Assert.All(keys, k => Assert.True(texts.All("vi").ContainsKey(k) && texts.All("en").ContainsKey(k), k));
    }

    [Fact]
    public void Plans_follow_one_another_without_a_gap()
    {
        var noon = new DateTimeOffset(2026, 11, 24, 5, 0, 0, TimeSpan.Zero);
        SentPlan Plan(int n) => new(new(SchedulingWorld.HuuNghi, 2026, n), SchedulingWorld.HuuNghi, 1, n, noon, null!, DeliveryStage.OnAir);
        (SentPlan, DateTimeOffset, DateTimeOffset)[] onAir = [(Plan(1), noon.AddHours(-5), noon.AddHours(-2)), (Plan(2), noon.AddHours(-1), DateTimeOffset.MaxValue)];

        var spans = TimelineOfSite.Decide(noon.AddHours(-6), noon.AddHours(6), noon, Plan(3), onAir);

        Assert.Equal(
            [(-6, -5, PlanBasis.Unknown, 0L), (-5, -2, PlanBasis.InForce, 1L), (-2, -1, PlanBasis.Unknown, 0L), (-1, 0, PlanBasis.InForce, 2L), (0, 6, PlanBasis.Newest, 3L)],
            spans.Select(s => ((int)(s.From - noon).TotalHours, (int)(s.To - noon).TotalHours, s.Basis, s.Sent?.Counter ?? 0)));
    }

    public void Dispose() => world.Dispose();

    private async Task SomeSchedules()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1, 2], targets: [new(TargetWidth.Device, "1/MH-1")]));
        await world.Published(SchedulingWorld.Wanted("Sáng", Tier.Priority, items: [2], windows: [new(new(7, 0), new(8, 0))], targets: [new(TargetWidth.Device, "1/MH-1")]));
        await world.Published(SchedulingWorld.Wanted("Tuần sau", from: new(2026, 11, 30), targets: [new(TargetWidth.Device, "1/MH-1")]));
        await world.Published(SchedulingWorld.Wanted("Loa", number: 600, items: [3], windows: [new(new(20, 0), new(23, 0))], every: 30));
    }

    private Task<Outcome<SiteWhy>> Why(TimeOnly time, DateOnly? day = null, PlanBasis wish = PlanBasis.InForce) => world.Within(s => s.GetRequiredService<WhyOfSite>().Handle(
        new(SchedulingWorld.Editor(), SchedulingWorld.HuuNghi, TestClusters.Screen, LocalTime.Utc(day ?? Tuesday.AddDays(-1), time), wish), default));

    private Task OnAir(long counter, TimeOnly at) => world.Tell(new SiteEventHeard(
        SchedulingWorld.HuuNghi, new SiteEvent { Seq = ++seq, Boot = 1, At = LocalTime.Utc(Tuesday.AddDays(-1), at), Kind = SiteEventKind.PlanOnAir, Plan = new PlanNumber(SchedulingWorld.HuuNghi, 2026, counter) }));

    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " ").Trim();

    private static string? Text(JsonDocument of, string name) => Text(of.RootElement, name);

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();
}
