using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Noise;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Server.Scheduling.Stops;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>What will be silent, quieter or empty is told while a schedule is edited, and shown in the calendar. The clock stands at 23/11/2026 08:00 in Việt Nam, a Monday.</summary>
public sealed class SilenceTests : IDisposable
{
    private static readonly Actor Administrator = new(5, "quantri", "Quản trị mẫu", new HashSet<string> { Roles.Administrator }, AreaScope.All);

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task Rules_of_the_noise_zone_that_silence_or_lower_a_loudspeaker_are_told_with_the_day()
    {
        await Zone(new(0, NoiseZone.Special, "Giờ học", new(2026, 11, 1), null, Weekdays.Wednesday, new(new(7, 0), new(11, 0)), null, ""));
        await Zone(new(0, NoiseZone.Special, "Giờ nghỉ trưa", new(2026, 12, 1), new(2026, 12, 31), Weekdays.All, new(new(11, 30), new(13, 30)), 40, ""));
        await Zone(new(0, NoiseZone.Special, "Không thấp hơn", new(2026, 11, 1), null, Weekdays.All, new(new(8, 0), new(12, 0)), 80, ""));

        var warned = await Warnings(Speaking(new(8, 0), new(12, 0)));
        var apart = await Warnings(Speaking(new(14, 0), new(15, 0)));
        var endsBefore = await Warnings(Speaking(new(8, 0), new(12, 0)) with { To = new DateOnly(2026, 11, 24) });
        var emergency = await Warnings(Speaking(new(8, 0), new(12, 0)) with { Tier = Tier.Emergency });
        var pictures = await Warnings(Speaking(new(8, 0), new(12, 0)) with { Items = [new(1)] });

        Assert.Equal(["Cụm mẫu 1", "Loa sân", "Giờ học", "07:00–11:00", "25/11/2026"], Assert.Single(warned, w => w.Code == "schedule.warn.noise-silent").With);
        Assert.Equal(["Cụm mẫu 1", "Loa sân", "Giờ nghỉ trưa", "11:30–13:30", "01/12/2026", "40", "80"], Assert.Single(warned, w => w.Code == "schedule.warn.noise-quieter").With);
        Assert.DoesNotContain(apart.Concat(endsBefore).Concat(emergency).Concat(pictures), w => w.Code.StartsWith("schedule.warn.noise", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_festive_item_that_falls_into_a_stop_of_its_theme_is_told()
    {
        world.Items.Release(4, theme: "festival", title: "Lễ hội mẫu");
        var now = world.Clock.GetUtcNow();
        await world.Within(s => s.GetRequiredService<StartStop>().Handle(new(Administrator, new("Quốc tang mẫu", ["festival"], ["p:20"], now.AddDays(2), now.AddDays(4))), default));

        var warned = await Warnings(SchedulingWorld.Wanted("Lễ", items: [4, 2]));
        var before = await Warnings(SchedulingWorld.Wanted("Lễ", items: [4], to: new DateOnly(2026, 11, 24)));
        var elsewhere = await Warnings(SchedulingWorld.Wanted("Lễ", items: [4], targets: [new(TargetWidth.Cluster, "3")]));
        var emergency = await Warnings(SchedulingWorld.Wanted("Lễ", Tier.Emergency, items: [4]));

        Assert.Equal(["Lễ hội mẫu", "Quốc tang mẫu", "25/11/2026 08:00", "27/11/2026 08:00", "Cụm mẫu 1"], Assert.Single(warned, w => w.Code == "schedule.warn.theme-stopped").With);
        Assert.DoesNotContain(before.Concat(elsewhere).Concat(emergency), w => w.Code == "schedule.warn.theme-stopped");
    }

    [Fact]
    public async Task A_stop_does_not_silence_an_emergency_at_a_site()
    {
        world.Items.Release(4, theme: "festival", title: "Lễ hội mẫu");
        var now = world.Clock.GetUtcNow();
        await world.Published(SchedulingWorld.Wanted("Lễ hội", items: [4]));
        var emergency = (await world.Save(SchedulingWorld.Wanted("Khẩn cấp", Tier.Emergency, items: [4], windows: [new(new(12, 0), new(13, 0))]), SchedulingWorld.Approver)).Value.Id;
        Assert.Null((await world.Publish(SchedulingWorld.Approver, emergency)).Why);

        await world.Within(s => s.GetRequiredService<StartStop>().Handle(new(Administrator, new("Quốc tang mẫu", ["festival"], ["p:20"], null, now.AddDays(2))), default));

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal([null, new ItemId(4), null], new[] { 1, 4.5, 6 }.Select(h => new PlanClock(plan).At(TestClusters.Screen, now.AddHours(h)).Item?.Id));
        Assert.Equal(4, plan.Level);
    }

    [Fact]
    public async Task A_whole_day_schedule_by_rule_leaves_the_other_days_without_a_default()
    {
        var market = await Warnings(SchedulingWorld.Wanted("Chợ phiên") with { Days = new() { Market = new(Branches.Suu) } });
        var daily = await Warnings(SchedulingWorld.Wanted("Hằng ngày") with { Days = new() { Solar = new("FREQ=DAILY", new(2026, 11, 23)) } });
        var ends = await Warnings(SchedulingWorld.Wanted("Năm ngày") with { Days = new() { Solar = new("FREQ=DAILY;COUNT=5", new(2026, 11, 23)) } });

        Assert.Contains(market, w => w.Code == "schedule.warn.no-default");
        Assert.DoesNotContain(daily, w => w.Code == "schedule.warn.no-default");
        Assert.Contains(ends, w => w.Code == "schedule.warn.no-default");
    }

    [Fact]
    public async Task Days_added_after_its_last_day_keep_a_schedule_counting()
    {
        DayRule added = new() { Solar = new("FREQ=DAILY", new(2026, 11, 1)), Additions = [new(2026, 12, 1)] };
        await world.Save(SchedulingWorld.Wanted("Mặc định", Tier.ClusterDefault, from: new(2026, 11, 1), to: new DateOnly(2026, 11, 10)) with { Days = added });
        await world.Save(SchedulingWorld.Wanted("Ưu tiên", Tier.Priority, from: new(2026, 11, 1), to: new DateOnly(2026, 11, 10)) with { Days = added });

        var warned = await Warnings(SchedulingWorld.Wanted("Sáng", windows: [new(new(7, 0), new(9, 0))]));

        Assert.DoesNotContain(warned, w => w.Code == "schedule.warn.no-default");
        Assert.Equal(("Ưu tiên", "01/12/2026"), Assert.Single(warned.Where(w => w.Code == "schedule.warn.covered").Select(w => (w.With[0], w.With[2]))));
    }

    [Fact]
    public async Task An_item_is_judged_by_the_last_day_that_is_planned()
    {
        world.Items.Release(8, until: new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero));
        world.Items.Release(9, until: new(2026, 12, 5, 0, 0, 0, TimeSpan.Zero));
        ScheduleView Twice(long item) => SchedulingWorld.Wanted("Hai lần", items: [item]) with { Days = new() { Solar = new("FREQ=WEEKLY;COUNT=2", new(2026, 11, 23)) } };

        var early = await Warnings(Twice(8));
        var fine = await Warnings(Twice(9));
        var added = await Warnings(Twice(9) with { To = new DateOnly(2026, 11, 30), Days = Twice(9).Days! with { Additions = [new(2026, 12, 20)] } });
        var endless = await Warnings(SchedulingWorld.Wanted("Chợ phiên", items: [9]) with { Days = new() { Market = new(Branches.Suu) } });

        Assert.Equal("30/11/2026", Assert.Single(early, w => w.Code == "schedule.warn.item-expires").With[2]);
        Assert.DoesNotContain(fine, w => w.Code.StartsWith("schedule.warn.item-expires", StringComparison.Ordinal));
        Assert.Equal("20/12/2026", Assert.Single(added, w => w.Code == "schedule.warn.item-expires").With[2]);
        Assert.Single(endless, w => w.Code == "schedule.warn.item-expires-open");
    }

    [Fact]
    public async Task The_calendar_marks_what_a_loudspeaker_does_not_say_in_quiet_hours()
    {
        await Zone(new(0, NoiseZone.Special, "Giờ học", new(2026, 11, 1), null, Weekdays.Wednesday, new(new(7, 0), new(11, 0)), null, ""));
        await world.Save(Speaking(new(8, 0), new(9, 0)) with { Name = "Loa" });
        await world.Save(Speaking(new(8, 0), new(9, 0)) with { Name = "Hình", Items = [new(1)] });
        await world.Save(Speaking(new(20, 30), new(21, 30)) with { Name = "Tối", From = new(2026, 11, 24), To = new DateOnly(2026, 11, 24) });
        await world.Save(Speaking(new(20, 30), new(21, 30)) with { Name = "Khẩn", Tier = Tier.Emergency }, SchedulingWorld.Approver);
        var browser = await world.Server.ClientAs(Roles.Editor);

        using var said = JsonDocument.Parse(await browser.GetStringAsync("/lich/su-kien?start=2026-11-24T00:00:00&end=2026-11-26T00:00:00"));
        var page = await browser.GetStringAsync("/lich?ngay=2026-11-25&xem=ngay");

        var quiet = said.RootElement.GetProperty("bars").EnumerateArray().Where(b => b.GetProperty("extendedProps").GetProperty("quiet").GetString()!.Length > 0).ToArray();
        Assert.Equal([(1, "2026-11-25T08:00:00"), (3, "2026-11-24T20:30:00")], quiet.Select(b => (b.GetProperty("extendedProps").GetProperty("schedule").GetInt32(), b.GetProperty("start").GetString())).Order());
        Assert.All(quiet, b => Assert.Contains("☾", b.GetProperty("title").GetString(), StringComparison.Ordinal));
        Assert.Contains("Loa im lặng một phần hoặc cả khung này", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    public void Dispose() => world.Dispose();

    /// <summary>Item 3 has words; loudspeaker 1 is set to 80 and quiet from 21:00 to 05:00.</summary>
    private static ScheduleView Speaking(TimeOnly from, TimeOnly to) => SchedulingWorld.Wanted("Bản tin", items: [3], windows: [new(from, to)]);

    private Task<IReadOnlyList<PlanWarning>> Warnings(ScheduleView wanted) => world.Within(s => s.GetRequiredService<IScheduleAdvice>().Of(wanted, AreaScope.All, default));

    private async Task Zone(NoiseRule rule)
    {
        Assert.Null((await world.Within(s => s.GetRequiredService<SaveNoiseRule>().Handle(new SaveNoiseRule.Ask(Administrator, rule), default))).Why);
        await world.Within(s => s.GetRequiredService<SetNoiseZone>().Handle(new(Administrator, 1, "", NoiseZone.Special), default));
    }
}
