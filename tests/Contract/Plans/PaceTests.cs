using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using FsCheck;
using FsCheck.Fluent;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Shares, caps and gaps on a screen. Hours are told by the plays that begin in them.</summary>
public sealed class PaceTests
{
    private static readonly DateTimeOffset Far = T("00:00", 90);

    [Fact]
    public void Shares_that_fill_the_hour_are_exact_in_every_hour()
    {
        var plan = Plan([Item(1, 40), Item(2, 30), Item(3, 15)],
            [Entry("A", Tier.Programme, [1]) with { SharePercent = 50 }, Entry("B", Tier.Programme, [2]) with { SharePercent = 30 }, Entry("C", Tier.Programme, [3]) with { ShareSeconds = 720 }]);

        var hours = Hours(plan, T("00:00", 23), 24);

        Assert.All(hours, h => Assert.Equal((1800, 1080, 720), (h["A"], h["B"], h["C"])));
    }

    [Fact]
    public void A_share_is_spread_over_the_hour_and_the_others_rotate_between()
    {
        var plan = Plan([Item(1, 10), Item(2, 10), Item(3, 10)], [Entry("A", Tier.Programme, [1], W("08:00", "10:00")) with { SharePercent = 25 }, Entry("B", Tier.Programme, [2, 3], W("08:00", "10:00"))]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:01:30"));

        Assert.Equal("08:00:00 A:1 | 08:00:10 B:2 | 08:00:20 B:3 | 08:00:30 B:2 | 08:00:40 A:1 | 08:00:50 B:3 | 08:01:00 B:2 | 08:01:10 B:3 | 08:01:20 A:1", shown);
    }

    [Fact]
    public void Of_several_that_are_behind_the_one_comes_whose_item_is_due_first()
    {
        var plan = Plan([Item(1, 40), Item(2, 10)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 2400 }, Entry("B", Tier.Programme, [2], W("08:00", "09:00")) with { ShareSeconds = 1200 }]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:02:10"));

        Assert.Equal("08:00:00 B:2 | 08:00:10 A:1 | 08:00:50 B:2 | 08:01:00 B:2 | 08:01:10 A:1 | 08:01:50 B:2 | 08:02:00 B:2", shown);
    }

    [Fact]
    public void What_is_cut_counts_for_as_long_as_it_was_on_and_what_is_covered_is_not_owed()
    {
        var plan = Plan([Item(1, 40), Item(2, 10), Item(9, 10)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 900 }, Entry("F", Tier.Filler, [2]), Entry("K", Tier.Emergency, [9], W("08:00", "08:10")) with { Since = T("08:00:20"), To = Day }]);
        var brief = plan with { Items = [.. plan.Items.Select(i => i.Id.Number == 9 ? i with { ValidUntil = T("08:00:30") } : i)] };

        var starts = new PlanClock(brief).Between(Lcd, T("08:00"), T("08:02:30")).Where(a => a.Entry?.Id == "A").Select(a => Clock(a.From));

        Assert.Equal(["08:00:00", "08:01:30"], starts);
    }

    [Fact]
    public void Ahead_of_its_time_the_one_comes_whose_item_would_end_first()
    {
        var plan = Plan([Item(1, 40), Item(2, 10), Item(3, 2000)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 900 }, Entry("B", Tier.Programme, [2], W("08:00", "09:00")) with { ShareSeconds = 900 }, Entry("F", Tier.Filler, [3], W("08:00", "09:00"))]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:02"));

        Assert.Equal("08:00:00 B:2 | 08:00:10 A:1 | 08:00:50 B:2 | 08:01:00 B:2 | 08:01:10 B:2 | 08:01:20 B:2 | 08:01:30 B:2 | 08:01:40 B:2 | 08:01:50 A:1", shown);
    }

    /// <summary>At 08:02:50 A has had its 70 s and F does not fit beside what B still has to get; that A's item is the shorter one does not matter any more.</summary>
    [Fact]
    public void What_has_had_all_of_its_hour_does_not_come_ahead_of_its_time()
    {
        var plan = Plan([Item(1, 70), Item(2, 100), Item(3, 2000), Item(4, 3000)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 70 }, Entry("B", Tier.Programme, [2, 3], W("08:00", "09:00")) with { ShareSeconds = 1000 }, Entry("F", Tier.Filler, [4], W("08:00", "09:00"))]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:30"));

        Assert.Equal("08:00:00 B:2 | 08:01:40 A:1 | 08:02:50 B:3", shown);
    }

    [Fact]
    public void After_an_hour_away_nothing_is_owed()
    {
        var plan = Plan([Item(1, 40), Item(2, 10)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00"), W("10:00", "11:00")) with { ShareSeconds = 900 }, Entry("F", Tier.Filler, [2])]);

        var hours = Hours(plan, T("08:00"), 3);

        Assert.Equal((920, 920), (hours[0]["A"], hours[2]["A"]));
    }

    [Fact]
    public void What_could_not_be_given_does_not_pile_up()
    {
        var plan = Plan([Item(1, 10), Item(2, 10, from: T("11:00")), Item(3, 10, from: T("11:00")), Item(4, 10)],
            [Entry("A", Tier.Programme, [1, 2, 3], W("08:00", "12:00")) with { ShareSeconds = 1800, LeastGapSeconds = 30 }, Entry("F", Tier.Filler, [4])]);

        var hours = Hours(plan, T("08:00"), 4);

        Assert.Equal((900, 1810), (hours[2]["A"], hours[3]["A"]));
    }

    [Fact]
    public void What_the_shares_leave_is_filled_by_the_next_lower_and_long_fillers_take_nothing_from_them()
    {
        var plan = Plan([Item(1, 10), Item(2, 700)], [Entry("A", Tier.Programme, [1]) with { SharePercent = 25 }, Entry("F", Tier.Filler, [2])]);

        var hours = Hours(plan, T("00:00", 23), 24);

        Assert.All(hours, h => Assert.Equal((900, true), (h["A"], h["F"] > 0)));
    }

    [Fact]
    public void Items_that_do_not_divide_a_share_give_it_over_the_hours()
    {
        var plan = Plan([Item(1, 40), Item(2, 10)], [Entry("A", Tier.Programme, [1]) with { ShareSeconds = 900 }, Entry("F", Tier.Filler, [2])]);

        var hours = Hours(plan, T("00:00", 23), 24).Select(h => h["A"]).ToArray();

        Assert.Equal([920, 880, 920, 880], hours.Take(4));
        Assert.Equal(24 * 900, hours.Sum());
    }

    [Fact]
    public void With_nothing_else_to_show_the_safe_screen_is_shown_between()
    {
        var plan = Plan([Item(1, 20)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 1200 }]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:02:00"));

        Assert.Equal("08:00:00 A:1 | 08:00:20 - | 08:01:00 A:1 | 08:01:20 -", shown);
    }

    /// <summary>Since the opening, at the end of every hour, no share is further from what it should have had than the longest item.</summary>
    [Fact]
    public void No_share_is_ever_further_off_than_the_longest_item() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Arb.From(Shared), plan =>
    {
        var longest = plan.Items.Max(i => i.Parts[0].DurationMs / 1000);
        var given = plan.Entries.ToDictionary(e => e.Id, _ => 0);
        var hours = Hours(plan, T("00:00", 23), 24);
        for (var n = 1; n <= hours.Length; n++)
        {
            foreach (var entry in plan.Entries.Where(e => e.ShareSeconds is not null))
            {
                given[entry.Id] += hours[n - 1].GetValueOrDefault(entry.Id);
                Assert.InRange(given[entry.Id] - (n * entry.ShareSeconds!.Value), -longest, longest);
            }
        }
    }));

    [Fact]
    public void An_item_that_has_had_its_plays_of_the_hour_is_passed_over_until_the_next()
    {
        var plan = Plan([Item(1, 600), Item(2, 300), Item(3, 600)], [Entry("A", Tier.Programme, [1, 2], W("08:00", "10:00")) with { MostPerHour = 2 }, Entry("F", Tier.Filler, [3])]);

        var shown = plan.Walk(Lcd, T("08:00"), T("09:25"));

        Assert.Equal("08:00:00 A:1 | 08:10:00 A:2 | 08:15:00 A:1 | 08:25:00 A:2 | 08:30:00 F:3 | 08:40:00 F:3 | 08:50:00 F:3 | 09:00:00 A:1 | 09:10:00 A:2 | 09:15:00 A:1", shown);
    }

    [Fact]
    public void A_gap_is_kept_from_end_to_beginning_and_over_midnight()
    {
        var plan = Plan([Item(1, 20), Item(2, 20)], [Entry("A", Tier.Programme, [1]) with { LeastGapSeconds = 600 }, Entry("F", Tier.Filler, [2])]);

        var starts = new PlanClock(plan).Between(Lcd, T("22:00"), T("02:00", 22)).Where(a => a.Item?.Id.Number == 1).Select(a => a.From).ToArray();

        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.Equal(620, (pair.Second - pair.First).TotalSeconds));
    }

    [Fact]
    public void What_fills_goes_on_where_it_stopped_so_that_each_of_its_items_is_seen()
    {
        var plan = Plan([Item(1, 10), Item(2, 10), Item(3, 10), Item(4, 10)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { LeastGapSeconds = 10 }, Entry("F", Tier.Filler, [2, 3, 4], W("08:00", "09:00"))]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:01:10"));

        Assert.Equal("08:00:00 A:1 | 08:00:10 F:3 | 08:00:20 A:1 | 08:00:30 F:4 | 08:00:40 A:1 | 08:00:50 F:2 | 08:01:00 A:1", shown);
    }

    /// <summary>At 08:02:10 it is the turn of 3; after what F showed last between two plays of A, at 08:01:10, it would be that of 4.</summary>
    [Fact]
    public void What_fills_begins_anew_with_the_item_whose_turn_it_is_when_the_pace_does()
    {
        var plan = Plan([Item(1, 10), Item(2, 10), Item(3, 10), Item(4, 10)],
            [Entry("A", Tier.Programme, [1], W("08:00", "08:01:20"), W("08:02", "08:03")) with { LeastGapSeconds = 10 }, Entry("F", Tier.Filler, [2, 3, 4], W("08:00", "09:00"))]);

        var shown = plan.Walk(Lcd, T("08:00:40"), T("08:02:20"));

        Assert.Equal("08:00:40 A:1 | 08:00:50 F:2 | 08:01:00 A:1 | 08:01:10 F:3 | 08:01:20 F:4 | 08:01:30 F:2 | 08:01:40 F:3 | 08:01:50 F:4 | 08:02:00 A:1 | 08:02:10 F:3", shown);
    }

    [Fact]
    public void The_end_of_a_gap_cuts_nothing_but_an_opening_does()
    {
        var plan = Plan([Item(1, 10), Item(2, 50), Item(3, 10)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { LeastGapSeconds = 20 }, Entry("B", Tier.Programme, [3], W("08:01", "09:00")) with { MostPerHour = 1 }, Entry("F", Tier.Filler, [2])]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:02:30"));

        Assert.Equal("08:00:00 A:1 | 08:00:10 F:2 | 08:01:00 A:1 | 08:01:10 B:3 | 08:01:20 F:2 | 08:02:10 A:1 | 08:02:20 F:2", shown);
    }

    [Fact]
    public void Who_goes_while_the_rank_rests_cuts_nothing()
    {
        var plan = Plan([Item(1, 10), Item(2, 50)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { LeastGapSeconds = 600 }, Entry("B", Tier.Programme, [1], W("08:00", "08:01")) with { MostPerHour = 1 }, Entry("F", Tier.Filler, [2])]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:02:30"));

        Assert.Equal("08:00:00 A:1 | 08:00:10 B:1 | 08:00:20 F:2 | 08:01:10 F:2 | 08:02:00 F:2", shown);
    }

    [Fact]
    public void A_gap_runs_from_a_cut_too()
    {
        var plan = Plan([Item(1, 60), Item(2, 10), Item(9, 10, until: T("08:00:30"))],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { LeastGapSeconds = 60 }, Entry("F", Tier.Filler, [2]), Entry("K", Tier.Emergency, [9]) with { Since = T("08:00:20") }]);

        var starts = new PlanClock(plan).Between(Lcd, T("08:00"), T("08:02:30")).Where(a => a.Entry?.Id == "A").Select(a => Clock(a.From));

        Assert.Equal(["08:00:00", "08:01:20"], starts);
    }

    [Fact]
    public void An_item_that_stands_twice_in_a_list_has_one_account()
    {
        var plan = Plan([Item(1), Item(2), Item(3), Item(4)], [Entry("A", Tier.Programme, [1, 2, 3], W("08:00", "09:00")) with { Weights = [3, 1, 1], MostPerHour = 3 }, Entry("F", Tier.Filler, [4])]);

        var shown = new PlanClock(plan).Between(Lcd, T("08:00"), T("08:59")).Where(a => a.Entry?.Id == "A").Select(a => a.Item!.Id.Number);

        Assert.Equal([1, 2, 1, 3, 1, 2, 3, 2, 3], shown);
    }

    [Fact]
    public void The_answer_does_not_depend_on_the_day_first_asked_for()
    {
        var plan = Plan([Item(1, 35, until: Far), Item(2, 20, until: Far), Item(3, 95, until: Far)],
            [Entry("A", Tier.Programme, [1]) with { ShareSeconds = 700 }, Entry("B", Tier.Programme, [2]) with { LeastGapSeconds = 4000, MostPerHour = 3 }, Entry("F", Tier.Filler, [3]), Entry("K", Tier.Emergency, [2], W("08:00", "08:20")) with { Weekdays = Weekdays.Thursday }]);
        var one = new PlanClock(plan);

        for (var hours = 0; hours < 24 * 25; hours += 7)
        {
            var at = T("00:00", 20).AddHours(hours).AddSeconds(hours);
            Assert.Equal(new PlanClock(plan).At(Lcd, at), one.At(Lcd, at));
            Assert.Equal(new PlanClock(plan).At(Lcd, one.Next(Lcd, at)).From, one.Next(Lcd, at));
        }
    }

    /// <summary>Its window is open since midnight, so all the week before; but with nothing to show until Saturday 10:48:50 the book of plays was empty then, and Monday cuts nothing.</summary>
    [Fact]
    public void A_window_open_before_its_item_is_valid_leaves_nothing_to_remember()
    {
        var plan = Plan([Item(1, 50, from: T("10:48:50"))], [Entry("A", Tier.Programme, [1]) with { ShareSeconds = 70 }]);

        var starts = Starts(plan, T("14:00", 23), T("18:00", 23));

        Assert.Equal("14:00:00 14:56:35 15:00:00 16:00:00 17:00:00 17:47:36", starts);
    }

    /// <summary>At 10:49:30 the slot has no room for it; there is nothing on to be cut, so nothing earlier can matter.</summary>
    [Fact]
    public void What_rests_when_it_opens_after_nothing_was_due_is_a_beginning_too()
    {
        var plan = Plan([Item(1, 50, from: T("10:49:30"))], [Entry("A", Tier.Programme, [1]) with { ShareSeconds = 70, SlotMinutes = 5 }]);

        var starts = Starts(plan, T("14:00", 23), T("18:00", 23));

        Assert.Equal("14:00:00 14:57:25 15:00:00 16:00:00 17:00:00 17:48:12", starts);
    }

    /// <summary>On Saturday at 08:04 the slot has no room for K, so that F goes on: who begins to reckon on Sunday must not take it for cut.</summary>
    [Fact]
    public void What_rests_when_it_opens_is_no_beginning_for_what_is_on()
    {
        var plan = Plan([Item(1, 240), Item(2, 500)], [Entry("F", Tier.Filler, [2]), Entry("K", Tier.Emergency, [1], W("08:04", "08:05")) with { Weekdays = Weekdays.Saturday, SlotMinutes = 5 }]);
        var one = new PlanClock(plan);
        var before = one.At(Lcd, T("08:03:50"));

        var (through, after) = (one.At(Lcd, T("08:04:30")), new PlanClock(plan).At(Lcd, T("12:00", 22)));

        Assert.Equal((before.From, before.Until), (through.From, through.Until));
        Assert.Equal(one.At(Lcd, T("12:00", 22)), after);
        Assert.Equal(0, (after.From - before.From).Ticks % TimeSpan.FromSeconds(500).Ticks);
    }

    [Fact]
    public void The_reason_names_the_share_the_plays_and_the_gap()
    {
        var plan = Plan([Item(1, 60), Item(2, 60), Item(3, 60), Item(9, 60)],
        [
            Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 600 },
            Entry("B", Tier.Programme, [2, 3], W("08:00", "09:00")) with { MostPerHour = 1 },
            Entry("C", Tier.Programme, [3], W("08:00", "09:00")) with { LeastGapSeconds = 600, Number = 600 },
            Entry("F", Tier.Filler, [9]),
        ]);

        var why = PlanWhy.At(plan, Lcd, T("08:04:30"));

        Assert.Equal("A:1 B:2 B:3 C:3 F:9", string.Join(' ', new PlanClock(plan).Between(Lcd, T("08:00"), T("08:05")).Select(a => $"{a.Entry!.Id}:{a.Item!.Id.Number}")));
        Assert.Equal(
            [("A", WhyStanding.ShareGiven, T("08:06")), ("B", WhyStanding.Paused, T("08:00", 22)), ("C", WhyStanding.Paused, T("08:14")), ("F", WhyStanding.OnAir, (DateTimeOffset?)null)],
            why.Entries.Select(e => (e.Entry, e.Standing, e.Opens)));
        Assert.Equal([WhyItemStanding.CapReached, WhyItemStanding.CapReached, WhyItemStanding.GapNotOver], why.Entries.Skip(1).Take(2).SelectMany(e => e.Items).Select(i => i.Standing));
        Assert.Equal(["Pace F", "Rotation F"], why.Chain.TakeLast(2).Select(s => $"{s.Rule} {string.Join(' ', s.Entries)}"));
    }

    [Fact]
    public void Where_equals_have_slots_of_different_lengths_nothing_runs_over_the_beginning_of_either()
    {
        var plan = Plan([Item(1, 240), Item(2, 200), Item(8, 40), Item(9, 20)],
        [
            Entry("A", Tier.Programme, [1], W("08:10", "08:30")) with { SlotMinutes = 10 },
            Entry("B", Tier.Programme, [2], W("08:10", "08:30")) with { SlotMinutes = 15 },
            Entry("F", Tier.Filler, [8, 9], W("08:10", "09:00")),
        ]);

        var shown = plan.Walk(Lcd, T("08:10"), T("08:25"));

        Assert.Equal("08:10:00 A:1 | 08:14:00 F:8 | 08:14:40 F:9 | 08:15:00 B:2 | 08:18:20 F:8 | 08:19:00 F:9 | 08:19:20 F:8 | 08:20:00 A:1 | 08:24:00 B:2", shown);
    }

    [Fact]
    public void A_slot_is_filled_without_a_cut_and_its_remainder_by_fillers_that_fit()
    {
        var plan = Plan([Item(1, 240), Item(2, 250), Item(3, 200), Item(8, 100), Item(9, 40)], [Entry("A", Tier.Programme, [1, 2, 3], W("08:00", "08:30")) with { SlotMinutes = 10 }, Entry("F", Tier.Filler, [8, 9], W("08:00", "09:00"))]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:32"));

        Assert.Equal(
            "08:00:00 A:1 | 08:04:00 A:2 | 08:08:10 F:8 | 08:09:50 - | 08:10:00 A:3 | 08:13:20 A:1 | 08:17:20 F:9 | 08:18:00 F:8 | 08:19:40 - | 08:20:00 A:2 | 08:24:10 A:3 | 08:27:30 F:9 | 08:28:10 F:8 | 08:29:50 - | 08:30:00 F:9 | 08:30:40 F:8",
            shown);
    }

    [Fact]
    public void A_slot_may_end_exactly_with_an_item_and_every_rank_below_fills_it()
    {
        var plan = Plan([Item(1, 300), Item(2, 250), Item(8, 700), Item(9, 25)],
            [Entry("A", Tier.Programme, [1, 1], W("08:00", "08:20")) with { SlotMinutes = 10 }, Entry("B", Tier.Programme, [2], W("08:20", "08:30")) with { SlotMinutes = 5, MostPerHour = 1 }, Entry("F", Tier.Filler, [8], W("08:00", "09:00")), Entry("D", Tier.ClusterDefault, [9])]);

        var shown = plan.Walk(Lcd, T("08:00"), T("08:25"));

        Assert.Equal("08:00:00 A:1 | 08:05:00 A:1 | 08:10:00 A:1 | 08:15:00 A:1 | 08:20:00 B:2 | 08:24:10 D:9 | 08:24:35 D:9", shown);
    }

    [Fact]
    public void A_slot_begun_late_ends_on_time_and_the_reason_names_the_remainder()
    {
        var plan = Plan([Item(1, 240), Item(9, 400)], [Entry("A", Tier.Programme, [1], W("08:07", "09:00")) with { SlotMinutes = 10 }, Entry("F", Tier.Filler, [9], W("08:07", "09:00"))]);

        var shown = plan.Walk(Lcd, T("08:06"), T("08:19"));
        var why = PlanWhy.At(plan, Lcd, T("08:18:30"));

        Assert.Equal("08:06:00 - | 08:10:00 A:1 | 08:14:00 A:1 | 08:18:00 -", shown);
        Assert.Equal([("A", WhyStanding.Remainder, T("08:20")), ("F", WhyStanding.Remainder, T("08:20"))], why.Entries.Select(e => (e.Entry, e.Standing, e.Opens!.Value)));
        Assert.Equal([WhyItemStanding.TooLong, WhyItemStanding.TooLong], why.Entries.SelectMany(e => e.Items).Select(i => i.Standing));
    }

    private static Gen<PlayPlan> Shared =>
        from lengths in Gen.ArrayOf(Gen.Elements(5, 10, 15, 20, 35, 40, 55, 90), 5)
        from shares in Gen.ArrayOf(Gen.Elements(150, 333, 600, 720, 1000), 3)
        from last in Gen.Elements(true, false)
        let rest = 3600 - shares.Sum()
        select Plan(
            lengths.Select((l, i) => Item(i + 1, l)),
            [
                .. shares.Append(rest).Take(last ? 4 : 3).Select((s, i) => Entry($"S-{i}", Tier.Programme, i == 0 ? [1, 2] : [i + 1]) with { ShareSeconds = s }),
                Entry("F", Tier.Filler, [5]),
            ]);

    private static string Starts(PlayPlan plan, DateTimeOffset from, DateTimeOffset to) =>
        string.Join(' ', new PlanClock(plan).Between(Lcd, from, to).Where(a => a.Entry is not null).Select(a => Clock(a.From)));

    /// <summary>Seconds of the plays of each entry that begin in each local hour.</summary>
    private static Dictionary<string, int>[] Hours(PlayPlan plan, DateTimeOffset from, int hours)
    {
        var plays = new PlanClock(plan).Between(Lcd, from, from.AddHours(hours)).Where(a => a.Entry is not null).ToLookup(a => (int)(a.From - from).TotalHours);
        return [.. Enumerable.Range(0, hours).Select(h => plays[h].GroupBy(a => a.Entry!.Id).ToDictionary(g => g.Key, g => g.Sum(a => a.Part!.DurationMs / 1000)))];
    }
}
