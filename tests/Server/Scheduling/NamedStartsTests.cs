using System.Text.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>Rules that name times within the day: everybody asks for their starts, nobody takes the window's. The window of these says 07:00 and means ten minutes.</summary>
public sealed class NamedStartsTests : IDisposable
{
    private static readonly Target Screen = new(TargetWidth.Device, "1/MH-1");

    private readonly SchedulingWorld world = new();

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=9,15", "09:00")]
    [InlineData("FREQ=HOURLY;INTERVAL=5", "22:30")]
    [InlineData("FREQ=MINUTELY;INTERVAL=7;BYHOUR=8,23", "08:00")]
    public async Task It_is_open_when_the_engine_has_it_on_air_and_at_no_other_minute(string rule, string first)
    {
        var wanted = By(rule, first);
        await world.Published(wanted);

        var open = ScheduleDays.Open(wanted, HolidayTable.Empty, new(2026, 11, 23), new(2026, 11, 27)).ToArray();

        var clock = new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!);
        for (var at = new DateTime(2026, 11, 24); at < new DateTime(2026, 11, 27); at = at.AddMinutes(1))
            Assert.True(open.Any(o => o.From <= at && at < o.To) == (clock.At(TestClusters.Screen, LocalTime.Utc(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at))).Entry is not null), $"{at:s}");
    }

    [Fact]
    public async Task The_calendar_shows_each_start_and_many_of_a_day_as_one()
    {
        await world.Save(By("FREQ=DAILY;BYHOUR=9,15", "09:00"));
        await world.Save(By("FREQ=MINUTELY;INTERVAL=20", "06:00") with { Name = "Liên tục" });
        await world.Save(By("FREQ=HOURLY", "06:00") with { Name = "Không nghỉ", Windows = [new(new(6, 0), new(7, 0))] });
        var browser = await world.Server.ClientAs(Roles.Editor);

        using var said = JsonDocument.Parse(await browser.GetStringAsync("/lich/su-kien?start=2026-11-24T00:00:00&end=2026-11-26T00:00:00"));

        var bars = said.RootElement.GetProperty("bars").EnumerateArray().Select(b => (Of: b.GetProperty("extendedProps").GetProperty("schedule").GetInt64(), From: b.GetProperty("start").GetString()!, To: b.GetProperty("end").GetString()!, Title: b.GetProperty("title").GetString()!, Drag: b.GetProperty("startEditable").GetBoolean(), Stretch: b.GetProperty("durationEditable").GetBoolean())).ToLookup(b => b.Of);
        Assert.Equal(["2026-11-24T09:00:00", "2026-11-24T15:00:00", "2026-11-25T09:00:00", "2026-11-25T15:00:00"], bars[1].Select(b => b.From));
        Assert.Equal("2026-11-24T09:10:00", bars[1].First().To);
        Assert.All(bars[1], b => Assert.True(b is { Drag: false, Stretch: true }));
        Assert.Equal([("2026-11-24T00:00:00", "2026-11-24T23:50:00"), ("2026-11-25T00:00:00", "2026-11-25T23:50:00")], bars[2].Select(b => (b.From, b.To)));
        Assert.All(bars[2], b => Assert.True(b is { Drag: false, Stretch: false } && b.Title.EndsWith("· 72 lần", StringComparison.Ordinal), b.Title));
        Assert.Equal([("2026-11-24T00:00:00", "2026-11-26T00:00:00")], bars[3].Select(b => (b.From, b.To)));
    }

    [Fact]
    public async Task The_overview_tells_the_hours_of_today()
    {
        await world.Published(By("FREQ=DAILY;BYHOUR=15,9", "09:00"));
        await world.Published(By("FREQ=MINUTELY;INTERVAL=20;BYHOUR=10,11", "10:00") with { Name = "Nhiều lần" });
        var browser = await world.Server.ClientAs(Roles.Editor);

        var card = new HtmlParser().ParseDocument(await browser.GetStringAsync("/")).Body!.TextContent;

        Assert.Contains("09:00–09:10, 15:00–15:10", card, StringComparison.Ordinal);
        Assert.Contains("10:00–10:10, 10:20–10:30, 10:40–10:50, 11:00–11:10 … (6 lần)", card, StringComparison.Ordinal);
        Assert.DoesNotContain("07:00–07:10", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_in_its_way_is_found_at_its_starts_and_not_at_its_window()
    {
        await world.Save(SchedulingWorld.Wanted("Giờ khung", Tier.Priority, targets: [Screen], windows: [new(new(6, 30), new(8, 0))]));
        await world.Save(SchedulingWorld.Wanted("Giờ thật", Tier.Priority, targets: [Screen], from: new(2026, 11, 26), windows: [new(new(15, 5), new(16, 0))]));

        var warned = await Warnings(By("FREQ=DAILY;BYHOUR=9,15", "09:00"));
        var others = await Warnings(SchedulingWorld.Wanted("Ngược lại", Tier.Filler, targets: [Screen], windows: [new(new(15, 55), new(17, 0))]));

        Assert.Equal([("Giờ thật", "26/11/2026")], warned.Where(w => w.Code == "schedule.warn.covered").Select(w => (w.With[0], w.With[2])));
        Assert.Equal(["Giờ thật"], others.Where(w => w.Code == "schedule.warn.covered").Select(w => w.With[0]));
    }

    [Fact]
    public async Task Quiet_hours_and_validity_are_judged_by_its_starts()
    {
        world.Items.Release(8, until: new(2026, 11, 24, 1, 30, 0, TimeSpan.Zero));
        Target[] cluster = [new(TargetWidth.Cluster, "1")];

        var late = await Warnings(By("FREQ=DAILY;BYHOUR=9,22", "09:00", 3) with { Targets = cluster });
        var early = await Warnings(By("FREQ=DAILY;BYHOUR=9", "09:00", 3) with { Targets = cluster, Windows = [new(new(22, 0), new(22, 10))] });
        var over = await Warnings(By("FREQ=DAILY;BYHOUR=9", "09:00", 8) with { From = new(2026, 11, 24), To = new DateOnly(2026, 11, 24) });

        Assert.Contains(late, w => w.Code == "schedule.warn.quiet-hours");
        Assert.DoesNotContain(early, w => w.Code == "schedule.warn.quiet-hours");
        Assert.Contains(over, w => w.Code == "schedule.warn.never-valid");
    }

    [Fact]
    public async Task Dragging_one_start_is_refused_and_stretching_it_makes_each_longer()
    {
        var id = (await world.Save(By("FREQ=DAILY;BYHOUR=9,15", "09:00"))).Value.Id;
        var day = new DateOnly(2026, 11, 25);

        var dragged = await Move(id, day, day, new(new(10, 0), new(10, 10)));
        var ontoTheOther = await Move(id, day, day, new(new(9, 0), new(9, 10)));
        var toTheNextDay = await Move(id, day, day.AddDays(1), new(new(15, 0), new(15, 30)));
        var stretched = await Move(id, day, day, new(new(15, 0), new(15, 25)));

        Assert.Equal(["schedule.starts-by-rule", "schedule.starts-by-rule", "schedule.starts-by-rule"], new[] { dragged, ontoTheOther, toTheNextDay }.Select(m => m.Why?.Code));
        Assert.Equal(new TimeWindow(new(7, 0), new(7, 25)), Assert.Single(stretched.Value.Schedule.Newest.Windows));
        Assert.Equal(["09:00", "15:00"], ScheduleDays.Starts(stretched.Value.Schedule.Newest, HolidayTable.Empty, day, day).Select(s => s.From.ToString("HH:mm", null)));
    }

    [Fact]
    public async Task The_page_of_a_day_tells_its_starts_and_a_copy_of_the_day_has_them()
    {
        var id = (await world.Save(By("FREQ=DAILY;BYHOUR=9,15", "09:00"))).Value.Id;
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync($"/lich/{id}/ngay/2026-11-25?khung=0"));
        var copy = (await world.Within(s => s.GetRequiredService<CopySchedule>().Handle(new(SchedulingWorld.Editor(), id, 0, new(2027, 1, 3)), default))).Value;

        Assert.Contains("09:00–09:10, 15:00–15:10", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("09:00", "09:10", true), (page.GetElementById("doi-tu")!.GetAttribute("value"), page.GetElementById("doi-toi")!.GetAttribute("value"), page.GetElementById("doi-tu")!.HasAttribute("readonly")));
        Assert.Equal([new DateTime(2027, 1, 3, 9, 0, 0), new DateTime(2027, 1, 3, 15, 0, 0)], ScheduleDays.Starts(copy.Newest, HolidayTable.Empty, new(2026, 1, 1), new(2028, 1, 1)).Select(s => s.Begins));
        Assert.True(copy.Newest.OneOff);
    }

    public void Dispose() => world.Dispose();

    private static ScheduleView By(string rule, string first, long item = 1) =>
        SchedulingWorld.Wanted("Theo giờ", items: [item], targets: [Screen], windows: [new(new(7, 0), new(7, 10))]) with { Days = new() { Solar = new(rule, new(2026, 11, 23)) { StartTime = TimeOnly.Parse(first, null) } } };

    private Task<IReadOnlyList<PlanWarning>> Warnings(ScheduleView wanted) => world.Within(s => s.GetRequiredService<IScheduleAdvice>().Of(wanted, AreaScope.All, default));

    private Task<Outcome<MoveSchedule.Done>> Move(long id, DateOnly from, DateOnly to, TimeWindow times) =>
        world.Within(s => s.GetRequiredService<MoveSchedule>().Handle(new(SchedulingWorld.Editor(), id, 0, from, to, times), default));
}
