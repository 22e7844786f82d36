using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Scheduling;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>Attempts on publishing and emergencies: by a schedule that reaches nothing, by two at once, by the same form once more, by a plan that is refused.</summary>
public sealed class PublishAttackTests : IDisposable
{
    private static readonly Target Nowhere = new(TargetWidth.Tag, "chưa có ở đâu");

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_foreign_draft_that_reaches_nothing_is_neither_named_nor_in_the_way()
    {
        await world.Save(SchedulingWorld.Wanted("Kế hoạch kín", targets: [Nowhere]), SchedulingWorld.Editor());
        var (foreign, browser) = (SchedulingWorld.Editor("52") with { UserId = 99 }, await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["52"], [], [])));

        var all = await world.Publish(foreign);
        var one = await world.Publish(foreign, 1);
        var stopped = await world.StopIt(1, foreign);
        var page = await browser.GetStringAsync("/phat-hanh");

        Assert.Equal(["publish.nothing-changed", "publish.out-of-scope (L-1)", "publish.out-of-scope (L-1)"], new[] { all.Why, one.Why, stopped.Why }.Select(w => w?.ToString()));
        Assert.DoesNotContain("Kế hoạch kín", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_on_air_nowhere_is_stopped_by_those_who_see_it_alone()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Lũ quét", Tier.Emergency, targets: [new(TargetWidth.Cluster, "1")]), SchedulingWorld.Approver)).Value.Id;
        await world.Publish(SchedulingWorld.Approver, id);
        world.Clusters.All = [.. world.Clusters.All.Where(c => c.Id != 1)];

        var foreign = await world.StopIt(id, new Actor(99, "a", "Người nơi khác", new HashSet<string> { Roles.Approver }, new(false, ["52"], [], [])));

        Assert.Equal("publish.out-of-scope (L-1)", foreign.Why?.ToString());
        Assert.Null(Assert.Single(await Book()).EndedAt);
    }

    [Fact]
    public async Task An_emergency_sent_twice_at_once_or_once_more_is_one_emergency()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Lũ quét", Tier.Emergency), SchedulingWorld.Approver)).Value.Id;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => world.Publish(SchedulingWorld.Approver, id))));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Publish(SchedulingWorld.Approver, id);

        var told = Assert.Single(await Book());
        Assert.Equal((world.Clock.GetUtcNow().AddMinutes(-1), null), (told.At, told.EndedAt));
    }

    [Fact]
    public async Task An_editor_does_not_stop_the_emergency_that_a_programme_became_meanwhile()
    {
        await world.Published(SchedulingWorld.Wanted("Chương trình khác", items: [2]));
        var id = await world.Published(SchedulingWorld.Wanted("Thời tiết"));
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        world.Items.Meanwhile = async () =>
        {
            var stand = await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default));
            await world.Save(stand!.Newest with { Tier = Tier.Emergency }, SchedulingWorld.Approver);
            Assert.Null((await world.Publish(SchedulingWorld.Approver, id)).Why);
        };

        var refused = await world.StopIt(id);

        Assert.Equal("publish.changed-meanwhile", refused.Why?.Code);
        Assert.Null(Assert.Single(await Book()).EndedAt);
        Assert.Equal(Tier.Emergency, new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!).At(TestClusters.Screen, world.Clock.GetUtcNow()).Tier);
    }

    [Fact]
    public async Task A_site_where_it_is_not_on_air_keeps_nobody_from_stopping_it()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Lạng Sơn"));
        await world.Published(SchedulingWorld.Wanted("Gia Lai", targets: [new(TargetWidth.Cluster, "3")]));
        await world.Save((await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!.Newest with { Targets = [new(TargetWidth.Cluster, "1"), new(TargetWidth.Cluster, "3")] });
        Name(3, new string('x', 301));

        var stopped = await world.StopIt(id, SchedulingWorld.Editor("20"));

        Assert.Null(stopped.Why);
        Assert.Empty((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries);
    }

    [Theory]
    [InlineData(9, 5, true)]
    [InlineData(6, 5, false)]
    public async Task Whether_an_emergency_plays_at_once_is_asked_of_the_starts_that_its_rule_names(int hour, int minute, bool atOnce)
    {
        world.Clock.Set(LocalTime.Utc(new(2026, 11, 24), new(hour, minute)));
        var rule = new DayRule { Solar = new("FREQ=DAILY;BYHOUR=9,15", new(2026, 11, 23)) };
        var id = (await world.Save(SchedulingWorld.Wanted("Lũ quét", Tier.Emergency, windows: [new(new(6, 0), new(6, 10))]) with { Days = rule }, SchedulingWorld.Approver)).Value.Id;

        await world.Publish(SchedulingWorld.Approver, id);

        Assert.Equal(atOnce, Assert.Single(await Book()).AtOnce);
        Assert.Equal(atOnce, new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!).At(TestClusters.Screen, world.Clock.GetUtcNow()).Entry is not null);
    }

    [Fact]
    public async Task A_province_is_told_of_its_site_whose_plan_is_refused_also_where_only_one_is_concerned()
    {
        await world.Published(SchedulingWorld.Wanted("Chương trình", targets: [new(TargetWidth.Cluster, "1")]));
        var browser = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["20"], [], []));
        Name(1, new string('x', 301));
        world.Items.Release(1, version: 2);

        await world.Tell(new ItemReleased(new ItemId(1), 2));
        await world.FulfilWishes();
        await world.FulfilWishes();

        var (_, stuck) = await world.Within(s => s.GetRequiredService<PublishBook>().Troubles(new(false, ["20"], [], []), default));
        Assert.Equal("publish.plan-unsound", Assert.Single(stuck).Why.Code);
        Assert.Contains(new string('x', 301), await browser.GetStringAsync("/phat-hanh"), StringComparison.Ordinal);
        Assert.Contains("vẫn phát theo kế hoạch cũ", await browser.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Empty((await world.Within(s => s.GetRequiredService<PublishBook>().Troubles(new(false, ["52"], [], []), default))).Stuck);
    }

    private void Name(long cluster, string name) => world.Clusters.All = [.. world.Clusters.All.Select(c => c.Id == cluster ? c with { Name = name } : c)];

    private Task<IReadOnlyList<Emergency>> Book() => world.Within(s => s.GetRequiredService<IEmergencies>().Between(AreaScope.All, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, default));

    public void Dispose() => world.Dispose();
}
