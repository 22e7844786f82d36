using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Server.Scheduling.Stops;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>Attempts to make a published schedule reach further than who published it: by a draft, by an undo, by a narrow editor's change of a wide schedule.</summary>
public sealed class AreaAttackTests : IDisposable
{
    private static readonly Target Festive = new(TargetWidth.Tag, "ngày hội");

    private readonly SchedulingWorld world = new();

    public AreaAttackTests() =>
        world.Clusters.All = [.. world.Clusters.All.Select(c => c with { Tags = ["ngày hội"] })];

    [Fact]
    public async Task A_wide_editors_unpublished_draft_widens_nothing_on_air()
    {
        var id = await ByLangSon();
        var stand = await Stand(id);

        await world.Save(stand.Newest with { Targets = [Festive, new(TargetWidth.Cluster, "3")] }, SchedulingWorld.Editor());
        await world.Within(async s =>
        {
            await s.GetRequiredService<HearChanges>().Wish(s.GetRequiredService<BorderInfo.Server.Platform.Database.BorderInfoDb>(), PublishCause.NewEpoch, "", default);
            return 0;
        });
        await world.FulfilWishes();

        Assert.DoesNotContain("L-1", (await world.OnItsWay(SchedulingWorld.LeThanh))?.Entries.Select(e => e.Id) ?? []);
        Assert.Contains("L-1", (await world.OnItsWay(SchedulingWorld.TanThanh))!.Entries.Select(e => e.Id));
        Assert.Equal(["20"], (await Stand(id)).PublishedArea.Provinces);
    }

    [Fact]
    public async Task A_draft_that_reaches_further_keeps_no_one_from_stopping_what_is_on_air_at_home()
    {
        var id = await ByLangSon();
        await world.Save((await Stand(id)).Newest with { Targets = [Festive, new(TargetWidth.Cluster, "3")] }, SchedulingWorld.Editor());

        var stopped = await world.StopIt(id, SchedulingWorld.Editor("20"));

        Assert.Null(stopped.Why);
        Assert.Empty((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries);
    }

    [Fact]
    public async Task An_undone_change_brings_its_old_area_back_too()
    {
        var id = await ByLangSon();
        await world.Save((await Stand(id)).Newest with { Targets = [Festive, new(TargetWidth.Cluster, "3")] }, SchedulingWorld.Editor());

        var undone = (await world.Within(s => s.GetRequiredService<UndoChange>().Handle(new(SchedulingWorld.Editor(), id, 1), default))).Value;
        await world.Publish(SchedulingWorld.Editor(), id);

        Assert.Equal(["20"], undone.Area.Provinces);
        Assert.Null(await world.OnItsWay(SchedulingWorld.LeThanh));
    }

    [Fact]
    public async Task A_narrow_editor_does_not_plant_a_wide_draft_for_somebody_wide_to_publish()
    {
        var wide = (await world.Save(SchedulingWorld.Wanted("Toàn quốc", targets: [new(TargetWidth.Cluster, "1")]), SchedulingWorld.Editor())).Value;

        var changed = (await world.Save(wide.Newest with { Targets = [Festive] }, SchedulingWorld.Editor("20"))).Value;
        await world.Publish(SchedulingWorld.Editor());

        Assert.Equal(["20"], changed.Area.Provinces);
        Assert.Null(await world.OnItsWay(SchedulingWorld.LeThanh));
        Assert.NotNull(await world.OnItsWay(SchedulingWorld.HuuNghi));
    }

    [Fact]
    public async Task Who_publishes_a_wide_draft_freezes_it_to_the_own_area()
    {
        world.Clusters.All = [.. world.Clusters.All.Select(c => c.Id == 3 ? c with { Tags = [] } : c)];
        var id = (await world.Save(SchedulingWorld.Wanted("Toàn quốc", targets: [Festive]), SchedulingWorld.Editor())).Value.Id;

        await world.Publish(SchedulingWorld.Editor("20"), id);
        world.Clusters.All = [.. world.Clusters.All.Select(c => c with { Tags = ["ngày hội"] })];
        await world.Tell(new BorderInfo.Server.Fleet.Public.ClusterChanged(3));
        await world.FulfilWishes();

        Assert.Empty((await world.OnItsWay(SchedulingWorld.LeThanh))?.Entries ?? []);
        Assert.Equal(["20"], (await Stand(id)).PublishedArea.Provinces);
    }

    [Fact]
    public async Task Areas_of_which_neither_holds_the_other_are_not_published()
    {
        var both = new Actor(7, "a", "a", new HashSet<string> { Roles.Editor }, new(false, [], ["06184"], ["GL-KH-1"]));
        world.Clusters.All = [.. world.Clusters.All.Select(c => c.Id == 3 ? c with { Tags = [] } : c)];
        var id = (await world.Save(SchedulingWorld.Wanted("Hai nơi", targets: [Festive]), both)).Value.Id;

        var refused = await world.Publish(SchedulingWorld.Editor("20"), id);

        Assert.Equal("publish.out-of-scope", refused.Why?.Code);
    }

    [Fact]
    public async Task Who_does_not_see_a_schedule_is_not_told_its_name()
    {
        var id = await ByLangSon();
        var stand = await Stand(id);
        var foreign = new Actor(99, "a", "a", new HashSet<string> { Roles.Editor }, new(false, ["52"], [], []));

        string[] told =
        [
            (await world.Save(stand.Newest with { Number = 7 }, foreign)).Why?.ToString() ?? "",
            (await world.Publish(foreign, id)).Why?.ToString() ?? "",
            (await world.StopIt(id, foreign)).Why?.ToString() ?? "",
            (await world.Within(s => s.GetRequiredService<DeleteSchedule>().Handle(new(foreign, id), default))).Why?.ToString() ?? "",
        ];

        Assert.Equal(["schedule.out-of-scope (L-1)", "publish.out-of-scope (L-1)", "publish.out-of-scope (L-1)", "schedule.out-of-scope (L-1)"], told);
    }

    [Fact]
    public void A_stop_of_a_theme_that_is_none_is_refused_since_no_plan_that_holds_it_is_sound()
    {
        var national = new Actor(7, "a", "a", new HashSet<string> { Roles.Administrator }, AreaScope.All);
        var now = world.Clock.GetUtcNow();

        var refused = StopRules.Check(national, new("Tang", [null!], ["all"], null, now.AddHours(1)), [], world.Clusters.All, _ => null, now);

        Assert.Equal("stop.unknown-theme", refused.Why?.Code);
    }

    public void Dispose() => world.Dispose();

    /// <summary>By tag, which only the area keeps inside the province.</summary>
    private async Task<long> ByLangSon()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Lạng Sơn", targets: [Festive]), SchedulingWorld.Editor("20"))).Value.Id;
        Assert.Equal(2, (await world.Publish(SchedulingWorld.Editor("20"), id)).Value.Sites);
        return id;
    }

    private async Task<ScheduleStand> Stand(long id) => (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!;
}
