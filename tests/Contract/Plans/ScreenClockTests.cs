using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

public sealed class ScreenClockTests
{
    [Fact]
    public void The_items_of_the_due_entry_rotate_from_the_opening_of_its_window()
    {
        var plan = Plan([Item(1, 10), Item(2, 20)], [Entry("L-1", Tier.Programme, [1, 2], W("08:00", "17:00"))]);

        var day = plan.Walk(Lcd, T("07:59:50"), T("08:01:00"));

        Assert.Equal("07:59:50 - | 08:00:00 L-1:1 | 08:00:10 L-1:2 | 08:00:30 L-1:1 | 08:00:40 L-1:2", day);
    }

    [Theory]
    [InlineData("08:00", "17:00", "07:59:59.999", false)]
    [InlineData("08:00", "17:00", "08:00", true)]
    [InlineData("08:00", "17:00", "16:59:59.999", true)]
    [InlineData("08:00", "17:00", "17:00", false)]
    [InlineData("22:00", "06:00", "21:59", false)]
    [InlineData("22:00", "06:00", "23:30", true)]
    [InlineData("22:00", "06:00", "05:59:59", true)]
    [InlineData("22:00", "06:00", "06:00", false)]
    [InlineData("00:00", "00:00", "00:00", true)]
    [InlineData("00:00", "00:00", "23:59:59.999", true)]
    [InlineData("08:00", "08:00", "07:00", true)]
    public void A_window_is_half_open_and_may_run_over_midnight(string from, string to, string at, bool due)
    {
        var plan = Plan([Item(1)], [Entry("L-1", Tier.Programme, [1], W(from, to))]);

        var air = new PlanClock(plan).At(Lcd, T(at));

        Assert.Equal(due, air.Item is not null);
    }

    [Theory]
    [InlineData("23:00", 20, true)]
    [InlineData("05:00", 21, true)]
    [InlineData("23:00", 21, false)]
    [InlineData("05:00", 20, false)]
    public void A_window_over_midnight_belongs_to_the_day_it_starts(string at, int day, bool due)
    {
        var friday = Entry("L-1", Tier.Programme, [1], W("22:00", "06:00")) with { Weekdays = Weekdays.Friday };
        var plan = Plan([Item(1)], [friday]);

        var air = new PlanClock(plan).At(Lcd, T(at, day));

        Assert.Equal(due, air.Item is not null);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    [InlineData(22, true)]
    [InlineData(23, false)]
    public void First_and_last_day_are_inside(int day, bool due)
    {
        var entry = Entry("L-1", Tier.Programme, [1], W("08:00", "09:00")) with { From = new(2026, 11, 20), To = new(2026, 11, 22) };
        var plan = Plan([Item(1)], [entry]);

        var air = new PlanClock(plan).At(Lcd, T("08:30", day));

        Assert.Equal(due, air.Item is not null);
    }

    [Fact]
    public void An_open_end_goes_on_and_the_next_opening_is_found_over_a_week()
    {
        var monday = Entry("L-1", Tier.Programme, [1], W("08:00", "09:00")) with { Weekdays = Weekdays.Monday };
        var plan = Plan([Item(1, until: T("00:00", 3650))], [monday]);

        var next = new PlanClock(plan).Next(Lcd, T("09:00", 23 + 700));

        Assert.Equal(T("08:00", 23 + 707), next);
    }

    [Fact]
    public void Several_windows_a_day_each_begin_anew()
    {
        var plan = Plan([Item(1, 40), Item(2, 40)], [Entry("L-1", Tier.Programme, [1, 2], W("08:00", "08:01"), W("08:01", "08:02"), W("09:00", "09:01"))]);

        var day = plan.Walk(Lcd, T("08:00"), T("10:00"));

        Assert.Equal("08:00:00 L-1:1 | 08:00:40 L-1:2 | 08:01:20 L-1:1 | 08:02:00 - | 09:00:00 L-1:1 | 09:00:40 L-1:2 | 09:01:20 -", day);
    }

    [Fact]
    public void The_end_of_an_overlapping_window_changes_nothing()
    {
        var plan = Plan([Item(1, 40)], [Entry("L-1", Tier.Programme, [1], W("08:00", "08:03"), W("08:01", "08:02"))]);

        var told = plan.Told(Lcd, T("08:02:10"));

        Assert.Equal("L-1:1 08:02:00–08:02:40", told);
    }

    [Theory]
    [InlineData(Tier.Emergency, 999, Tier.Live, 1)]
    [InlineData(Tier.Live, 999, Tier.Priority, 1)]
    [InlineData(Tier.Priority, 999, Tier.Programme, 1)]
    [InlineData(Tier.Programme, 999, Tier.Filler, 1)]
    [InlineData(Tier.Filler, 999, Tier.ClusterDefault, 1)]
    [InlineData(Tier.ClusterDefault, 999, Tier.ProvinceDefault, 1)]
    [InlineData(Tier.Programme, 1, Tier.Programme, 2)]
    public void The_higher_tier_wins_then_the_smaller_number(Tier better, int betterNumber, Tier worse, int worseNumber)
    {
        var plan = Plan([Item(1), Item(2)],
        [
            Entry("A", worse, [1]) with { Number = worseNumber, Target = TargetWidth.Device, OneOff = true },
            Entry("B", better, [2]) with { Number = betterNumber, Target = TargetWidth.Province },
        ]);

        var air = new PlanClock(plan).At(Lcd, T("12:00"));

        Assert.Equal("B", air.Entry?.Id);
    }

    [Fact]
    public void Then_the_narrower_target_wins_and_then_the_one_off()
    {
        var wide = Entry("A", Tier.Programme, [1]) with { Target = TargetWidth.Province, OneOff = true };
        var narrow = Entry("B", Tier.Programme, [2]) with { Target = TargetWidth.Cluster };
        var once = Entry("C", Tier.Programme, [1]) with { Target = TargetWidth.Cluster, OneOff = true };

        var byTarget = new PlanClock(Plan([Item(1), Item(2)], [wide, narrow])).At(Lcd, T("12:00"));
        var byOnce = new PlanClock(Plan([Item(1), Item(2)], [wide, narrow, once])).At(Lcd, T("12:00"));

        Assert.Equal(("B", "C"), (byTarget.Entry?.Id, byOnce.Entry?.Id));
    }

    [Fact]
    public void Equal_entries_rotate_newest_first_then_by_id()
    {
        var newest = Entry("Z", Tier.Programme, [3], W("08:00", "09:00")) with { Since = T("00:00", 3) };
        var plan = Plan([Item(1), Item(2), Item(3)], [Entry("B", Tier.Programme, [2], W("08:00", "09:00")), newest, Entry("A", Tier.Programme, [1], W("08:00", "09:00"))]);

        var day = plan.Walk(Lcd, T("08:00"), T("08:00:40"));

        Assert.Equal("08:00:00 Z:3 | 08:00:10 A:1 | 08:00:20 B:2 | 08:00:30 Z:3", day);
    }

    [Fact]
    public void An_entry_whose_items_all_expired_does_not_hide_the_next_rank()
    {
        var plan = Plan([Item(1, until: T("08:00:25")), Item(2)], [Entry("A", Tier.Priority, [1], W("08:00", "09:00")), Entry("B", Tier.Filler, [2], W("08:00", "09:00"))]);

        var day = plan.Walk(Lcd, T("08:00"), T("08:00:40"));

        Assert.Equal("08:00:00 A:1 | 08:00:10 A:1 | 08:00:20 A:1 | 08:00:25 B:2 | 08:00:35 B:2", day);
    }

    [Fact]
    public void The_rotation_begins_anew_when_a_member_comes_or_goes()
    {
        var plan = Plan([Item(1, 20), Item(2, 20, from: T("08:00:10"), until: T("08:00:45"))], [Entry("A", Tier.Filler, [1, 2], W("08:00", "09:00"))]);

        var day = plan.Walk(Lcd, T("08:00"), T("08:01:10"));

        Assert.Equal("08:00:00 A:1 | 08:00:20 A:1 | 08:00:40 A:2 | 08:00:45 A:1 | 08:01:05 A:1", day);
    }

    [Fact]
    public void Under_a_better_rank_the_rotation_runs_on_unseen()
    {
        var emergency = Entry("K", Tier.Emergency, [9], W("08:01", "08:02"));
        var plan = Plan([Item(1, 50), Item(2, 50), Item(9, 60)], [Entry("A", Tier.Filler, [1, 2], W("08:00", "09:00")), emergency]);

        var day = plan.Walk(Lcd, T("08:00"), T("08:03"));
        var back = plan.Told(Lcd, T("08:02:10"));

        Assert.Equal("08:00:00 A:1 | 08:00:50 A:2 | 08:01:00 K:9 | 08:02:00 A:1 | 08:02:50 A:2", day);
        Assert.Equal("A:1 08:02:00–08:02:50", back);
    }

    [Theory]
    [InlineData(Tier.Filler, 1, Tier.Programme, 999, "08:00:00 A:1 | 08:00:20 B:2")]
    [InlineData(Tier.Programme, 2, Tier.Programme, 1, "08:00:00 A:1 | 08:00:50 B:2")]
    [InlineData(Tier.Programme, 1, Tier.Programme, 1, "08:00:00 A:1 | 08:00:50 B:2")]
    public void Only_a_higher_tier_cuts_what_is_on(Tier first, int firstNumber, Tier second, int secondNumber, string told)
    {
        var plan = Plan([Item(1, 50), Item(2, 200)],
            [Entry("A", first, [1], W("08:00", "09:00")) with { Number = firstNumber }, Entry("B", second, [2], W("08:00", "09:00")) with { Number = secondNumber, Since = T("08:00:20") }]);

        var day = plan.Walk(Lcd, T("08:00"), T("08:02"));

        Assert.Equal(told, day);
    }

    [Fact]
    public void An_item_ends_with_all_its_pages_and_languages_before_a_lower_tier_begins()
    {
        PlanPart[] parts = [Part(Lcd, PartKind.Still, "still", 20), Part(Lcd, PartKind.Still, "still", 20, "vi", 2), Part(Lcd, PartKind.Still, "still", 20, "en")];
        var plan = Plan([Item(1) with { Parts = parts }, Item(2, 50)], [Entry("A", Tier.Programme, [1], W("08:00", "08:01:10")), Entry("B", Tier.Filler, [2])]);

        var day = plan.Walk(Lcd, T("08:00:50"), T("08:03"));

        Assert.Equal("08:00:50 A:1 | 08:01:00 A:1 | 08:01:20 A:1 | 08:01:40 A:1 | 08:02:00 B:2 | 08:02:50 B:2", day);
    }

    [Fact]
    public void While_an_item_ends_the_next_but_one_may_have_won()
    {
        var plan = Plan([Item(1, 60), Item(2, 30), Item(3, 30)],
            [Entry("A", Tier.Programme, [1], W("08:00", "08:02:10")), Entry("B", Tier.Filler, [2], W("08:02:10", "08:03:20")) with { Number = 1 }, Entry("C", Tier.Filler, [3], W("08:02:20", "08:03:20")) with { Number = 2 }]);

        var day = plan.Walk(Lcd, T("08:02"), T("08:04"));

        Assert.Equal("08:02:00 A:1 | 08:03:00 B:2 | 08:03:30 -", day);
    }

    [Fact]
    public void What_wins_again_before_the_item_has_ended_goes_on_as_if_nothing_had_been()
    {
        var plan = Plan([Item(1, 60), Item(2, 30), Item(3, 30)], [Entry("A", Tier.Programme, [1, 2], W("08:00", "09:00")), Entry("B", Tier.Programme, [3], W("08:00", "08:00:40")) with { Number = 1, Since = T("08:00:20") }]);

        var day = plan.Walk(Lcd, T("08:00"), T("08:03"));

        Assert.Equal("08:00:00 A:1 | 08:01:00 A:2 | 08:01:30 A:1 | 08:02:30 A:2", day);
    }

    [Fact]
    public void So_it_does_when_its_rotation_had_begun_late()
    {
        var plan = Plan([Item(1, 60), Item(2, 10), Item(3, 50)],
        [
            Entry("A", Tier.Programme, [1, 2], W("08:00:30", "09:00")),
            Entry("B", Tier.Programme, [3], W("08:00", "08:01:20")) with { Number = 2, Since = T("08:01:10") },
            Entry("C", Tier.Programme, [3], W("08:00", "08:00:30")) with { Number = 1 },
        ]);

        var day = plan.Walk(Lcd, T("08:00"), T("08:02:30"));

        Assert.Equal("08:00:00 C:3 | 08:00:50 A:1 | 08:01:50 A:2 | 08:02:00 A:1", day);
    }

    [Fact]
    public void An_item_that_runs_over_midnight_is_not_cut_by_the_new_day()
    {
        var plan = Plan([Item(1, 50), Item(2, 70)], [Entry("A", Tier.Filler, [1, 2])]);

        var night = new PlanClock(plan).Between(Lcd, T("23:50"), T("00:10", 22)).Skip(1).SkipLast(1);

        Assert.All(night, turn => Assert.Equal(turn.Item!.Id.Number == 1 ? 50 : 70, (turn.Until - turn.From).TotalSeconds));
    }

    /// <summary>One tier day and night, so that nothing ever cuts: weeks are kept apart on Monday, and only there.</summary>
    [Fact]
    public void Where_nothing_cuts_for_a_week_monday_does()
    {
        var plan = Plan([Item(1, 1000, until: T("00:00", 90))], [Entry("A", Tier.Filler, [1])]);
        var clock = new PlanClock(plan);

        var cut = clock.Between(Lcd, T("00:00", 5), T("00:00", 40)).Skip(1).SkipLast(1).Where(a => (a.Until - a.From).TotalSeconds < 1000).Select(a => a.Until.ToOffset(TimeSpan.FromHours(7)).ToString("MM-dd HH:mm", null));

        Assert.Equal(["11-16 00:00", "11-23 00:00", "11-30 00:00", "12-07 00:00"], cut);
    }

    [Fact]
    public void Where_a_tier_opens_once_a_week_monday_cuts_nothing()
    {
        var weekly = Entry("B", Tier.Programme, [1], W("08:00", "09:00")) with { Weekdays = Weekdays.Thursday };
        var plan = Plan([Item(1, 700, until: T("00:00", 90)), Item(2, 800, until: T("00:00", 90))], [Entry("A", Tier.Filler, [2]), weekly]);

        var cut = new PlanClock(plan).Between(Lcd, T("10:00", 5), T("00:00", 40)).Skip(1).SkipLast(1).Where(a => (a.Until - a.From).TotalSeconds < 700).Select(a => a.Until.ToOffset(TimeSpan.FromHours(7)).ToString("ddd HH:mm", System.Globalization.CultureInfo.InvariantCulture));

        Assert.All(cut, at => Assert.Equal("Thu 08:00", at));
    }

    [Fact]
    public void Nothing_is_due_before_it_was_published()
    {
        var later = Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { Since = T("08:30:05") };
        var clock = new PlanClock(Plan([Item(1)], [later]));

        var before = clock.At(Lcd, T("08:15"));
        var after = clock.At(Lcd, T("08:30:05"));

        Assert.Equal((Because.NothingDue, T("08:30:05")), (before.Because, before.Until));
        Assert.Equal((T("08:30:05"), T("08:30:15")), (after.From, after.Until));
    }

    [Fact]
    public void Languages_follow_the_output_and_pages_their_number()
    {
        PlanPart[] parts = [Part(Lcd, PartKind.Still, "still", 10, "zxx"), Part(Lcd, PartKind.Still, "still", 10, "EN"), Part(Lcd, PartKind.Still, "still", 10, "vi", 2),
            Part(Lcd, PartKind.Still, "still", 10, "vi"), Part(Lcd, PartKind.Still, "still", 10, "lo")];
        var plan = Plan([Item(1) with { Parts = parts }], [Entry("A", Tier.Programme, [1], W("08:00", "09:00"))]);

        var shown = new PlanClock(plan).Between(Lcd, T("08:00"), T("08:00:40")).Select(a => $"{a.Part!.Language}{a.Part.Page}");

        Assert.Equal(["vi1", "vi2", "EN1", "zxx1"], shown);
    }

    [Fact]
    public void An_entry_without_a_part_for_the_output_is_passed_over()
    {
        var plan = Plan([Item(1) with { Parts = [] }, Item(2)], [Entry("A", Tier.Emergency, [1]), Entry("B", Tier.Filler, [2])]);

        var air = new PlanClock(plan).At(Lcd, T("12:00"));

        Assert.Equal("B", air.Entry?.Id);
    }

    [Fact]
    public void A_plan_without_entries_never_changes()
    {
        var clock = new PlanClock(Plan([], []));

        Assert.Equal((Because.NothingDue, DateTimeOffset.MaxValue), (clock.At(Lcd, T("12:00")).Because, clock.Next(Lcd, T("12:00"))));
        Assert.Equal(DateTimeOffset.MaxValue, clock.Next(Loa, T("12:00")));
        Assert.Equal(Because.UnknownOutput, clock.At(new("LCD-9"), T("12:00")).Because);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void A_false_clock_and_open_validity_do_no_harm(string at)
    {
        var always = Item(1, from: DateTimeOffset.MinValue, until: DateTimeOffset.MaxValue);
        var entry = Entry("A", Tier.Filler, [1]) with { From = DateOnly.MinValue, To = DateOnly.MaxValue, Since = DateTimeOffset.MinValue };
        var clock = new PlanClock(Plan([always], [entry]));

        var instant = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);

        Assert.True(clock.Next(Lcd, instant) > instant || clock.Next(Lcd, instant) == DateTimeOffset.MaxValue);
        Assert.True(clock.Next(Loa, instant) > instant || clock.Next(Loa, instant) == DateTimeOffset.MaxValue);
    }

    [Fact]
    public void An_unknown_zone_is_told_at_once()
    {
        var plan = Plan([], [], zone: "Asia/Lang_Son");

        Assert.Throws<TimeZoneNotFoundException>(() => new PlanClock(plan));
    }

    /// <summary>New York 2026: 02:00 → 03:00 on 8 March (07:00Z), 02:00 → 01:00 on 1 November (06:00Z). RFC 5545 §3.3.5: a time skipped is read with the offset before, a time that comes twice is the first.</summary>
    [Theory]
    [InlineData("01:30", "02:30", 3, 8, "06:30", "07:30")]
    [InlineData("02:15", "02:45", 3, 8, "07:15", "07:45")]
    [InlineData("02:30", "04:00", 3, 8, "07:30", "08:00")]
    [InlineData("01:00", "04:00", 3, 8, "06:00", "08:00")]
    [InlineData("00:30", "01:30", 11, 1, "04:30", "05:30")]
    [InlineData("01:00", "02:00", 11, 1, "05:00", "07:00")]
    [InlineData("00:00", "00:00", 11, 1, "04:00", "29:00")]
    public void Where_the_clocks_change_a_window_keeps_its_local_hours(string from, string to, int month, int day, string opens, string closes)
    {
        var date = new DateOnly(2026, month, day);
        var item = Item(1, 60, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var entry = Entry("A", Tier.Filler, [1], W(from, to)) with { From = date, To = date, Since = DateTimeOffset.MinValue };
        var midnight = new DateTimeOffset(2026, month, day, 0, 0, 0, TimeSpan.Zero);
        var clock = new PlanClock(Plan([item], [entry], zone: "America/New_York"));

        var shown = clock.Between(Lcd, midnight, midnight.AddDays(2)).Where(a => a.Item is not null).ToArray();

        Assert.Equal((Hours(opens), Hours(closes)), (shown[0].From - midnight, shown[^1].Until - midnight));

        static TimeSpan Hours(string text) => TimeSpan.FromHours(int.Parse(text[..2], null)) + TimeSpan.FromMinutes(int.Parse(text[3..], null));
    }

    [Fact]
    public void A_window_whose_end_the_clocks_put_before_its_beginning_is_empty_that_day()
    {
        var entry = Entry("A", Tier.Filler, [1], W("02:45", "03:15")) with { From = new(2026, 3, 8), To = new(2026, 3, 9), Since = DateTimeOffset.MinValue };
        var clock = new PlanClock(Plan([Item(1, 60, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)], [entry], zone: "America/New_York"));

        var next = clock.Next(Lcd, new(2026, 3, 8, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2026, 3, 9, 6, 45, 0, TimeSpan.Zero), next);
    }
}
