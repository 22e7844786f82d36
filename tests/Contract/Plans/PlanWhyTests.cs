using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using FsCheck;
using FsCheck.Fluent;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

public sealed class PlanWhyTests
{
    [Fact]
    public void The_chain_narrows_what_is_due_to_what_is_on()
    {
        var plan = Plan([Item(1), Item(2)],
        [
            Entry("A", Tier.Programme, [1]),
            Entry("B", Tier.Filler, [2]) with { Number = 1, Target = TargetWidth.Device, OneOff = true },
            Entry("C", Tier.Programme, [1]) with { Number = 100, Target = TargetWidth.Province },
            Entry("D", Tier.Programme, [1]) with { Number = 100 },
            Entry("E", Tier.Programme, [2]) with { Number = 100, OneOff = true },
            Entry("F", Tier.Programme, [2]) with { Number = 100, OneOff = true, Since = T("00:00", 3) },
        ]);

        var why = PlanWhy.At(plan, Lcd, T("12:00:10"));

        Assert.Equal(
            ["Due F E D C A B", "Tier F E D C A", "Number F E D C", "Target F E D", "OneOff F E", "Rotation F E"],
            why.Chain.Select(s => $"{s.Rule} {string.Join(' ', s.Entries)}"));
        Assert.Equal(
            ["F InTurn ", "E OnAir ", "D Recurring F", "C WiderTarget F", "A LargerNumber F", "B LowerTier F"],
            why.Entries.Select(e => $"{e.Entry} {e.Standing} {e.By}"));
    }

    [Theory]
    [InlineData("From", WhyStanding.BeforeItsDays)]
    [InlineData("To", WhyStanding.AfterItsDays)]
    [InlineData("Weekday", WhyStanding.NotThisWeekday)]
    [InlineData("Rule", WhyStanding.NotByItsRule)]
    [InlineData("Excluded", WhyStanding.Excluded)]
    [InlineData("Window", WhyStanding.WindowClosed)]
    [InlineData("Since", WhyStanding.NotPublished)]
    [InlineData("Item", WhyStanding.NoItem)]
    [InlineData("Part", WhyStanding.NoItem)]
    [InlineData("Nothing", WhyStanding.OnAir)]
    public void Each_reason_for_not_being_due_has_its_word(string broken, WhyStanding standing)
    {
        var entry = Entry("A", Tier.Programme, [1], W("08:00", "09:00"));
        entry = broken switch
        {
            "From" => entry with { From = Day.AddDays(1) },
            "To" => entry with { To = Day.AddDays(-1) },
            "Weekday" => entry with { Weekdays = Weekdays.All & ~Weekdays.Saturday },
            "Rule" => entry with { Days = new() { Solar = new("FREQ=DAILY;INTERVAL=2", Day.AddDays(-1)) } },
            "Excluded" => entry with { Days = new() { Solar = new("FREQ=DAILY", Day), Exclusions = [OccurrenceId.Of(Day)] } },
            "Window" => entry with { Windows = [W("08:31", "09:00")] },
            "Since" => entry with { Since = T("08:45") },
            _ => entry,
        };
        var item = broken switch { "Item" => Item(1, from: T("08:40")), "Part" => Item(1) with { Parts = [] }, _ => Item(1) };

        var why = PlanWhy.At(Plan([item], [entry]), Lcd, T("08:30")).Entries.Single();

        Assert.Equal(standing, why.Standing);
    }

    [Fact]
    public void It_says_when_a_window_closes_and_when_one_opens()
    {
        var plan = Plan([Item(1, until: T("00:00", 60))],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00"), W("08:30", "09:30")), Entry("B", Tier.Programme, [1], W("07:00", "08:00")) with { Weekdays = Weekdays.Tuesday }]);

        var why = PlanWhy.At(plan, Lcd, T("08:45"));

        Assert.Equal([(T("09:30"), null), (null, (DateTimeOffset?)T("07:00", 24))], why.Entries.Select(e => (e.Until, e.Opens)));
    }

    [Fact]
    public void The_item_that_ends_first_is_named()
    {
        var plan = Plan([Item(1, 60), Item(2, 60)], [Entry("A", Tier.Programme, [1], W("08:00", "08:01:30")), Entry("B", Tier.Filler, [2])]);

        var why = PlanWhy.At(plan, Lcd, T("08:01:40"));

        Assert.Equal(("A", WhyRule.EndsFirst), (why.OnAir.Entry?.Id, why.Chain[^1].Rule));
        Assert.Equal([("A", WhyStanding.OnAir, null), ("B", WhyStanding.EndsFirst, "A")], why.Entries.Select(e => (e.Entry, e.Standing, e.By)));
    }

    [Fact]
    public void On_a_loudspeaker_it_tells_who_waits_and_who_has_spoken()
    {
        var plan = Plan([Item(1, 60), Item(2, 60), Item(3, 60)],
        [
            Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { EveryMinutes = 30 },
            Entry("B", Tier.Programme, [2], W("08:00", "09:00")) with { Number = 600 },
            Entry("C", Tier.Filler, [3], W("08:00", "09:00")),
            Entry("D", Tier.Priority, [3], W("07:50", "09:00")) with { EveryMinutes = 30 },
        ]);

        var why = PlanWhy.At(plan, Loa, T("08:00:30"));

        Assert.Equal(
            [("D", WhyStanding.BetweenCalls, null, T("08:20")), ("A", WhyStanding.OnAir, null, null), ("B", WhyStanding.InTurn, "A", null), ("C", WhyStanding.LowerTier, "A", (DateTimeOffset?)null)],
            why.Entries.Select(e => (e.Entry, e.Standing, e.By, e.Opens)));
        Assert.Equal("Queue A B C", $"{why.Chain[^1].Rule} {string.Join(' ', why.Chain[^1].Entries)}");
    }

    [Fact]
    public void What_quiet_hours_silence_is_shown_as_such_with_their_end()
    {
        var plan = Plan([Item(1, 60)], [Entry("A", Tier.Priority, [1], W("05:00", "06:00"))], quiet: [W("21:00", "05:00"), W("05:00", "05:30")]);

        var why = PlanWhy.At(plan, Loa, T("05:10"));

        Assert.Equal((Because.QuietHours, WhyStanding.QuietHours, T("05:30")), (why.OnAir.Because, why.Entries[0].Standing, why.Entries[0].Until));
    }

    [Fact]
    public void Every_item_says_whether_it_may_be_shown()
    {
        var plan = Plan([Item(1), Item(2, until: T("07:00")), Item(3, from: T("09:00")), Item(4) with { Parts = [] }], [Entry("A", Tier.Programme, [1, 2, 3, 4])]);

        var items = PlanWhy.At(plan, Lcd, T("08:00")).Entries[0].Items.Select(i => i.Standing);

        Assert.Equal([WhyItemStanding.InForce, WhyItemStanding.Expired, WhyItemStanding.NotYet, WhyItemStanding.NoPartHere], items);
    }

    /// <summary>The reason may not contradict the screen: exactly what is on is told as on, losers lose to somebody who is due, and what is not due alone is never told as due.</summary>
    [Fact]
    public void The_reasons_agree_with_the_clock() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(150).WithEndSize(40), Prop.ForAll(RandomPlans.All, plan =>
    {
        var random = new Random(plan.Entries.Count);
        foreach (var output in (OutputId[])[Lcd, Loa])
        {
            var clock = new PlanClock(plan);
            for (var i = 0; i < 4; i++)
            {
                var at = RandomPlans.Start.AddMilliseconds(random.NextInt64(RandomPlans.Days * 86_400_000L));
                var why = PlanWhy.At(clock, output, at);
                Assert.Equal(clock.At(output, at), why.OnAir);
                Assert.Equal(why.OnAir.Entry is { } on ? [on.Id] : [], why.Entries.Where(e => e.Standing == WhyStanding.OnAir).Select(e => e.Entry));
                foreach (var e in why.Entries)
                    Agree(plan, output, at, e, why);
            }
        }
    }));

    private static void Agree(PlayPlan plan, OutputId output, DateTimeOffset at, EntryWhy e, WhyTold why)
    {
        var alone = new PlanClock(plan with { Entries = [plan.Entries.Single(x => x.Id == e.Entry)] });
        bool Due(DateTimeOffset t) => alone.Scenes(output, t, t.AddTicks(1)).Single().Entries.Count > 0;
        if (e.Standing != WhyStanding.OnAir)
            Assert.Equal(e.Standing < WhyStanding.NoItem, Due(at));
        if (e.Standing == WhyStanding.LowerTier)
            Assert.True(plan.Entries.Single(x => x.Id == e.By).Tier < plan.Entries.Single(x => x.Id == e.Entry).Tier);
        if (e.Standing == WhyStanding.QuietHours)
            Assert.True(why.OnAir.Because == Because.QuietHours || why.OnAir.Tier == Tier.Emergency);
        if (e.Opens is { } opens && e.Standing != WhyStanding.BetweenCalls)
            Assert.True(opens > at && Due(opens) && !Due(opens.AddTicks(-1)), $"{e}");
    }
}
