using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Tests.Server.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

public sealed class DeliveryTests : IDisposable
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private readonly SchedulingWorld world = new();
    private long seq;

    [Fact]
    public async Task A_plan_goes_from_sent_to_on_air()
    {
        await Publishes(1);
        var stages = new List<DeliveryStage> { await Stage(1) };

        foreach (var kind in new[] { SiteEventKind.PlanReceived, SiteEventKind.PlanOnDisk, SiteEventKind.PlanOnAir })
        {
            await Heard(1, kind, Ten);
            stages.Add(await Stage(1));
        }

        Assert.Equal([DeliveryStage.Sent, DeliveryStage.Received, DeliveryStage.OnDisk, DeliveryStage.OnAir], stages);
    }

    [Fact]
    public async Task News_in_any_order_ends_in_the_same_stages()
    {
        await Publishes(2);
        (long, SiteEventKind)[] news = [(1, SiteEventKind.PlanOnAir), (2, SiteEventKind.PlanOnDisk), (1, SiteEventKind.PlanReceived), (2, SiteEventKind.PlanReceived), (1, SiteEventKind.PlanOnDisk), (2, SiteEventKind.PlanOnAir)];

        foreach (var (plan, kind) in news)
            await Heard(plan, kind, Ten.AddMinutes(plan));

        Assert.Equal((DeliveryStage.OnAir, DeliveryStage.OnAir), (await Stage(1), await Stage(2)));
    }

    [Fact]
    public async Task A_plan_that_a_newer_one_passed_is_overtaken()
    {
        await Publishes(1);
        await Heard(1, SiteEventKind.PlanReceived, Ten);
        await Publishes(1);
        var waiting = await Stage(1);
        await Heard(2, SiteEventKind.PlanReceived, Ten.AddMinutes(1));

        Assert.Equal(DeliveryStage.Received, waiting);
        Assert.Equal((DeliveryStage.Overtaken, DeliveryStage.Received), (await Stage(1), await Stage(2)));
        await Heard(1, SiteEventKind.PlanOnAir, Ten.AddSeconds(50));
        Assert.Equal(DeliveryStage.OnAir, await Stage(1));
    }

    [Fact]
    public async Task A_plan_replaced_before_it_arrived_is_overtaken_at_once_and_not_when_it_arrives_after_all()
    {
        await Publishes(2);
        var replaced = await Stage(1);

        await Heard(1, SiteEventKind.PlanReceived, Ten);

        Assert.Equal(DeliveryStage.Overtaken, replaced);
        Assert.Equal((DeliveryStage.Received, DeliveryStage.Sent), (await Stage(1), await Stage(2)));
    }

    [Fact]
    public async Task A_refusal_says_why()
    {
        await Publishes(1);

        await Heard(1, SiteEventKind.PlanRefused, Ten, "plan.level-unknown");

        var row = Assert.Single(await world.Plans(SchedulingWorld.HuuNghi));
        Assert.Equal((DeliveryStage.Refused, "plan.level-unknown"), (row.Stage(), row.RefusedCode));
    }

    [Fact]
    public async Task Another_site_can_not_speak_for_a_plan()
    {
        await Publishes(1);

        await world.Tell(new SiteEventHeard(SchedulingWorld.TanThanh, Event(1, SiteEventKind.PlanOnAir, Ten)));

        Assert.Equal(DeliveryStage.Sent, await Stage(1));
    }

    [Fact]
    public async Task When_which_plan_was_on_air_is_known_by_the_sites_own_times()
    {
        await Publishes(2);
        await Heard(2, SiteEventKind.PlanOnAir, Ten.AddHours(2));
        await Heard(1, SiteEventKind.PlanOnAir, Ten);

        Assert.Null(await world.Within(s => s.GetRequiredService<ISentPlans>().OnAirAt(SchedulingWorld.HuuNghi, Ten.AddSeconds(-1), default)));
        Assert.Equal(1, (await OnAirAt(Ten))!.Counter);
        Assert.Equal(1, (await OnAirAt(Ten.AddHours(2).AddTicks(-1)))!.Counter);
        Assert.Equal(2, (await OnAirAt(Ten.AddHours(2)))!.Counter);
        var between = await world.Within(s => s.GetRequiredService<ISentPlans>().OnAirBetween(SchedulingWorld.HuuNghi, Ten.AddHours(1), Ten.AddHours(3), default));
        Assert.Equal([(1L, Ten.AddHours(1), Ten.AddHours(2)), (2L, Ten.AddHours(2), Ten.AddHours(3))], between.Select(b => (b.Plan.Counter, b.From, b.To)));
    }

    [Fact]
    public async Task A_false_clock_does_not_date_a_plan()
    {
        await Publishes(1);

        await world.Tell(new SiteEventHeard(SchedulingWorld.HuuNghi, Event(1, SiteEventKind.PlanOnAir, new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero)) with { Clock = ClockTrust.False }));

        Assert.Equal(world.Clock.GetUtcNow(), Assert.Single(await world.Plans(SchedulingWorld.HuuNghi)).OnAirAt);
    }

    public void Dispose() => world.Dispose();

    private Task<SentPlan?> OnAirAt(DateTimeOffset at) => world.Within(s => s.GetRequiredService<ISentPlans>().OnAirAt(SchedulingWorld.HuuNghi, at, default));

    private async Task Publishes(int times)
    {
        for (var i = 0; i < times; i++)
            await world.Published(SchedulingWorld.Wanted($"Lịch {i}"));
    }

    private async Task<DeliveryStage> Stage(long counter) => (await world.Plans(SchedulingWorld.HuuNghi)).Single(p => p.Counter == counter).Stage();

    private Task Heard(long counter, SiteEventKind kind, DateTimeOffset at, string? code = null) =>
        world.Tell(new SiteEventHeard(SchedulingWorld.HuuNghi, Event(counter, kind, at, code)));

    private SiteEvent Event(long counter, SiteEventKind kind, DateTimeOffset at, string? code = null) =>
        new() { Seq = ++seq, Boot = 1, At = at, Kind = kind, Plan = new PlanNumber(SchedulingWorld.HuuNghi, 2026, counter), Code = code };
}
