using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

public sealed class RepublishTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_withdrawn_item_leaves_the_next_plan()
    {
        await world.Published(SchedulingWorld.Wanted("Cả hai", items: [1, 2], targets: [new(TargetWidth.Province, "20")]));
        await world.Published(SchedulingWorld.Wanted("Chỉ một", items: [1], number: 10));

        world.Items.Withdraw(1);
        await world.Tell(new ItemWithdrawn(new ItemId(1), "sai số liệu"));

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal(3, plan.Counter);
        Assert.Equal([new ItemId(2)], plan.Items.Select(i => i.Id));
        Assert.Equal("L-1", Assert.Single(plan.Entries).Id);
        Assert.Equal(plan.Items.SelectMany(i => i.Parts).Select(p => p.File).ToHashSet(), plan.Files.Select(f => f.Hash).ToHashSet());
        Assert.Equal(2, (await world.OnItsWay(SchedulingWorld.TanThanh))!.Counter);
    }

    [Fact]
    public async Task The_plan_without_a_withdrawn_item_is_the_plan_that_would_be_compiled()
    {
        await world.Published(SchedulingWorld.Wanted("Cả hai", items: [1, 2]));
        world.Items.Withdraw(1);

        await world.Tell(new ItemWithdrawn(new ItemId(1), ""));

        var compiled = (await world.Within(s => s.GetRequiredService<BorderInfo.Server.Scheduling.Public.IPlanCompiler>().Compile(SchedulingWorld.HuuNghi, null, default))).Value;
        Assert.True(PlanBytes.SayTheSame(compiled.Draft, (await world.OnItsWay(SchedulingWorld.HuuNghi))! with { Withdrawn = [] }));
    }

    [Fact]
    public async Task A_new_version_takes_the_place_of_the_old_one_right_after_its_release()
    {
        await world.Published(SchedulingWorld.Wanted("Chương trình", items: [1]));
        world.Items.Release(1, version: 2);

        await world.Tell(new ItemReleased(new ItemId(1), 2));
        var sent = await world.FulfilWishes();

        Assert.Equal(1, sent);
        Assert.Equal(2, Assert.Single((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Items).Version);
        Assert.Equal(0, await world.FulfilWishes());
    }

    [Fact]
    public async Task A_changed_cluster_gets_a_plan_with_its_new_outputs()
    {
        await world.Published(SchedulingWorld.Wanted("Chương trình"));
        world.Clusters.All = [.. world.Clusters.All.Select(c => c.Id == 1 ? c with { Outputs = [.. c.Outputs.Where(o => o.Id != TestClusters.Led)] } : c)];

        await world.Tell(new ClusterChanged(1));
        await world.FulfilWishes();

        Assert.Equal([TestClusters.Speaker, TestClusters.Screen], (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Outputs.Select(o => o.Id));
    }

    [Fact]
    public async Task A_new_site_gets_its_first_plan_and_a_site_with_an_old_plan_the_newest_again()
    {
        await world.Tell(new SiteWasBorn(SchedulingWorld.HuuNghi, State(0, 0)));
        await world.FulfilWishes();
        var first = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        await Sent(SchedulingWorld.HuuNghi);

        await world.Tell(new SiteWasBorn(SchedulingWorld.HuuNghi, State(1, 1)));
        var nothing = await world.OnItsWay(SchedulingWorld.HuuNghi);
        await world.Tell(new SiteWasBorn(SchedulingWorld.HuuNghi, State(0, 0)));
        var again = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;

        Assert.Equal((1L, 0, 3), (first.Counter, first.Entries.Count, first.Outputs.Count));
        Assert.Null(nothing);
        Assert.Equal(first.Number, again.Number);
    }

    [Fact]
    public async Task No_number_at_or_below_what_a_site_has_seen_is_given_out()
    {
        await world.Published(SchedulingWorld.Wanted("Trước sự cố"));

        await world.Tell(new SiteWasBorn(SchedulingWorld.HuuNghi, State(1, 40)));
        await world.FulfilWishes();

        Assert.Equal((1, 41L), Number((await world.OnItsWay(SchedulingWorld.HuuNghi))!));
    }

    [Theory]
    [InlineData(101, true)]
    [InlineData(102, false)]
    [InlineData(int.MaxValue, false)]
    [InlineData(-1, false)]
    public async Task An_epoch_that_no_server_of_ours_can_have_begun_is_not_believed(int epoch, bool believed)
    {
        var administrator = new Actor(1, "a", "a", new HashSet<string> { Roles.Administrator }, AreaScope.All);
        await world.Published(SchedulingWorld.Wanted("Trước"));

        await world.Tell(new SiteWasBorn(SchedulingWorld.HuuNghi, State(epoch, 7)));
        var raised = (await world.Within(s => s.GetRequiredService<RaiseEpoch>().Handle(new(administrator), default))).Value;

        Assert.Equal(believed ? epoch + 1 : 2, raised.Epoch);
    }

    [Fact]
    public async Task A_new_epoch_is_above_everything_a_site_has_seen()
    {
        var administrator = new Actor(1, "a", "a", new HashSet<string> { Roles.Administrator }, AreaScope.All);
        await world.Published(SchedulingWorld.Wanted("Trước sự cố"));
        await world.Tell(new SiteWasBorn(SchedulingWorld.HuuNghi, State(3, long.MaxValue)));

        var raised = (await world.Within(s => s.GetRequiredService<RaiseEpoch>().Handle(new(administrator), default))).Value;
        await world.FulfilWishes();

        Assert.Equal(4, raised.Epoch);
        Assert.Equal(4, (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Epoch);
        Assert.Equal("publish.not-allowed", (await world.Within(s => s.GetRequiredService<RaiseEpoch>().Handle(new(SchedulingWorld.Approver), default))).Why?.Code);
    }

    [Fact]
    public async Task A_plan_is_renewed_long_before_it_runs_out()
    {
        await world.Published(SchedulingWorld.Wanted("Dài hạn"));
        var early = await Renew();
        world.Clock.Advance(TimeSpan.FromDays(8));

        var due = await Renew();

        Assert.Equal((0, 1), (early, due));
        Assert.Equal(world.Clock.GetUtcNow().AddDays(45), (await world.OnItsWay(SchedulingWorld.HuuNghi))!.ValidUntil);
    }

    [Fact]
    public async Task One_site_whose_plan_is_refused_keeps_no_other_from_its_renewal()
    {
        await world.Published(SchedulingWorld.Wanted("Dài hạn", targets: [new(TargetWidth.Province, "20")]));
        Name(2, new string('x', 301));
        world.Clock.Advance(TimeSpan.FromDays(8));

        await Renew();
        await Renew();
        var renewed = await world.FulfilWishes();
        var stuck = await Stuck();
        Name(2, "Cụm có tên vừa phải");
        world.Clock.Advance(TimeSpan.FromHours(1));
        var later = await world.FulfilWishes();

        Assert.Equal((1, 1), (renewed, later));
        var refused = Assert.Single(stuck);
        Assert.Equal((new string('x', 301), "publish.plan-unsound"), (refused.What, refused.Why.Code));
        Assert.Equal((2, 2), ((await world.Plans(SchedulingWorld.HuuNghi)).Count, (await world.Plans(SchedulingWorld.TanThanh)).Count));
        Assert.Empty(await Stuck());
    }

    [Fact]
    public async Task One_site_whose_plan_is_refused_keeps_no_other_from_the_new_epoch()
    {
        var administrator = new Actor(1, "a", "a", new HashSet<string> { Roles.Administrator }, AreaScope.All);
        await world.Published(SchedulingWorld.Wanted("Trước sự cố", targets: [new(TargetWidth.Province, "20")]));
        Name(2, new string('x', 301));

        await world.Within(s => s.GetRequiredService<RaiseEpoch>().Handle(new(administrator), default));
        await world.FulfilWishes();
        await world.FulfilWishes();

        Assert.Equal((2, 2), ((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Epoch, (await world.OnItsWay(SchedulingWorld.LeThanh))!.Epoch));
        Assert.Equal(1, (await world.Plans(SchedulingWorld.TanThanh)).Max(p => p.Epoch));
        Assert.Equal((PublishCause.NewEpoch, new string('x', 301)), (Assert.Single(await Stuck()).Cause, Assert.Single(await Stuck()).What));
    }

    [Fact]
    public async Task One_site_whose_plan_is_refused_keeps_no_other_from_a_new_version()
    {
        await world.Published(SchedulingWorld.Wanted("Chương trình", targets: [new(TargetWidth.Province, "20")]));
        Name(2, new string('x', 301));
        world.Items.Release(1, version: 2);

        await world.Tell(new ItemReleased(new ItemId(1), 2));
        await world.FulfilWishes();
        await world.FulfilWishes();

        Assert.Equal(2, Assert.Single((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Items).Version);
    }

    [Fact]
    public async Task The_newest_number_and_what_is_planned_now_are_answered()
    {
        await world.Published(SchedulingWorld.Wanted("Bây giờ", items: [1]));

        var newest = await world.Within(s => s.GetRequiredService<INewestPlan>().Of(SchedulingWorld.HuuNghi, default));
        var now = await world.Within(s => s.GetRequiredService<IPlanNow>().Of(SchedulingWorld.HuuNghi, world.Clock.GetUtcNow(), default));

        Assert.Equal((1, 1L), newest);
        Assert.Equal((0, 0L), await world.Within(s => s.GetRequiredService<INewestPlan>().Of(SchedulingWorld.LeThanh, default)));
        Assert.Equal((new ItemId(1), "vi"), (now.Single(n => n.Output == TestClusters.Screen).Item, now.Single(n => n.Output == TestClusters.Screen).Language));
        Assert.Empty(await world.Within(s => s.GetRequiredService<IPlanNow>().Of(SchedulingWorld.LeThanh, world.Clock.GetUtcNow(), default)));
    }

    [Fact]
    public async Task Of_a_silent_loudspeaker_it_is_told_when_it_speaks_next_and_what()
    {
        await world.Published(SchedulingWorld.Wanted("Loa", items: [3], windows: [new(new(7, 0), new(12, 0))], every: 30));
        Task<IReadOnlyDictionary<OutputId, NextWords>> Ask(int hour, int minute, int second = 0) =>
            world.Within(s => s.GetRequiredService<IPlanNow>().SpeakNext(SchedulingWorld.HuuNghi, LocalTime.Utc(new(2026, 11, 24), new(hour, minute, second)), default));

        var (between, evening, speaking) = (await Ask(7, 10), await Ask(20, 0), await Ask(7, 30, 5));

        Assert.Equal(new NextWords(LocalTime.Utc(new(2026, 11, 24), new(7, 30)), "Tin mẫu 3"), between[TestClusters.Speaker]);
        Assert.Equal(LocalTime.Utc(new(2026, 11, 25), new(7, 0)), evening[TestClusters.Speaker].At);
        Assert.Empty(speaking);
        Assert.Equal([TestClusters.Speaker], between.Keys);
    }

    [Fact]
    public async Task The_newest_plan_that_should_be_on_air_is_the_one_sent_some_minutes_ago()
    {
        var sent = world.Clock.GetUtcNow();
        var id = await world.Published(SchedulingWorld.Wanted("Một", items: [1]));
        world.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.Save((await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!.Newest with { Items = [new ItemId(2)] });
        await world.Publish(null, id);
        Task<IReadOnlyDictionary<SiteId, long>> Until(TimeSpan after) => world.Within(s => s.GetRequiredService<INewestPlan>().SentUntil(sent + after, default));

        Assert.Empty(await Until(TimeSpan.FromMinutes(-1)));
        Assert.Equal(1, (await Until(TimeSpan.FromMinutes(9)))[SchedulingWorld.HuuNghi]);
        Assert.Equal(2, (await Until(TimeSpan.FromMinutes(10)))[SchedulingWorld.HuuNghi]);
    }

    public void Dispose() => world.Dispose();

    private static (int Epoch, long Counter) Number(PlayPlan plan) => (plan.Epoch, plan.Counter);

    private static SiteState State(int epoch, long counter) => new() { State = Presence.Online, Boot = 1, Birth = 1, PlanEpoch = epoch, PlanCounter = counter };

    private void Name(long cluster, string name) => world.Clusters.All = [.. world.Clusters.All.Select(c => c.Id == cluster ? c with { Name = name } : c)];

    private async Task<IReadOnlyList<StuckWish>> Stuck() => (await world.Within(s => s.GetRequiredService<PublishBook>().Troubles(AreaScope.All, default))).Stuck;

    private Task<int> Renew() => world.Within(s => s.GetRequiredService<Republish>().RunningOut(default));

    private Task<int> Sent(SiteId site) => world.Within(async s =>
    {
        var db = s.GetRequiredService<BorderInfo.Server.Platform.Database.BorderInfoDb>();
        var topic = Topics.Plan(site);
        return await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ExecuteDeleteAsync(db.Set<BorderInfo.Server.Messaging.OutboxRow>().Where(r => r.Topic == topic));
    });
}
