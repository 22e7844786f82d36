using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using FsCheck;
using FsCheck.Fluent;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Screens that follow the voice of a loudspeaker.</summary>
public sealed class InStepTests
{
    [Fact]
    public void Each_item_is_on_screen_from_its_first_word_to_its_last()
    {
        var plan = Plan([Spoken(1, 30, 10), Spoken(2, 20, 50), Item(9, 40)],
            [Entry("A", Tier.Programme, [1, 2], W("08:00", "09:00")) with { InStep = true, EveryMinutes = 5 }, Entry("F", Tier.Filler, [9]) with { Outputs = [Lcd] }]);

        var said = plan.Walk(Loa, T("08:04"), T("08:06"));
        var shown = plan.Walk(Lcd, T("08:04"), T("08:06"));

        Assert.Equal("08:04:00 - | 08:05:00 A:1 | 08:05:30 A:2 | 08:05:50 -", said);
        Assert.Equal("08:04:00 F:9 | 08:04:10 F:9 | 08:04:50 F:9 | 08:05:00 A:1 | 08:05:30 A:2 | 08:05:50 F:9", shown);
    }

    [Fact]
    public void When_the_voice_comes_late_so_does_the_screen()
    {
        var plan = Plan([Item(1, 30), Item(2, 50)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { InStep = true, Number = 900 }, Entry("B", Tier.Programme, [2], W("08:00", "08:30")) with { Outputs = [Loa] }]);

        var shown = plan.Walk(Lcd, T("07:59"), T("08:03"));

        Assert.Equal("07:59:00 - | 08:00:50 A:1 | 08:01:20 -", shown);
    }

    [Fact]
    public void Among_equals_it_waits_for_nobody_and_is_alone()
    {
        var plan = Plan([Item(1, 30), Item(2, 50)],
            [Entry("A", Tier.Programme, [1], W("08:01", "09:00")) with { InStep = true }, Entry("B", Tier.Programme, [2], W("08:00", "09:00")) with { Outputs = [Lcd], Since = T("00:00", 3) }]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:02:30"));

        Assert.Equal("08:00:00 B:2 | 08:00:50 B:2 | 08:01:00 A:1 | 08:01:30 B:2 | 08:02:20 B:2", shown);
    }

    [Fact]
    public void An_equal_that_opens_meanwhile_does_not_make_it_begin_anew()
    {
        PlanPart[] parts = [Part(Lcd, PartKind.Still, "still", 20), Part(Lcd, PartKind.Still, "still", 20, "vi", 2), Part(Loa, PartKind.Speech, "speech", 60)];
        var plan = Plan([Item(1) with { Parts = parts }, Item(2, 50)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { InStep = true }, Entry("B", Tier.Programme, [2], W("08:00:30", "09:00")) with { Outputs = [Lcd] }]);

        var shown = new PlanClock(plan).Between(Lcd, T("08:00"), T("08:01:30")).Select(a => $"{Clock(a.From)} {a.Entry?.Id}{a.Part?.Page}");

        Assert.Equal(["08:00:00 A1", "08:00:20 A2", "08:01:00 B1"], shown);
    }

    [Fact]
    public void Words_that_an_emergency_cuts_off_for_good_leave_the_screen_with_it()
    {
        var plan = Plan([Item(1, 60), Item(2, 10), Item(3)],
        [
            Entry("A", Tier.Programme, [1], W("08:00", "08:00:25")) with { InStep = true },
            Entry("K", Tier.Emergency, [2], W("08:00:20", "08:00:30")),
            Entry("F", Tier.Filler, [3], W("08:00", "09:00")) with { Outputs = [Lcd] },
        ]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:00:40"));

        Assert.Equal("08:00:00 A:1 | 08:00:20 K:2 | 08:00:30 F:3", shown);
    }

    [Fact]
    public void The_scenes_of_days_follow_the_voice_of_each_day()
    {
        var clock = new PlanClock(Plan([Item(1, 30), Item(2, 50)],
        [
            Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { InStep = true, Number = 900, From = Day, To = Day.AddDays(3) },
            Entry("B", Tier.Programme, [2], W("08:00", "08:30")) with { Outputs = [Loa], From = Day.AddDays(2), To = Day.AddDays(2) },
        ]));

        var begins = clock.Scenes(Lcd, T("00:00"), T("00:00").AddDays(4)).Where(s => s.Entries.Count > 0).Select(s => Clock(s.From));

        Assert.Equal(["08:00:00", "08:00:00", "08:00:50", "08:00:00"], begins);
    }

    [Fact]
    public void It_fills_no_pauses_of_others()
    {
        var plan = Plan([Item(1), Item(2, 20), Item(3)],
        [
            Entry("A", Tier.Programme, [1], W("08:00", "08:05")) with { Outputs = [Lcd], LeastGapSeconds = 60 },
            Entry("V", Tier.Filler, [2], W("08:00:20", "08:05")) with { InStep = true },
            Entry("D", Tier.ClusterDefault, [3], W("08:00", "08:05")) with { Outputs = [Lcd] },
        ]);

        var (said, shown) = (plan.Walk(Loa, T("08:00"), T("08:01")), plan.Walk(Lcd, T("08:00"), T("08:01")));

        Assert.Equal("08:00:00 - | 08:00:20 V:2 | 08:00:40 -", said);
        Assert.Equal("08:00:00 A:1 | 08:00:10 D:3 | 08:00:20 D:3 | 08:00:30 D:3 | 08:00:40 D:3 | 08:00:50 D:3", shown);
    }

    [Fact]
    public void Pages_are_held_or_cut_to_the_words_and_what_was_covered_joins_the_voice()
    {
        PlanPart[] parts = [Part(Lcd, PartKind.Still, "still", 20), Part(Lcd, PartKind.Still, "still", 20, "vi", 2), Part(Loa, PartKind.Speech, "speech", 60)];
        var plan = Plan([Item(1) with { Parts = parts }, Item(9, 30)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { InStep = true, EveryMinutes = 10 }, Entry("K", Tier.Emergency, [9], W("08:10", "08:11")) with { Outputs = [Lcd], To = Day, Since = T("08:10:10") }]);
        var clock = new PlanClock(plan);

        var held = clock.Between(Lcd, T("08:00"), T("08:01:30")).Select(a => $"{Clock(a.From)} {a.Part?.Page}");
        var joined = clock.Between(Lcd, T("08:10"), T("08:11:30")).Select(a => $"{Clock(a.From)} {a.Entry?.Id}{a.Part?.Page}");

        Assert.Equal(["08:00:00 1", "08:00:20 2", "08:01:00 "], held);
        Assert.Equal(["08:10:00 A1", "08:10:10 K1", "08:10:40 K1", "08:11:10 "], joined);
        Assert.Equal(T("08:00:20"), clock.At(Lcd, T("08:00:50")).From);
    }

    [Fact]
    public void A_page_that_is_longer_than_the_words_is_cut_with_them_and_those_after_it_are_not_shown()
    {
        PlanPart[] parts = [Part(Lcd, PartKind.Still, "still", 20), Part(Lcd, PartKind.Still, "still", 20, "vi", 2), Part(Loa, PartKind.Speech, "speech", 15)];
        var plan = Plan([Item(1) with { Parts = parts }], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { InStep = true }]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:01"));

        Assert.Equal("08:00:00 A:1 | 08:00:15 -", shown);
    }

    [Fact]
    public void What_is_said_after_midnight_in_a_window_of_the_day_before_is_known_ahead()
    {
        var plan = Plan([Item(1, 30)], [Entry("A", Tier.Programme, [1], W("23:40", "00:30")) with { InStep = true, EveryMinutes = 30, From = Day, To = Day }]);

        var next = new PlanClock(plan).Next(Lcd, T("23:45"));

        Assert.Equal(T("00:10", 22), next);
    }

    [Fact]
    public void Uncovered_while_it_is_said_it_joins_where_the_voice_is()
    {
        PlanPart[] parts = [Part(Lcd, PartKind.Still, "still", 20), Part(Lcd, PartKind.Still, "still", 20, "vi", 2), Part(Loa, PartKind.Speech, "speech", 150)];
        var plan = Plan([Item(1) with { Parts = parts }, Item(9, 30)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { InStep = true }, Entry("K", Tier.Emergency, [9], W("07:59", "08:01")) with { Outputs = [Lcd] }]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:03"));

        Assert.Equal("08:00:00 K:9 | 08:00:30 K:9 | 08:01:00 A:1 | 08:02:30 -", shown);
    }

    [Fact]
    public void Quiet_hours_keep_the_screen_in_step_too_and_the_reason_says_when_it_speaks_next()
    {
        var plan = Plan([Item(1, 30), Item(9, 30)], [Entry("A", Tier.Programme, [1], W("20:00", "23:00")) with { InStep = true, EveryMinutes = 60 }, Entry("F", Tier.Filler, [9]) with { Outputs = [Lcd] }], quiet: [W("21:00", "05:30")]);

        var why = PlanWhy.At(plan, Lcd, T("21:30"));

        Assert.Equal([("A", WhyStanding.NotSpoken, T("20:00", 22)), ("F", WhyStanding.OnAir, (DateTimeOffset?)null)], why.Entries.Select(e => (e.Entry, e.Standing, e.Opens)));
    }

    /// <summary>When a loudspeaker begins an item that is shown in step, the screen begins it at the same instant, or shows something that wins over it. Pauses of a pace are another matter: a voice fills none.</summary>
    [Fact]
    public void Screen_and_voice_begin_together() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40), Prop.ForAll(RandomPlans.InStep, plan =>
    {
        var clock = new PlanClock(plan with { Entries = [.. plan.Entries.Select(e => e with { SharePercent = null, ShareSeconds = null, MostPerHour = null, LeastGapSeconds = null, SlotMinutes = null })] });
        OnAir? before = null;
        foreach (var said in clock.Between(Loa, RandomPlans.Start, RandomPlans.Start.AddDays(2)))
        {
            var first = said.Item is { } item && RoundOracle.PartsOf(item, plan.Outputs[1])[0] == said.Part && RoundOracle.PartsOf(item, plan.Outputs[0]).Count > 0;
            if (said is { Entry.InStep: true, Item: not null } && first && before is not null)
            {
                var shown = clock.At(Lcd, said.From);
                var together = shown.Entry?.Id == said.Entry.Id && shown.Item?.Id == said.Item.Id && shown.From == said.From;
                Assert.True(together || Key(shown.Entry!).CompareTo(Key(said.Entry)) < 0, $"{said} {shown}");
            }

            before = said;
        }
    }));

    private static (Tier, int, TargetWidth, bool) Key(PlanEntry e) => (e.Tier, e.Number, e.Target, !e.OneOff);

    private static PlanItem Spoken(int id, int said, int shown) => Item(id) with { Parts = [Part(Lcd, PartKind.Still, "still", shown), Part(Loa, PartKind.Speech, "speech", said)] };
}
