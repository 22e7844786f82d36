using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

public sealed class SpeakerClockTests
{
    [Fact]
    public void An_entry_is_said_every_so_many_minutes_of_its_window_with_silence_between()
    {
        var plan = Plan([Item(1, 20), Item(2, 30)], [Entry("L-1", Tier.Programme, [1, 2], W("08:00", "09:00")) with { EveryMinutes = 30 }]);

        var day = plan.Walk(Loa, T("07:00"), T("10:00"));

        Assert.Equal("07:00:00 - | 08:00:00 L-1:1 | 08:00:20 L-1:2 | 08:00:50 - | 08:30:00 L-1:1 | 08:30:20 L-1:2 | 08:30:50 -", day);
    }

    [Fact]
    public void Without_a_beat_it_is_said_once_at_the_start_of_each_window()
    {
        var plan = Plan([Item(1, 20)], [Entry("L-1", Tier.Programme, [1], W("08:00", "09:00"), W("17:00", "17:30"))]);

        var day = plan.Walk(Loa, T("07:00"), T("18:00"));

        Assert.Equal("07:00:00 - | 08:00:00 L-1:1 | 08:00:20 - | 17:00:00 L-1:1 | 17:00:20 -", day);
    }

    [Fact]
    public void Within_a_tier_they_queue_by_call_then_rank()
    {
        var plan = Plan([Item(1, 60), Item(2, 60), Item(3, 60)],
        [
            Entry("C", Tier.Programme, [3], W("08:00", "09:00")) with { Number = 10 },
            Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { Number = 20 },
            Entry("B", Tier.Programme, [2], W("07:59", "09:00")) with { Number = 30 },
        ]);

        var day = plan.Walk(Loa, T("07:59:30"), T("08:03"));

        Assert.Equal("07:59:30 B:2 | 08:00:00 C:3 | 08:01:00 A:1 | 08:02:00 -", day);
    }

    [Fact]
    public void A_higher_tier_interrupts_and_the_lower_is_said_again_from_its_beginning()
    {
        var plan = Plan([Item(1, 60), Item(9, 30)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")), Entry("K", Tier.Emergency, [9], W("08:00", "08:30")) with { Since = T("08:00:40") }]);

        var day = plan.Walk(Loa, T("08:00"), T("08:03"));

        Assert.Equal("08:00:00 A:1 | 08:00:40 K:9 | 08:01:10 A:1 | 08:02:10 -", day);
    }

    [Fact]
    public void What_was_interrupted_after_its_window_is_not_said_again()
    {
        var plan = Plan([Item(1, 120), Item(9, 30)], [Entry("A", Tier.Programme, [1], W("08:00", "08:01")), Entry("K", Tier.Emergency, [9], W("08:01", "08:30"))]);

        var day = plan.Walk(Loa, T("08:00"), T("08:03"));

        Assert.Equal("08:00:00 A:1 | 08:01:00 K:9 | 08:01:30 -", day);
    }

    [Fact]
    public void Begun_in_its_window_it_may_end_after_it()
    {
        var plan = Plan([Item(1, 120)], [Entry("A", Tier.Programme, [1], W("08:00", "08:01"))]);

        var told = plan.Told(Loa, T("08:01:30"));

        Assert.Equal("A:1 08:00:00–08:02:00", told);
    }

    [Fact]
    public void A_call_that_found_the_voice_taken_until_its_window_closed_is_lost()
    {
        var plan = Plan([Item(1, 120), Item(2, 10)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")), Entry("B", Tier.Programme, [2], W("08:00", "08:02")) with { Number = 600 }]);

        var day = plan.Walk(Loa, T("08:00"), T("08:05"));

        Assert.Equal("08:00:00 A:1 | 08:02:00 -", day);
    }

    [Fact]
    public void A_call_waits_only_once_so_that_a_long_text_does_not_pile_up()
    {
        var plan = Plan([Item(1, 660), Item(2, 60)],
            [Entry("A", Tier.Programme, [1], W("08:00", "08:30")) with { EveryMinutes = 5 }, Entry("B", Tier.Programme, [2], W("08:07", "09:00"))]);

        var day = plan.Walk(Loa, T("08:00"), T("09:00"));

        Assert.Equal("08:00:00 A:1 | 08:11:00 A:1 | 08:22:00 B:2 | 08:23:00 A:1 | 08:34:00 -", day);
    }

    [Fact]
    public void Quiet_hours_over_midnight_silence_all_but_emergencies()
    {
        var plan = Plan([Item(1, 20), Item(9, 30)],
            [Entry("A", Tier.Live, [1], W("20:30", "23:00")) with { EveryMinutes = 60 }, Entry("K", Tier.Emergency, [9], W("02:00", "02:10"))],
            quiet: [W("21:00", "05:30")]);

        var day = plan.Walk(Loa, T("20:00"), T("06:00", 22));

        Assert.Equal("20:00:00 - | 20:30:00 A:1 | 20:30:20 - | 21:30:00 quiet | 23:00:00 - | 02:00:00 K:9 | 02:00:30 -", day);
    }

    [Fact]
    public void What_quiet_hours_held_back_is_said_once_when_they_end_if_its_window_is_open()
    {
        var plan = Plan([Item(1, 20)], [Entry("A", Tier.Programme, [1], W("05:00", "06:00")) with { EveryMinutes = 20 }], quiet: [W("21:00", "05:30")]);

        var day = plan.Walk(Loa, T("04:00"), T("07:00"));

        Assert.Equal("04:00:00 - | 05:00:00 quiet | 05:30:00 A:1 | 05:30:20 - | 05:40:00 A:1 | 05:40:20 -", day);
    }

    [Fact]
    public void Quiet_hours_cut_what_is_being_said()
    {
        var plan = Plan([Item(1, 60)], [Entry("A", Tier.Programme, [1], W("20:59:30", "21:00"))], quiet: [W("21:00", "05:30")]);

        var day = plan.Walk(Loa, T("20:59"), T("21:05"));

        Assert.Equal("20:59:00 - | 20:59:30 A:1 | 21:00:00 -", day);
    }

    [Fact]
    public void An_emergency_begun_before_midnight_is_said_to_its_end()
    {
        var plan = Plan([Item(9, 90)], [Entry("K", Tier.Emergency, [9]) with { From = Day, Since = T("23:59") }]);

        var told = plan.Told(Loa, T("00:00:10", 22));

        Assert.Equal("K:9 23:59:00–00:00:30", told);
    }

    [Fact]
    public void A_publication_within_the_window_sets_the_beat()
    {
        var plan = Plan([Item(1, 20)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { EveryMinutes = 25, Since = T("08:10:05") }]);

        var day = plan.Walk(Loa, T("08:00"), T("09:30"));

        Assert.Equal("08:00:00 - | 08:10:05 A:1 | 08:10:25 - | 08:35:05 A:1 | 08:35:25 -", day);
    }

    [Fact]
    public void An_item_is_cut_at_its_end_and_left_out_after_it()
    {
        var plan = Plan([Item(1, 60, until: T("08:30:30")), Item(2, 60)], [Entry("A", Tier.Programme, [1, 2], W("08:00", "10:00")) with { EveryMinutes = 30 }]);

        var day = plan.Walk(Loa, T("08:30"), T("09:20"));

        Assert.Equal("08:30:00 A:1 | 08:30:30 A:2 | 08:31:30 - | 09:00:00 A:2 | 09:01:00 -", day);
    }

    [Fact]
    public void At_its_end_an_item_is_no_longer_begun()
    {
        var plan = Plan([Item(1, 60, until: T("09:00")), Item(2, 60)], [Entry("A", Tier.Programme, [1, 2], W("08:00", "10:00")) with { EveryMinutes = 30 }]);

        var told = plan.Told(Loa, T("09:00"));

        Assert.Equal("A:2 09:00:00–09:01:00", told);
    }

    [Fact]
    public void An_item_that_becomes_valid_within_the_window_is_said_then()
    {
        var plan = Plan([Item(1, 60, from: T("08:20"))], [Entry("A", Tier.Programme, [1], W("08:00", "10:00"))]);

        var day = plan.Walk(Loa, T("08:00"), T("09:00"));

        Assert.Equal("08:00:00 - | 08:20:00 A:1 | 08:21:00 -", day);
    }

    [Fact]
    public void A_beat_goes_on_after_midnight_within_its_window()
    {
        var plan = Plan([Item(1, 20)], [Entry("A", Tier.Programme, [1], W("23:40", "00:30")) with { EveryMinutes = 30, From = Day, To = Day }]);

        var day = plan.Walk(Loa, T("23:30"), T("02:00", 22));

        Assert.Equal("23:30:00 - | 23:40:00 A:1 | 23:40:20 - | 00:10:00 A:1 | 00:10:20 -", day);
    }

    [Fact]
    public void Silence_knows_the_next_call_weeks_ahead()
    {
        var plan = Plan([Item(1, 20)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { From = new(2026, 11, 28), Weekdays = Weekdays.Sunday }]);

        var next = new PlanClock(plan).Next(Loa, T("12:00", 3));

        Assert.Equal(T("08:00", 29), next);
    }

    [Fact]
    public void Quiet_hours_without_end_are_answered_all_the_same()
    {
        var plan = Plan([Item(1, 20, until: DateTimeOffset.MaxValue)], [Entry("A", Tier.Programme, [1])], quiet: [TimeWindow.WholeDay]);

        var air = new PlanClock(plan).At(Loa, T("12:00"));

        Assert.Equal(Because.QuietHours, air.Because);
        Assert.True(air.Until > T("12:00"));
    }
}
