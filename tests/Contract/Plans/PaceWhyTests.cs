using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using FsCheck;
using FsCheck.Fluent;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>When what rests by its share, plays, gap or slot may come again.</summary>
public sealed class PaceWhyTests
{
    /// <summary>Each plan is asked at three instants; BORDERINFO_WHY_PLANS asks for more.</summary>
    private static readonly int WhyPlans = int.TryParse(Environment.GetEnvironmentVariable("BORDERINFO_WHY_PLANS"), out var n) ? n : 40;

    [Fact]
    public void A_share_comes_again_at_the_tick_at_which_it_is_behind()
    {
        var plan = Plan([Item(1, 20), Item(9, 7)], [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 700 }, Entry("F", Tier.Filler, [9])]);

        var why = PlanWhy.At(plan, Lcd, T("08:01"));

        // 20 s are due when 20 × 3600 / 700 s of the hour have gone by.
        Assert.Equal((WhyStanding.ShareGiven, T("08:00").AddTicks((20 * 36_000_000_000 / 700) + 1)), (why.Entries[0].Standing, why.Entries[0].Opens));
    }

    /// <summary>A is covered from 08:01 to 08:05: that time is not owed, so it is behind again four minutes later.</summary>
    [Fact]
    public void What_covers_a_share_puts_it_off()
    {
        var plan = Plan([Item(1, 30), Item(2, 60), Item(9, 10)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 900 }, Entry("F", Tier.Filler, [9]), Entry("K", Tier.Emergency, [2], W("08:01", "08:05"))]);

        var why = PlanWhy.At(plan, Lcd, T("08:00:40"));

        Assert.Equal((WhyStanding.ShareGiven, T("08:06")), (why.Entries[1].Standing, why.Entries[1].Opens));
    }

    /// <summary>Behind it would be at 08:02:40; but at 08:01:50 nothing else fits into what the shares leave of the hour.</summary>
    [Fact]
    public void What_comes_ahead_of_its_time_comes_then()
    {
        var plan = Plan([Item(1, 40), Item(2, 10), Item(3, 2000)],
            [Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { ShareSeconds = 900 }, Entry("B", Tier.Programme, [2], W("08:00", "09:00")) with { ShareSeconds = 900 }, Entry("F", Tier.Filler, [3], W("08:00", "09:00"))]);

        var why = PlanWhy.At(plan, Lcd, T("08:01:05"));

        Assert.Equal(("A", WhyStanding.ShareGiven, T("08:01:50")), (why.Entries[0].Entry, why.Entries[0].Standing, why.Entries[0].Opens));
    }

    /// <summary>The slot goes on until 08:30; but when the window of the programme closes there are no slots any more.</summary>
    [Fact]
    public void The_end_of_a_programme_frees_what_its_slot_had_no_room_for()
    {
        var plan = Plan([Item(1, 540), Item(9, 400)], [Entry("A", Tier.Programme, [1], W("08:00", "08:25")) with { SlotMinutes = 30 }, Entry("F", Tier.Filler, [9], W("08:00", "09:00"))]);

        var (slot, freed) = (PlanWhy.At(plan, Lcd, T("08:24")), PlanWhy.At(plan, Lcd, T("08:26")));

        Assert.Equal((WhyStanding.Remainder, T("08:25")), (slot.Entries[1].Standing, slot.Entries[1].Opens));
        Assert.Equal((WhyStanding.EndsFirst, "A"), (freed.Entries[1].Standing, freed.Entries[1].By));
    }

    [Fact]
    public void Over_the_end_of_its_window_it_waits_for_the_next_and_for_its_gap_there()
    {
        var plan = Plan([Item(1, 60), Item(9, 10)], [Entry("A", Tier.Programme, [1], W("08:00", "08:10"), W("10:00", "10:10"), W("11:00", "12:00")) with { LeastGapSeconds = 11_000 }, Entry("F", Tier.Filler, [9])]);

        var (why, over) = (PlanWhy.At(plan, Lcd, T("08:05")), PlanWhy.At(plan, Lcd, T("11:30")));

        Assert.Equal((WhyStanding.Paused, T("11:04:20")), (why.Entries[0].Standing, why.Entries[0].Opens));
        Assert.Equal((WhyStanding.Paused, T("08:00", 22)), (over.Entries[0].Standing, over.Entries[0].Opens));
    }

    [Fact]
    public void What_is_not_open_tomorrow_comes_on_its_next_day()
    {
        var plan = Plan([Item(1, 60), Item(9, 10)], [Entry("A", Tier.Programme, [1]) with { LeastGapSeconds = 3600, Weekdays = Weekdays.Saturday | Weekdays.Tuesday }, Entry("F", Tier.Filler, [9])]);

        var why = PlanWhy.At(plan, Lcd, T("23:55"));

        Assert.Equal((WhyStanding.Paused, T("00:00", 24)), (why.Entries[0].Standing, why.Entries[0].Opens));
    }

    [Fact]
    public void What_never_fits_never_comes()
    {
        var plan = Plan([Item(1, 240), Item(9, 10)], [Entry("A", Tier.Programme, [1], W("08:04", "08:05")) with { SlotMinutes = 5 }, Entry("F", Tier.Filler, [9])]);

        var why = PlanWhy.At(plan, Lcd, T("08:04:30"));

        Assert.Equal((WhyStanding.Remainder, (DateTimeOffset?)null), (why.Entries[0].Standing, why.Entries[0].Opens));
    }

    /// <summary>Exactly what is on is told as on; what rests does not come and may not come before the instant told, and may at it.</summary>
    [Fact]
    public void The_reasons_agree_with_the_clock() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(WhyPlans).WithEndSize(40), Prop.ForAll(RandomPlans.Paced, plan =>
    {
        var (random, clock) = (new Random(plan.Entries.Count), new PlanClock(plan));
        for (var i = 0; i < 3; i++)
        {
            var at = RandomPlans.Start.AddMilliseconds(random.NextInt64(RandomPlans.Days * 86_400_000L));
            var why = PlanWhy.At(clock, Lcd, at);
            Assert.Equal(clock.At(Lcd, at), why.OnAir);
            Assert.Equal(why.OnAir.Entry is { } on ? [on.Id] : [], why.Entries.Where(e => e.Standing == WhyStanding.OnAir).Select(e => e.Entry));
            foreach (var e in why.Entries.Where(e => e.Standing is WhyStanding.ShareGiven or WhyStanding.Paused or WhyStanding.Remainder))
                ComesThenAndNotBefore(clock, at, e, random);
        }
    }));

    private static void ComesThenAndNotBefore(PlanClock clock, DateTimeOffset at, EntryWhy e, Random random)
    {
        bool MayCome(DateTimeOffset t) => PlanWhy.At(clock, Lcd, t).Chain is var chain
            && (chain.FirstOrDefault(s => s.Rule == WhyRule.Pace) ?? chain.FirstOrDefault(s => s.Rule == WhyRule.Rotation))?.Entries.Contains(e.Entry) == true;

        var until = e.Opens ?? at.AddDays(2);
        Assert.True(until > at, $"{e}");
        for (var i = 0; i < 4; i++)
            Assert.False(MayCome(at.AddTicks(random.NextInt64((until - at).Ticks))), $"{at:O} {e}");
        Assert.DoesNotContain(clock.Between(Lcd, at, until).Take(2000), a => a.Entry?.Id == e.Entry);
        if (e.Opens is null)
            return;
        Assert.False(MayCome(until.AddTicks(-1)), $"{at:O} too late: {e}");
        Assert.True(MayCome(until), $"{at:O} too early: {e}");
    }
}
