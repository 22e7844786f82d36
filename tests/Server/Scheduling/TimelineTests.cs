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
    public async Task What_a_higher_tier_cuts_is_told_with_what_was_missing()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1]));
        await world.Published(SchedulingWorld.Wanted("Khẩn", Tier.Priority, items: [2], windows: [new(new(7, 0), new(7, 1))]));
        var clock = new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!);
        // The round of two ten-second pages begins when the schedule is published, 08:00 of the day before.
        var odd = clock.Plan with { Entries = [.. clock.Plan.Entries.Select(e => e.Tier == Tier.Priority ? e with { Windows = [new(new(7, 0), new(7, 1))], Since = LocalTime.Utc(Day, new(7, 0, 3)) } : e)] };
        var from = LocalTime.Utc(Day, new(6, 0));

        var cut = Assert.Single(PlanTimeline.Of(new PlanClock(odd), TestClusters.Screen, from, from.AddHours(2)).SelectMany(s => s.Cuts));

        Assert.Equal((LocalTime.Utc(Day, new(7, 0, 3)), CutBy.HigherTier, "L-2", new ItemId(1), TimeSpan.FromSeconds(7)), (cut.At, cut.By, cut.Entry, cut.Item, cut.Missing));
    }

    [Fact]
    public async Task A_speech_that_quiet_hours_end_is_told_as_cut()
    {
        await world.Published(SchedulingWorld.Wanted("Loa", items: [3], windows: [new(new(20, 59), new(23, 0))], every: 30));
        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        var longer = plan with { Items = [.. plan.Items.Select(i => i with { Parts = [.. i.Parts.Select(p => p with { DurationMs = 70_000 })] })] };
        var from = LocalTime.Utc(Day, new(20, 0));

        var stretches = PlanTimeline.Of(new PlanClock(longer), TestClusters.Speaker, from, from.AddHours(2));

        var cut = Assert.Single(stretches.SelectMany(s => s.Cuts));
        Assert.Equal((LocalTime.Utc(Day, new(21, 0)), CutBy.QuietHours, TimeSpan.FromSeconds(10)), (cut.At, cut.By, cut.Missing));
        Assert.Contains(stretches, s => s.Because == Because.QuietHours);
    }

    [Fact]
    public async Task What_the_end_of_its_time_cuts_is_told_as_no_longer_allowed()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1]));
        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        var (from, until) = (LocalTime.Utc(Day, new(7, 0)), LocalTime.Utc(Day, new(7, 0, 3)));
        var timed = plan with { Items = [.. plan.Items.Select(i => i with { Times = [new(from, until)] })] };

        var cut = Assert.Single(PlanTimeline.Of(new PlanClock(timed), TestClusters.Screen, from, from.AddHours(1)).SelectMany(s => s.Cuts));

        Assert.Equal((until, CutBy.NotAllowed, new ItemId(1), TimeSpan.FromSeconds(7)), (cut.At, cut.By, cut.Item, cut.Missing));
    }

    [Fact]
    public async Task What_a_voice_cuts_when_it_begins_and_when_it_ends_is_told_so()
    {
        Target[] both = [new(TargetWidth.Device, "1/LED-1"), new(TargetWidth.Device, "1/LOA-1")];
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1], targets: [both[0]]));
        await world.Published(SchedulingWorld.Wanted("Cùng loa", items: [3], targets: both, windows: [new(new(10, 0), new(11, 0))]) with { Pace = new() { InStep = true } });
        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        // Words of seven seconds, pictures of eleven: since 10:00:07 the day before, when the voice ended, and anew with the window at 00:00:09, one begins at 09:59:50.
        var odd = plan with { Items = [.. plan.Items.Select(i => i with { Parts = [.. i.Parts.Select(p => p with { DurationMs = p.Kind == PartKind.Speech ? 7_000 : 11_000 })] })] };
        var from = LocalTime.Utc(Day, new(9, 0));

        var cuts = PlanTimeline.Of(new PlanClock(odd), TestClusters.Led, from, from.AddHours(2)).SelectMany(s => s.Cuts);

        var ten = LocalTime.Utc(Day, new(10, 0));
        Assert.Equal(
            [(ten, CutBy.VoiceBegan, TimeSpan.FromSeconds(1), "L-2"), (ten.AddSeconds(7), CutBy.VoiceEnded, TimeSpan.FromSeconds(4), "L-1")],
            cuts.Select(c => (c.At, c.By, c.Missing, c.Entry ?? "")));
    }

    public void Dispose() => world.Dispose();

    private async Task<PlanClock> SomeDay()
    {
        await world.Published(SchedulingWorld.Wanted("Cả ngày", items: [1, 2]));
        await world.Published(SchedulingWorld.Wanted("Sáng", Tier.Priority, items: [2], windows: [new(new(7, 0), new(8, 0))]));
        await world.Published(SchedulingWorld.Wanted("Tuần sau", from: new(2026, 11, 30)));
        await world.Published(SchedulingWorld.Wanted("Loa", number: 600, items: [3], windows: [new(new(20, 0), new(23, 0))], every: 30));
        return new((await world.OnItsWay(SchedulingWorld.HuuNghi))!);
    }
}
