using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class TimelineTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task The_timeline_says_what_the_clock_says_at_every_instant()
    {
        var clock = await SomeDay();
        var from = LocalTime.Utc(Day, TimeOnly.MinValue);

        foreach (var output in clock.Plan.Outputs)
        {
            var stretches = PlanTimeline.Of(clock, output.Id, from, from.AddDays(1));
            Assert.Equal((from, from.AddDays(1)), (stretches[0].From, stretches[^1].To));
            for (var i = 1; i < stretches.Count; i++)
                Assert.Equal(stretches[i - 1].To, stretches[i].From);
            for (var at = from; at < from.AddDays(1); at = at.AddSeconds(97))
            {
                var air = clock.At(output.Id, at);
                var stretch = stretches.Single(s => s.From <= at && at < s.To);
                Assert.Equal((air.Because, air.Tier), (stretch.Because, stretch.Tier));
                Assert.True(air.Entry is null ? stretch.Entries.Count == 0 : stretch.Entries.Contains(air.Entry.Id));
            }
        }
    }

    [Fact]
    public async Task Every_entry_has_a_reason_and_the_winner_is_the_clocks()
    {
        var clock = await SomeDay();
        var at = LocalTime.Utc(Day, new(7, 30));

        var why = WhyOnAir.At(clock.Plan, TestClusters.Screen, at);

        Assert.Equal(clock.At(TestClusters.Screen, at), why.OnAir);
        Assert.Equal(
            [("L-2", EntryStanding.OnAir), ("L-1", EntryStanding.Outranked), ("L-3", EntryStanding.BeforeItsDays), ("L-4", EntryStanding.OutsideItsWindow)],
            why.Entries.Select(e => (e.Entry.Id, e.Standing)));
    }

    [Fact]
    public async Task A_speaker_is_silent_in_quiet_hours_and_between_turns()
    {
        var clock = await SomeDay();

        Assert.Equal(EntryStanding.Silenced, Standing(clock, new(22, 0, 5)));
        Assert.Equal(EntryStanding.OnAir, Standing(clock, new(20, 0, 5)));
        Assert.Equal(EntryStanding.BetweenTurns, Standing(clock, new(20, 15)));
    }

    public void Dispose() => world.Dispose();

    private static EntryStanding Standing(PlanClock clock, TimeOnly time) =>
        WhyOnAir.At(clock.Plan, TestClusters.Speaker, LocalTime.Utc(Day, time)).Entries.Single(e => e.Entry.Id == "L-4").Standing;

    private async Task<PlanClock> SomeDay()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1, 2]));
        await world.Published(SchedulingWorld.Wanted("Sáng", Tier.Priority, items: [2], windows: [new(new(7, 0), new(8, 0))]));
        await world.Published(SchedulingWorld.Wanted("Tuần sau", from: new(2026, 11, 30)));
        await world.Published(SchedulingWorld.Wanted("Loa", number: 600, items: [3], windows: [new(new(20, 0), new(23, 0))], every: 30));
        return new((await world.OnItsWay(SchedulingWorld.HuuNghi))!);
    }
}
