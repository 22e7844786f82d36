using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Scheduling;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>“What changes if I publish this”, before anything is sent. The clock stands at 23/11/2026 08:00 in Việt Nam.</summary>
public sealed class PreviewTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task The_page_tells_what_comes_and_what_will_be_on_air_differently_until_tomorrow()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1], targets: [new(TargetWidth.Device, "1/MH-1")]));
        var id = (await world.Save(SchedulingWorld.Wanted("Tuyên truyền", Tier.Priority, items: [2], windows: [new(new(18, 0), new(20, 0))], targets: [new(TargetWidth.Device, "1/MH-1")]))).Value.Id;
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync($"/phat-hanh/xem-truoc?lich={id}"));

        var card = Assert.Single(page.QuerySelectorAll(".card"), c => c.QuerySelector("h2")?.TextContent.StartsWith("Cụm mẫu 1", StringComparison.Ordinal) == true);
        Assert.Equal(["+ Thêm Lịch “Tuyên truyền”", "+ Thêm Tin, bài “Tin mẫu 2”"], card.QuerySelectorAll("li").Select(l => Plain(l.TextContent)));
        Assert.Equal(
            ["Màn hình sảnh 23/11 18:00–20:00 ■ Cả ngày ◆ Tuyên truyền", "Màn hình sảnh 24/11 18:00–20:00 ■ Cả ngày ◆ Tuyên truyền"],
            card.QuerySelectorAll("tbody tr").Select(r => string.Join(' ', r.Children.Select(c => Plain(c.TextContent)))));
        Assert.Null(await OnlyOnce(id));
    }

    [Fact]
    public async Task A_change_is_told_by_what_changed()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Bản tin", items: [1], windows: [new(new(7, 0), new(9, 0))]));
        await world.Save((await Stand(id)).Newest with { Items = [new ItemId(2)], Windows = [new(new(7, 0), new(10, 0))] });

        var change = Assert.Single((await Preview(id)).Sites);

        Assert.Equal([id], change.Difference.Changed);
        Assert.Equal(["items", "windows"], change.Difference.Fields[id]);
        Assert.Equal(["Tin mẫu 2"], change.Difference.ItemsAdded.Select(i => i.Title));
        Assert.Equal(["Tin mẫu 1"], change.Difference.ItemsRemoved.Select(i => i.Title));
    }

    [Fact]
    public async Task Publishing_what_the_sites_play_already_changes_nothing()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Bản tin"));
        await world.Save((await Stand(id)).Newest with { Name = "Tên khác" });
        var browser = await world.Server.ClientAs(Roles.Editor);

        var done = await Preview(id);
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync($"/phat-hanh/xem-truoc?lich={id}"));

        Assert.False(done.Any);
        Assert.Contains("Phát hành không làm thay đổi gì tại các cụm", page.QuerySelector(".bi-empty")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_items_of_the_same_schedule_are_another_picture()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Bản tin", items: [1]));
        await world.Save((await Stand(id)).Newest with { Items = [new ItemId(1), new ItemId(2)] });

        var air = Assert.Single((await Preview(id)).Sites).Air!;

        var change = air.Screens.First(c => c.Output == TestClusters.Screen);
        Assert.Equal((new[] { "Tin mẫu 1" }, new[] { "Tin mẫu 1", "Tin mẫu 2" }), (change.Before.Items.ToArray(), change.After.Items.ToArray()), ItemsEqual);
        Assert.Equal((world.Clock.GetUtcNow(), LocalTime.Utc(new(2026, 11, 25), TimeOnly.MinValue)), (change.From, change.To));
    }

    [Fact]
    public async Task A_loudspeaker_is_told_by_the_number_of_calls()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Loa", items: [3], windows: [new(new(10, 0), new(12, 0))], every: 60, targets: [new(TargetWidth.Device, "1/LOA-1")]));
        await world.Save((await Stand(id)).Newest with { EveryMinutes = 30 });

        var air = Assert.Single((await Preview(id)).Sites).Air!;

        Assert.Equal(("L-1", 4, 8), (air.Speakers[0].Entry, air.Speakers[0].Before, air.Speakers[0].After));
        Assert.Empty(air.Screens);
    }

    [Fact]
    public async Task Another_repetition_of_a_loudspeaker_is_called_so_and_not_other_hours()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Loa", items: [3], windows: [new(new(10, 0), new(12, 0))], every: 60, targets: [new(TargetWidth.Device, "1/LOA-1")]));
        await world.Save((await Stand(id)).Newest with { EveryMinutes = 30 });
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync($"/phat-hanh/xem-truoc?lich={id}"));

        Assert.Equal(["every"], Assert.Single((await Preview(id)).Sites).Difference.Fields[id]);
        Assert.Contains(page.QuerySelectorAll("li"), l => Plain(l.TextContent).EndsWith(": khoảng nhắc lại trên loa", StringComparison.Ordinal));
        Assert.Equal(["4 lần", "8 lần"], page.QuerySelectorAll("tbody td").Skip(2).Select(c => Plain(c.TextContent)));
    }

    [Fact]
    public async Task A_schedule_that_follows_a_holiday_changes_no_other_schedule_and_no_output()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1]));
        var id = (await world.Save(SchedulingWorld.Wanted("Quốc khánh", items: [2]) with { Days = new() { Holidays = new(["quoc-khanh"]) } })).Value.Id;

        var difference = Assert.Single((await Preview(id)).Sites).Difference;

        Assert.Equal([id], difference.Added);
        Assert.Empty(difference.Changed);
        Assert.False(difference.OutputsChanged);
    }

    [Fact]
    public async Task A_call_in_two_languages_is_one()
    {
        await world.Published(SchedulingWorld.Wanted("Loa", items: [3], windows: [new(new(10, 0), new(12, 0))], every: 60, targets: [new(TargetWidth.Device, "1/LOA-1")]));
        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        var both = plan with
        {
            Outputs = [.. plan.Outputs.Select(o => o.Id == TestClusters.Speaker ? o with { Languages = ["vi", "zh-Hans"] } : o)],
            Items = [.. plan.Items.Select(i => i with { Parts = [.. i.Parts, .. i.Parts.Where(p => p.Output == TestClusters.Speaker).Select(p => p with { Language = "zh-Hans" })] })],
        };
        var day = LocalTime.Utc(new(2026, 11, 24), TimeOnly.MinValue);

        var heard = Assert.Single(AirDifference.Of(null, both, day, day.AddDays(1)).Speakers);
        var shown = PlanTimeline.Of(new PlanClock(both), TestClusters.Speaker, day, day.AddDays(1)).SelectMany(s => s.Items).ToArray();

        Assert.Equal((0, 2), (heard.Before, heard.After));
        Assert.Equal((2, 4), (shown.Sum(i => i.Times), shown.Sum(i => i.Plays)));
    }

    [Fact]
    public async Task The_preview_warns_as_the_form_does()
    {
        await world.Published(SchedulingWorld.Wanted("Ưu tiên cả ngày", Tier.Priority, items: [1]));
        var id = (await world.Save(SchedulingWorld.Wanted("Yếu hơn", items: [2]))).Value.Id;

        var warnings = (await Preview(id)).Warnings;

        Assert.Contains(warnings, w => w is { Code: "schedule.warn.covered" } && w.With[0] == "Ưu tiên cả ngày");
    }

    public void Dispose() => world.Dispose();

    private static bool ItemsEqual((string[] Before, string[] After) a, (string[] Before, string[] After) b) => a.Before.SequenceEqual(b.Before) && a.After.SequenceEqual(b.After);

    private async Task<ScheduleStand> Stand(long id) => (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!;

    private async Task<PreviewPublish.Done> Preview(params long[] ids) => (await world.Within(s => s.GetRequiredService<PreviewPublish>().Handle(new(SchedulingWorld.Editor(), ids), default))).Value;

    /// <summary>Null = looking sent nothing.</summary>
    private async Task<PlayPlan?> OnlyOnce(long id) => (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries.Any(e => ScheduleView.IdOfEntry(e.Id) == id) ? await world.OnItsWay(SchedulingWorld.HuuNghi) : null;

    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " ").Trim();
}
