using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>What the form tells of a pace while it is edited. The clock stands at 23/11/2026 08:00 in Việt Nam; texts of the sample items stand for eight seconds a language.</summary>
public sealed class PaceWarningsTests : IDisposable
{
    private static readonly Target Led = new(TargetWidth.Device, "1/LED-1");
    private static readonly Target Speaker = new(TargetWidth.Device, "1/LOA-1");

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task Shares_of_equals_over_the_hour_are_told_with_what_is_left()
    {
        await world.Save(Wanted("Hai phần ba", 70) with { Windows = [new(new(7, 0), new(9, 0))] });
        await world.Save(Wanted("Kém hơn", 90) with { Number = 501 });

        var over = await Warnings(Wanted("Mới", 40));
        var full = await Warnings(Wanted("Mới", 30));
        var apart = await Warnings(Wanted("Mới", 40) with { Windows = [new(new(9, 0), new(11, 0))] });
        var elsewhere = await Warnings(Wanted("Mới", 40) with { Targets = [new(TargetWidth.Device, "1/MH-1")] });

        Assert.Equal(["Cụm mẫu 1", "Bảng LED cổng", "110", "“Hai phần ba”", "23/11/2026", "30 %"], Assert.Single(over, w => w.Code == "schedule.warn.shares").With);
        Assert.DoesNotContain(full.Concat(apart).Concat(elsewhere), w => w.Code.StartsWith("schedule.warn.shares", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_rule_for_days_is_among_them_they_only_get_less()
    {
        await world.Save(Wanted("Chợ phiên", 70) with { Days = new() { Market = new(Branches.Suu) } });

        var warned = await Warnings(Wanted("Mới", 1500, seconds: true));

        var less = Assert.Single(warned, w => w.Code.StartsWith("schedule.warn.shares", StringComparison.Ordinal));
        Assert.Equal(("schedule.warn.shares-some-days", "112", "1080 s"), (less.Code, less.With[2], less.With[5]));
    }

    [Fact]
    public async Task An_overnight_window_meets_that_of_the_next_morning()
    {
        await world.Save(Wanted("Đêm", 70) with { Windows = [new(new(22, 0), new(5, 0))], To = new DateOnly(2026, 11, 24), From = new(2026, 11, 24) });

        var wednesday = await Warnings(Wanted("Sáng thứ Tư", 40) with { Windows = [new(new(4, 0), new(6, 0))], From = new(2026, 11, 25), To = new DateOnly(2026, 11, 25) });
        var thursday = await Warnings(Wanted("Sáng thứ Năm", 40) with { Windows = [new(new(4, 0), new(6, 0))], From = new(2026, 11, 26), To = new DateOnly(2026, 11, 26) });

        Assert.Contains(wednesday, w => w.Code == "schedule.warn.shares");
        Assert.DoesNotContain(thursday, w => w.Code.StartsWith("schedule.warn.shares", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10, 3, null, true)]
    [InlineData(10, 45, null, false)]
    [InlineData(10, null, 300, true)]
    [InlineData(10, null, 60, false)]
    public async Task A_cap_or_a_gap_that_makes_the_share_impossible_is_told(int percent, int? most, int? gap, bool told)
    {
        var warned = await Warnings(Wanted("Mới", percent) with { Pace = new() { SharePercent = percent, MostPerHour = most, LeastGapSeconds = gap } });

        Assert.Equal(told, warned.Any(w => w.Code == "schedule.warn.share-unreachable"));
    }

    [Fact]
    public async Task An_item_longer_than_the_slot_is_told_in_the_form_and_left_out_when_compiled()
    {
        world.Items.Release(7, kinds: [RenditionKind.Video], title: "Phim dài");
        world.Items.Released[^1] = world.Items.Released[^1] with { Item = world.Items.Released[^1].Item with { Renditions = [.. world.Items.Released[^1].Item.Renditions.Select(r => r with { DurationMs = 400_000 })] } };
        world.Items.PartMs = 400_000;
        var wanted = Wanted("Khung", null) with { Items = [new(7)], Pace = new() { SlotMinutes = 5 } };

        var warned = await Warnings(wanted);
        var id = (await world.Save(wanted)).Value.Id;
        var publish = await world.Publish(null, id);
        var draft = (await world.Within(s => s.GetRequiredService<IPlanCompiler>().Compile(SchedulingWorld.HuuNghi, id, default))).Value;

        Assert.Equal(["Phim dài", "6:40", "5", "Cụm mẫu 1", "Bảng LED cổng"], Assert.Single(warned, w => w.Code == "schedule.warn.slot-short").With);
        Assert.Equal("publish.plays-nothing", publish.Why?.Code);
        Assert.Contains(draft.Warnings, w => w.Code == "schedule.warn.longer-than-slot");
    }

    [Fact]
    public async Task In_step_needs_a_loudspeaker_and_items_with_words_and_pictures()
    {
        var warned = await Warnings(Wanted("Một mình", null) with { Pace = new() { InStep = true } });
        var fine = await Warnings(Wanted("Cả hai", null) with { Items = [new(3)], Targets = [Led, Speaker], Pace = new() { InStep = true } });

        Assert.Equal(["Một mình", "Cụm mẫu 1"], Assert.Single(warned, w => w.Code == "schedule.warn.in-step-no-voice").With);
        Assert.Equal(["Tin mẫu 1"], Assert.Single(warned, w => w.Code == "schedule.warn.in-step-item").With);
        Assert.DoesNotContain(fine, w => PaceWarnings.Codes.Contains(w.Code));
    }

    [Fact]
    public async Task Where_a_site_has_no_loudspeaker_its_screens_leave_the_schedule_out_and_its_plan_stays_sound()
    {
        await world.Published(SchedulingWorld.Wanted("Khác", items: [2]));
        world.Clusters.All = [.. world.Clusters.All.Select(c => c.Id == 1 ? c with { Outputs = [.. c.Outputs.Where(o => o.Kind != OutputKind.Speaker)] } : c)];
        var id = (await world.Save(SchedulingWorld.Wanted("Cùng loa", items: [3], targets: [new(TargetWidth.Province, "20")]) with { Pace = new() { InStep = true } })).Value.Id;

        var done = (await world.Publish(null, id)).Value;

        Assert.Contains(done.Warnings, w => w.Code == "schedule.warn.in-step-no-voice" && w.With[1] == "Cụm mẫu 1");
        Assert.DoesNotContain((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries, e => e.Id == "L-2");
        Assert.True(Assert.Single((await world.OnItsWay(SchedulingWorld.TanThanh))!.Entries, e => e.Id == "L-2").InStep);
    }

    [Fact]
    public async Task A_pace_without_a_screen_has_no_effect()
    {
        var warned = await Warnings(Wanted("Chỉ loa", 20) with { Items = [new(3)], Targets = [Speaker] });

        Assert.Contains(warned, w => w.Code == "schedule.warn.pace-no-screen");
    }

    [Fact]
    public void Warnings_of_the_compiler_say_what_to_do_too()
    {
        var texts = world.Services.GetRequiredService<Texts>();

        string[] codes = ["schedule.warn.longer-than-slot", "schedule.warn.in-step-no-voice"];

        Assert.All(codes.SelectMany(c => new[] { c, WarningList.Remedy(new(c)) }), k => Assert.True(texts.All("vi").ContainsKey(k) && texts.All("en").ContainsKey(k), k));
    }

    public void Dispose() => world.Dispose();

    private static ScheduleView Wanted(string name, int? share, bool seconds = false) =>
        SchedulingWorld.Wanted(name, targets: [Led]) with { Pace = new() { SharePercent = seconds ? null : share, ShareSeconds = seconds ? share : null } };

    private Task<IReadOnlyList<PlanWarning>> Warnings(ScheduleView wanted) => world.Within(s => s.GetRequiredService<IScheduleAdvice>().Of(wanted, AreaScope.All, default));
}
