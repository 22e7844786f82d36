using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>What “Phát hành” would change, site by site, before anything is sent. Makes the files on the way, so that publishing itself is quick.</summary>
/// <remarks>Refuses with what <see cref="PublishPlan"/> refuses.</remarks>
internal sealed class PreviewPublish(BorderInfoDb db, ISchedules schedules, IPlanCompiler compiler, IClusters clusters, IReleasedItems released)
{
    public sealed record Ask(Actor Actor, IReadOnlyList<long> Schedules);

    public sealed record SiteChange(SiteId Site, string Cluster, PlanDifference Difference);

    /// <param name="Names">Of all schedules by id.</param>
    public sealed record Done(IReadOnlyList<ScheduleStand> Schedules, IReadOnlyList<SiteChange> Sites, IReadOnlyList<PlanWarning> Warnings, IReadOnlyDictionary<long, string> Names);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        var all = await schedules.All(stop);
        var items = (await released.All(stop)).Select(r => r.Item.Id).ToHashSet();
        if (!PublishPlan.Decide(new(ask.Actor, ask.Schedules), all, clusters.All, items).Is(out var wanted, out var why))
            return why;
        var sites = PublishScope.Sites(wanted, clusters.All);
        if (!(await compiler.CompileMany(sites, new([.. wanted.Select(w => w.Id)], []), stop)).Is(out var plans, out why))
            return why;
        if (PublishPlan.PlaysSomewhere(wanted, plans) is { } nowhere)
            return nowhere;

        var changes = new List<SiteChange>();
        foreach (var plan in plans)
        {
            var newest = await SendPlan.Newest(db, plan.Draft.Site, stop);
            changes.Add(new(plan.Draft.Site, plan.Draft.ClusterName, PlanDifference.Of(newest is null ? null : PlanBytes.Unfold(newest.Plan), plan.Draft)));
        }

        return new Done(wanted, changes, [.. plans.SelectMany(p => p.Warnings).DistinctBy(w => (w.Code, string.Join('\n', w.With)))], all.ToDictionary(s => s.Id, s => s.Newest.Name));
    }
}
