using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Startup;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>What a plan says may no longer be shown: everything an earlier plan of the site allowed and that is withdrawn since, and nothing else.</summary>
public sealed class WithdrawnTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_withdrawal_is_told_to_the_sites_that_had_the_item_with_its_version_and_in_every_later_plan()
    {
        world.Items.Release(1, version: 3);
        await world.Published(SchedulingWorld.Wanted("Cả hai", items: [1, 2]));
        await Withdraw(1);
        var first = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;

        await world.Published(SchedulingWorld.Wanted("Sau đó", items: [2], number: 10, targets: [new(TargetWidth.Province, "20")]));

        Assert.Equal([new(new ItemId(1), 3)], first.Withdrawn);
        Assert.Equal([new(new ItemId(1), 3)], (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Withdrawn);
        Assert.Empty((await world.OnItsWay(SchedulingWorld.TanThanh))!.Withdrawn);
    }

    [Fact]
    public async Task A_stopped_or_changed_schedule_withdraws_nothing()
    {
        var stopped = await world.Published(SchedulingWorld.Wanted("Dừng", items: [1]));
        var changed = await world.Published(SchedulingWorld.Wanted("Đổi", items: [2]));

        await world.StopIt(stopped);
        await world.Save(SchedulingWorld.Wanted("Đổi", items: [3], targets: [new(TargetWidth.Device, "1/LOA-1")]) with { Id = changed });
        await world.Publish(null, changed);

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal([new ItemId(3)], plan.Items.Select(i => i.Id));
        Assert.Empty(plan.Withdrawn);
    }

    [Fact]
    public async Task A_site_that_may_still_play_an_older_plan_is_told_although_its_newest_plan_no_longer_has_the_item()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Có tin 1", items: [1]));
        await world.StopIt(id);

        await Withdraw(1);

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal((3L, new WithdrawnItem(new ItemId(1), 1)), (plan.Counter, Assert.Single(plan.Withdrawn)));
    }

    [Fact]
    public async Task An_ended_emergency_is_withdrawn_and_may_be_scheduled_again()
    {
        var emergency = (await world.Save(SchedulingWorld.Wanted("Khẩn", Tier.Emergency, items: [2]), SchedulingWorld.Approver)).Value.Id;
        await world.Publish(SchedulingWorld.Approver, emergency);

        await world.StopIt(emergency, SchedulingWorld.Approver);
        var ended = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        await world.Published(SchedulingWorld.Wanted("Tin đã dùng", items: [2]));
        var again = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;

        Assert.Equal([new(new ItemId(2), 1)], ended.Withdrawn);
        Assert.Equal(new ItemId(2), Assert.Single(again.Items).Id);
        Assert.Empty(again.Withdrawn);
    }

    [Fact]
    public async Task A_corrected_version_may_be_carried_while_the_ones_before_stay_withdrawn()
    {
        await world.Published(SchedulingWorld.Wanted("Tin", items: [1]));
        await Withdraw(1);
        world.Items.Release(1, version: 2);

        await world.Tell(new ItemReleased(new ItemId(1), 2));
        await world.FulfilWishes();

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal((2, new WithdrawnItem(new ItemId(1), 1)), (Assert.Single(plan.Items).Version, Assert.Single(plan.Withdrawn)));
        Assert.Null(PlanRules.Check(plan));
    }

    [Fact]
    public async Task A_withdrawal_is_told_until_the_item_would_have_ended_by_itself()
    {
        world.Items.Release(1, until: world.Clock.GetUtcNow().AddDays(3));
        await world.Published(SchedulingWorld.Wanted("Ngắn", items: [1, 2]));
        await Withdraw(1);
        world.Clock.Advance(TimeSpan.FromDays(2));
        var before = await Next("Trước");
        world.Clock.Advance(TimeSpan.FromDays(1));

        var after = await Next("Sau");

        Assert.Equal([new(new ItemId(1), 1)], before.Withdrawn);
        Assert.Empty(after.Withdrawn);
    }

    [Fact]
    public async Task A_database_from_before_the_table_of_carried_items_withdraws_what_its_plans_carry()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Có tin 1", items: [1, 2]));
        await world.StopIt(id);
        await world.Published(SchedulingWorld.Wanted("Tin 2", items: [2]));
        await world.Within(s => s.GetRequiredService<BorderInfoDb>().Set<CarriedRow>().ExecuteDeleteAsync());

        await world.Within(s => s.GetServices<IAtStart>().OfType<CarriedAtStart>().Single().AtStart(s, sample: false, default));
        await Withdraw(1);
        await Withdraw(2);

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Empty(plan.Items);
        Assert.Equal([new(new ItemId(1), 1), new(new ItemId(2), 1)], plan.Withdrawn);
    }

    [Fact]
    public async Task A_site_whose_plan_is_all_but_full_hears_every_withdrawal_and_so_do_the_others()
    {
        long[] gone = [.. Enumerable.Range(1000, 12).Select(n => (long)n)];
        foreach (var item in gone)
            world.Items.Release(item);
        await world.StopIt(await world.Published(SchedulingWorld.Wanted("Đã dừng", items: gone, targets: [new(TargetWidth.Province, "20")])));
        var emergency = (await world.Save(SchedulingWorld.Wanted("Khẩn", Tier.Emergency, items: [2]), SchedulingWorld.Approver)).Value.Id;
        await world.Publish(SchedulingWorld.Approver, emergency);
        await FillHuuNghi();
        var full = (await world.Plans(SchedulingWorld.HuuNghi))[^1];

        foreach (var item in gone)
            await Withdraw(item);
        await world.FulfilWishes();

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.InRange(PlayPlan.MaxSealedBytes - full.Sealed.Length, 0, 4096);
        Assert.Equal(gone.Select(g => new WithdrawnItem(new ItemId(g), 1)), plan.Withdrawn);
        Assert.Equal(gone.Select(g => new WithdrawnItem(new ItemId(g), 1)), (await world.OnItsWay(SchedulingWorld.TanThanh))!.Withdrawn);
        Assert.Contains(plan.Entries, e => e.Tier == Tier.Emergency);
        Assert.InRange(plan.Items.Count, full.Items - 40, full.Items - 1);
        Assert.Null(PlanRules.Check(plan));
        Assert.Contains("plan.too-large", Assert.Single(await Wishes()).LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_whose_plan_no_longer_passes_the_rules_keeps_no_other_from_a_withdrawal()
    {
        await world.Published(SchedulingWorld.Wanted("Cả hai", items: [1, 2], targets: [new(TargetWidth.Province, "20")]));
        await world.Within(async s =>
        {
            var db = s.GetRequiredService<BorderInfoDb>();
            var row = await db.Set<PlanRow>().SingleAsync(p => p.Site == SchedulingWorld.HuuNghi.Value);
            row.Plan = PlanBytes.Fold(PlanBytes.Json(PlanBytes.Unfold(row.Plan) with { ClusterName = new string('x', 301) }));
            return await db.SaveChangesAsync();
        });

        await Withdraw(1);

        Assert.Equal(new WithdrawnItem(new ItemId(1), 1), Assert.Single((await world.OnItsWay(SchedulingWorld.TanThanh))!.Withdrawn));
        Assert.NotNull(Assert.Single(await Wishes()));
    }

    [Fact]
    public async Task A_withdrawn_item_takes_its_weight_with_it()
    {
        var plan = await Next("Trọng số") with { Level = 2 };
        var entry = plan.Entries[0] with { Items = [new(7), new(2), new(7)], Weights = [5, 3, 4] };

        var without = HearWithdrawal.Without(plan with { Entries = [entry] }, new ItemId(7));

        Assert.Equal((new ItemId(2), 3), (Assert.Single(without.Entries[0].Items), Assert.Single(without.Entries[0].Weights)));
        Assert.Null(PlanRules.Check(without));
    }

    [Fact]
    public async Task Where_there_are_too_many_the_newest_plans_come_first_and_the_order_is_that_of_the_ids()
    {
        var now = world.Clock.GetUtcNow();
        var rows = Enumerable.Range(1, 600).Select(n => new CarriedRow { Site = "LS-0001", Item = n, Version = 1, Withdrawn = 1, WithdrawnUntil = now.AddDays(1), Epoch = 1, Counter = n }).ToArray();
        var draft = await Next("Một") with { Items = [] };

        var listed = CarriedItems.Listed(rows.Reverse(), draft, now);

        Assert.Equal(Enumerable.Range(101, 500).Select(n => new WithdrawnItem(new ItemId(n), 1)), listed);
    }

    public void Dispose() => world.Dispose();

    /// <summary>Publishes in ever smaller pieces until nothing more fits into the plan of Hữu Nghị.</summary>
    private async Task FillHuuNghi()
    {
        var random = new Random(1);
        var next = 100L;
        foreach (var piece in new[] { 100, 100, 100, 64, 32, 16, 8, 4, 2, 1 })
        {
            long[] items = [.. Enumerable.Range(0, piece).Select(_ => next++)];
            foreach (var item in items)
                world.Items.Release(item, title: new string([.. Enumerable.Range(0, 300).Select(_ => (char)random.Next(0x4e00, 0x9000))]));
            await world.Publish(null, (await world.Save(SchedulingWorld.Wanted($"Phần {piece}", items: items))).Value.Id);
        }

        for (var (n, fits) = (0, true); fits && n < 60; n++)
            fits = (await world.Publish(null, (await world.Save(SchedulingWorld.Wanted($"Đầy {n}", items: [2]))).Value.Id)).Why is null;
    }

    private Task<List<RepublishWish>> Wishes() => world.Within(s => s.GetRequiredService<BorderInfoDb>().Set<RepublishWish>().AsNoTracking().ToListAsync());

    private async Task Withdraw(long item)
    {
        world.Items.Withdraw(item);
        await world.Tell(new ItemWithdrawn(new ItemId(item), "sai số liệu"));
    }

    private async Task<PlayPlan> Next(string name)
    {
        await world.Published(SchedulingWorld.Wanted(name, items: [2], number: 20));
        return (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
    }
}
