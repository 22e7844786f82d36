using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>A site fetches what its plans name, and nothing else that the server has.</summary>
public sealed class SiteMediaTests : IDisposable
{
    private readonly SchedulingWorld world = new();
    private long seq;

    [Fact]
    public async Task A_site_is_given_the_files_of_its_plan_and_not_those_of_other_sites()
    {
        await world.Published(SchedulingWorld.Wanted("Hữu Nghị", items: [1]));
        await world.Published(SchedulingWorld.Wanted("Tân Thanh", items: [2], targets: [new(TargetWidth.Cluster, "2")]));
        var mine = (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Files;
        var others = (await world.OnItsWay(SchedulingWorld.TanThanh))!.Files;

        Assert.All(mine, f => Assert.True(May(SchedulingWorld.HuuNghi, f)));
        Assert.All(others, f => Assert.False(May(SchedulingWorld.HuuNghi, f)));
        Assert.All(mine.Concat(others), f => Assert.False(May(SchedulingWorld.LeThanh, f)));
    }

    [Fact]
    public async Task What_is_on_air_can_be_repaired_while_newer_plans_wait_and_what_is_long_gone_is_not_given()
    {
        var first = await Only(1);
        await Heard(1);
        var second = await Only(2);
        foreach (var item in new[] { 3L, 2, 3 })
            await Only(item);
        var onAir = May(SchedulingWorld.HuuNghi, first);

        await Heard(5);
        await Only(2);

        Assert.True(onAir);
        Assert.False(May(SchedulingWorld.HuuNghi, first));
        Assert.True(May(SchedulingWorld.HuuNghi, second));
    }

    [Fact]
    public async Task What_was_withdrawn_is_not_given_although_an_older_plan_named_it()
    {
        var file = await Only(1);
        var before = May(SchedulingWorld.HuuNghi, file);
        world.Items.Withdraw(1);

        await world.Tell(new ItemWithdrawn(new ItemId(1), "sai số liệu"));

        Assert.True(before);
        Assert.False(May(SchedulingWorld.HuuNghi, file));
    }

    public void Dispose() => world.Dispose();

    private bool May(SiteId site, PlanFile file) => world.Within(s => s.GetRequiredService<ISiteMedia>().May(site, file.Hash, default)).Result;

    /// <summary>The next plan shows this item alone; one of its files.</summary>
    private async Task<PlanFile> Only(long item)
    {
        foreach (var stand in await world.Within(s => s.GetRequiredService<ISchedules>().All(default)))
        {
            if (stand.Published is not null)
                await world.Save(stand.Newest with { Items = [new ItemId(item)] });
        }

        if (item == 1)
            await world.Save(SchedulingWorld.Wanted("Lịch", items: [item], targets: [new(TargetWidth.Device, "1/MH-1"), new(TargetWidth.Device, "1/LOA-1")]));
        await world.Publish();
        return (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Files[0];
    }

    private async Task Heard(long counter) => await world.Tell(new SiteEventHeard(
        SchedulingWorld.HuuNghi,
        new() { Seq = ++seq, Boot = 1, At = world.Clock.GetUtcNow(), Kind = SiteEventKind.PlanOnAir, Plan = new PlanNumber(SchedulingWorld.HuuNghi, 2026, counter) }));
}
