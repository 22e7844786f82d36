using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>The plan to look at for “what plays when”: the newest one sent, or a draft with every change not yet published.</summary>
/// <remarks>Refuses with <c>publish.unknown-site</c> (also outside the actor's area), <c>publish.no-plan</c>.</remarks>
internal sealed class TimelineOfSite(ISentPlans sent, ISchedules schedules, IPlanCompiler compiler, IClusters clusters)
{
    public sealed record Ask(Actor Actor, SiteId Site, bool Draft);

    /// <param name="Sent">Null for a draft.</param>
    /// <param name="Names">Names of schedules by id.</param>
    public sealed record Done(Cluster Cluster, PlayPlan Plan, SentPlan? Sent, IReadOnlyDictionary<long, string> Names);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        if (clusters.BySite(ask.Site) is not { } cluster || !cluster.Within(ask.Actor.Scope))
            return new Refusal("publish.unknown-site", ask.Site.Value);
        var all = await schedules.All(stop);
        var names = all.ToDictionary(s => s.Id, s => s.Newest.Name);
        if (ask.Draft)
        {
            var pending = all.Where(s => s.Pending).Select(s => s.Id).ToArray();
            return (await compiler.CompileMany([ask.Site], new(pending, []), stop)).Is(out var plans, out var why) ? new Done(cluster, plans[0].Draft, null, names) : why;
        }

        return await sent.Newest(ask.Site, stop) is { } newest ? new Done(cluster, newest.Plan, newest, names) : new Refusal("publish.no-plan", cluster.Name);
    }
}
