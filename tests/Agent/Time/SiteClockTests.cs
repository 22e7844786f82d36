using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Time;

public sealed class SiteClockTests
{
    private static readonly DateTimeOffset Today = SiteClock.BuiltOn.AddHours(8);

    [Fact]
    public void A_clock_after_the_floor_is_plausible_and_a_fresh_pulse_confirms_it()
    {
        using var folder = new TestFolder();
        var machine = new FakeClock(Today);
        var clock = new SiteClock(machine, new HighWater(folder.Data));
        Assert.Equal((ClockTrust.Plausible, Today), (clock.Trust, clock.Now));
        clock.Born(1, 1);

        var confirmed = clock.Hear(Pulse(Today.AddSeconds(1)));

        Assert.True(confirmed);
        Assert.Equal((ClockTrust.Confirmed, Today), (clock.Trust, clock.Now));
    }

    [Theory]
    [InlineData(1970)]
    [InlineData(2000)]
    [InlineData(2099)]
    public void A_dead_battery_counts_from_the_floor_and_a_pulse_gives_the_true_time(int year)
    {
        using var folder = new TestFolder();
        var machine = new FakeClock(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var clock = new SiteClock(machine, new HighWater(folder.Data));
        Assert.Equal((ClockTrust.False, SiteClock.BuiltOn), (clock.Trust, clock.Now));
        machine.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(SiteClock.BuiltOn.AddMinutes(10), clock.Now);
        clock.Born(1, 1);

        Assert.True(clock.Hear(Pulse(Today)));

        machine.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal((ClockTrust.Confirmed, Today.AddMinutes(5)), (clock.Trust, clock.Now));
    }

    [Fact]
    public void A_pulse_that_was_held_back_confirms_nothing_but_raises_the_floor()
    {
        using var folder = new TestFolder();
        var machine = new FakeClock(new DateTimeOffset(1970, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var clock = new SiteClock(machine, new HighWater(folder.Data));
        clock.Born(1, 1);
        machine.Advance(TimeSpan.FromHours(3));

        var confirmed = clock.Hear(Pulse(Today));

        Assert.False(confirmed);
        Assert.Equal((ClockTrust.False, Today), (clock.Trust, clock.Floor));
    }

    [Fact]
    public void A_clock_that_once_said_2099_leaves_no_trace_and_only_confirmed_time_is_kept()
    {
        using var folder = new TestFolder();
        var wrong = new SiteClock(new FakeClock(new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero)), new HighWater(folder.Data));
        wrong.Keep();
        var machine = new FakeClock(Today.AddYears(1));
        var right = new SiteClock(machine, new HighWater(folder.Data));
        Assert.Equal(ClockTrust.Plausible, right.Trust);
        right.Born(1, 1);
        right.Hear(Pulse(Today.AddYears(1)));
        machine.Advance(TimeSpan.FromMinutes(6));

        right.Keep();

        Assert.Equal(Today.AddYears(1).AddMinutes(6), new SiteClock(new FakeClock(Today), new HighWater(folder.Data)).Floor);
        Assert.Equal(ClockTrust.False, new SiteClock(new FakeClock(Today), new HighWater(folder.Data)).Trust);
    }

    [Fact]
    public void After_confirmation_a_jump_of_the_machines_clock_is_not_followed()
    {
        using var folder = new TestFolder();
        var machine = new FakeClock(Today);
        var clock = new SiteClock(machine, new HighWater(folder.Data));
        clock.Born(1, 1);
        clock.Hear(Pulse(Today));

        machine.JumpWall(TimeSpan.FromDays(1000));
        machine.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((ClockTrust.Confirmed, Today.AddSeconds(30)), (clock.Trust, clock.Now));
    }

    [Fact]
    public async Task With_a_false_clock_screens_play_on_and_loudspeakers_say_only_emergencies()
    {
        var machine = new FakeClock(new DateTimeOffset(1970, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await using var rig = new AgentRig(machine);
        using var plans = new SamplePlan(SiteClock.BuiltOn);
        var items = new[] { plans.Item(1, SamplePlan.Screen, 600), plans.Item(2, SamplePlan.Speaker, 600, kind: PartKind.Speech) };
        PlayPlan Plan(long counter, Tier tier) => plans.Plan(counter, items,
            [plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1), plans.Entry("L-2", tier, SamplePlan.Speaker, 2) with { EveryMinutes = 10, Since = SiteClock.BuiltOn }], speaker: true);
        rig.Start();

        foreach (var plan in new[] { Plan(1, Tier.Programme), Plan(2, Tier.Emergency) })
        {
            foreach (var file in plan.Files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(rig.Agent.Shelf.PathOf(file.Hash))!);
                File.WriteAllBytes(rig.Agent.Shelf.PathOf(file.Hash), plans.BytesOf(file));
            }

            rig.Agent.Plans.Offer(rig.Plans.Sealed(plan));
            await Eventually.True(() => rig.Agent.Air.Plan?.Number == plan.Number, "on air");
            await rig.Shows(1);
            var silent = plan.Counter == 1;
            await Eventually.True(() => rig.Players["LOA-1"].Now is { } now && now.Path is null == silent, silent ? "silence" : "the emergency");
        }

        Assert.Equal(ClockTrust.False, rig.Agent.Clock.Trust);
        await rig.Agent.Health.Turn(CancellationToken.None);
        Assert.Contains(rig.Agent.Health.Findings, f => f.Code == "clock-false");
    }

    private static Pulse Pulse(DateTimeOffset utc) => new() { Site = SamplePlan.Site, Utc = utc, Boot = 1, Birth = 1 };
}
