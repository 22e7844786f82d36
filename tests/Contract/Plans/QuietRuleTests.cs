using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Dated quiet rules of a loudspeaker: named silence and caps on the volume.</summary>
public sealed class QuietRuleTests
{
    private static readonly QuietRule School = new() { Name = "Giờ học", Window = W("07:00", "11:00"), Weekdays = Weekdays.Monday | Weekdays.Tuesday, From = new(2026, 11, 23), To = new(2026, 11, 30) };
    private static readonly QuietRule Prayer = new() { Name = "Giờ lễ", Window = W("16:30", "18:00"), VolumePercent = 30 };

    [Fact]
    public void A_rule_silences_on_its_days_by_its_name_and_what_waited_is_said_after_it()
    {
        var plan = Ruled([School], Entry("L-1", Tier.Programme, [1], W("10:00", "12:00")));

        var (saturday, monday) = (plan.Walk(Loa, T("09:00", 21), T("12:00", 21)), plan.Walk(Loa, T("09:00", 23), T("12:00", 23)));

        Assert.Equal("09:00:00 - | 10:00:00 L-1:1 | 10:00:10 -", saturday);
        Assert.Equal("09:00:00 - | 10:00:00 quiet | 11:00:00 L-1:1 | 11:00:10 -", monday);
        Assert.Equal("Giờ học", new PlanClock(plan).At(Loa, T("10:30", 23)).Quiet);
    }

    [Fact]
    public void A_silence_without_end_ends_at_the_same_instant_whatever_was_asked_before()
    {
        var plan = Ruled([new() { Name = "Cả ngày", Window = W("00:00", "00:00") }], Entry("L-1", Tier.Programme, [1], W("00:00", "00:00")) with { From = new(2026, 11, 22), EveryMinutes = 5 });
        var asked = new PlanClock(plan);
        asked.At(Loa, T("08:44", 23));

        Assert.Equal(new PlanClock(plan).At(Loa, T("17:27", 22)).Until, asked.At(Loa, T("17:27", 22)).Until);
    }

    [Fact]
    public void A_window_over_midnight_belongs_to_the_day_it_starts()
    {
        var night = new QuietRule { Name = "Giờ đêm", Window = W("22:00", "05:00"), To = new(2026, 11, 21) };
        var plan = Ruled([night], Entry("L-1", Tier.Programme, [1], W("00:00", "23:59")) with { EveryMinutes = 60 });

        Assert.Equal("03:59:00 quiet | 05:00:00 L-1:1", plan.Walk(Loa, T("03:59", 22), T("05:00:05", 22)));
        Assert.Equal("03:59:00 - | 04:00:00 L-1:1 | 04:00:10 -", plan.Walk(Loa, T("03:59", 23), T("04:01", 23)));
    }

    [Fact]
    public void An_emergency_passes_silence_and_cap()
    {
        var plan = Ruled([School, Prayer], Entry("K", Tier.Emergency, [1], W("08:00", "18:00")) with { EveryMinutes = 60 });

        var clock = new PlanClock(plan);

        Assert.Equal(("K", 80), (clock.At(Loa, T("08:00:05", 23)).Entry?.Id, clock.At(Loa, T("17:00:05", 23)).VolumePercent));
    }

    [Fact]
    public void The_volume_goes_down_and_up_while_something_is_said_without_beginning_it_anew()
    {
        var plan = Ruled([Prayer], Entry("L-1", Tier.Programme, [2], W("16:20", "20:00")));
        var clock = new PlanClock(plan);

        var told = new[] { "16:29:59", "16:30", "17:59:59", "18:00" }.Select(t => clock.At(Loa, T(t, 23))).ToArray();

        Assert.Equal([80, 30, 30, 80], told.Select(a => a.VolumePercent));
        Assert.Single(told.Select(a => (a.From, a.Until)).Distinct());
        Assert.Equal([T("16:30", 23), T("18:00", 23), T("18:00", 23)], told.Take(3).Select(a => a.VolumeUntil));
    }

    [Fact]
    public void Of_several_caps_the_lowest_holds_and_none_is_louder_than_the_output()
    {
        var plan = Ruled([Prayer, Prayer with { VolumePercent = 20, Window = W("17:00", "17:30") }, Prayer with { VolumePercent = 100, Window = TimeWindow.WholeDay }], Entry("L-1", Tier.Programme, [2], W("16:20", "20:00")));
        var clock = new PlanClock(plan);

        Assert.Equal([80, 30, 20, 30, 80], new[] { "16:25", "16:45", "17:15", "17:45", "18:15" }.Select(t => clock.At(Loa, T(t, 23)).VolumePercent));
    }

    [Fact]
    public void A_screen_knows_no_volume_and_a_plan_with_rules_needs_level_3()
    {
        var plan = Ruled([School], Entry("L-1", Tier.Programme, [1]));

        Assert.Equal(0, new PlanClock(plan).At(Lcd, T("08:00", 23)).VolumePercent);
        Assert.Equal((3, 1), (PlanLevels.Of(plan), PlanLevels.Of(Ruled([], Entry("L-1", Tier.Programme, [1])))));
        Assert.Equal("plan.level", PlanRules.Check(plan with { Level = 2 })?.Code);
    }

    [Theory]
    [InlineData(0, "2026-11-23", "2026-11-24", 127)]
    [InlineData(101, "2026-11-23", "2026-11-24", 127)]
    [InlineData(50, "2026-11-24", "2026-11-23", 127)]
    [InlineData(50, "2026-11-23", "2026-11-24", 0)]
    public void An_unsound_rule_is_refused(int volume, string from, string to, int weekdays)
    {
        var rule = School with { VolumePercent = volume, From = DateOnly.Parse(from, null), To = DateOnly.Parse(to, null), Weekdays = (Weekdays)weekdays };

        Assert.Equal("plan.quiet-rule", PlanRules.Check(Ruled([rule], Entry("L-1", Tier.Programme, [1])))?.Code);
    }

    private static PlayPlan Ruled(QuietRule[] rules, params PlanEntry[] entries)
    {
        var plan = Plan([Item(1, 10), Item(2, 3 * 60 * 60)], entries);
        return plan with { Outputs = [.. plan.Outputs.Select(o => o.Kind == OutputKind.Speaker ? o with { QuietRules = rules } : o)] };
    }
}
