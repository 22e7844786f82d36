using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Publishing.Emergencies;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>The editor presses “Dừng phát”: the schedule leaves the plans of all sites it was in.</summary>
/// <remarks>Refuses with <c>publish.not-allowed</c>, <c>publish.unknown-schedule</c>, <c>publish.out-of-scope</c>, <c>publish.emergency-not-allowed</c>, <c>publish.not-on-air</c>, <c>publish.changed-meanwhile</c>, <c>plan.too-large</c>.</remarks>
internal sealed partial class StopSchedule(BorderInfoDb db, ISchedules schedules, IPlanCompiler compiler, IClusters clusters, PublishRun run, EmergencyBook emergencies, IAuditTrail audit, ILogger<StopSchedule> log)
{
    public sealed record Ask(Actor Actor, long Schedule);

    public async Task<Outcome<PublishPlan.Done>> Handle(Ask ask, CancellationToken stop)
    {
        if (PublishScope.MayPublish(ask.Actor) is { } no)
            return no;
        if (await schedules.Of(ask.Schedule, stop) is not { } stand)
            return new Refusal("publish.unknown-schedule");
        if (!PublishScope.HoldsOnAir(ask.Actor, stand, clusters.All))
            return new Refusal("publish.out-of-scope", stand.NameFor(ask.Actor, clusters.All));
        if (stand.Published?.Tier == Contract.Plans.Tier.Emergency && !PublishScope.MayEmergency(ask.Actor))
            return new Refusal("publish.emergency-not-allowed", stand.Newest.Name);
        if (stand.Published is null)
            return new Refusal("publish.not-on-air", stand.Newest.Name);

        var sites = PublishScope.SitesOnAir(stand, clusters.All);
        if (!(await compiler.CompileMany(sites, new([], [stand.Id]), stop)).Is(out _, out var why))
            return why;
        var outcome = await run.Handle(
            new(PublishCause.Stop, stand.Newest.Name, ask.Actor, sites),
            async inside =>
            {
                // What was looked at is what is stopped: meanwhile it may have become an emergency, or gone to other places.
                if (await schedules.Of(stand.Id, inside) is not { Published: { } on } || (on.Tier, on.ChangedAt) != (stand.Published.Tier, stand.Published.ChangedAt))
                    return new("publish.changed-meanwhile", stand.Newest.Name);
                await schedules.MarkStopped(db, stand.Id, inside);
                await emergencies.Ended(ask.Actor, stand.Id, inside);
                return null;
            },
            done => audit.Note(db, ask.Actor, "schedule.stop", stand.Newest.EntryId, string.Join(' ', done.Plans.Select(p => p.Number))),
            stop);
        if (!outcome.Is(out var sent, out why))
            return why;
        Log.Stopped(log, stand.Newest.EntryId, sent.Plans.Count, ask.Actor.UserName);
        return new PublishPlan.Done(sent.Publish, sent.Plans.Count, [.. sent.Plans.Select(p => new PlanNumber(p.Number))], sent.Warnings);
    }

    private static partial class Log
    {
        [LoggerMessage(1803, LogLevel.Information, "Schedule {Schedule} stopped by {User}: {Plans} plans sent")]
        public static partial void Stopped(ILogger log, string schedule, int plans, string user);
    }
}
