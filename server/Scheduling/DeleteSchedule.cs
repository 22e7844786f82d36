using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The editor deletes a schedule that is not on air, or brings it back (“Hoàn tác”).</summary>
/// <remarks>Refuses with <c>schedule.unknown</c>, <c>schedule.not-allowed</c>, <c>schedule.out-of-scope</c>, <c>schedule.stop-first</c>, <c>schedule.offered</c>, <c>schedule.nothing-to-undo</c>.</remarks>
internal sealed partial class DeleteSchedule(BorderInfoDb db, Schedules schedules, IClusters clusters, IAuditTrail audit, ILogger<DeleteSchedule> log)
{
    /// <param name="BringBack">True = undo the deletion.</param>
    public sealed record Ask(Actor Actor, long Schedule, bool BringBack = false);

    public async Task<Outcome<Nothing>> Handle(Ask ask, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        if (ask.BringBack && !await schedules.SetDeleted(ask.Schedule, false, stop))
            return new Refusal("schedule.nothing-to-undo");
        if (await schedules.Of(ask.Schedule, stop) is not { } stand)
            return new Refusal("schedule.unknown");
        if (Decide(ask.Actor, stand, clusters.All) is { } why)
            return why;
        if (!ask.BringBack)
            await schedules.SetDeleted(ask.Schedule, true, stop);
        audit.Note(db, ask.Actor, ask.BringBack ? "schedule.undelete" : "schedule.delete", stand.Newest.EntryId, stand.Newest.Name);
        await db.SaveChangesAsync(stop);
        await change.CommitAsync(stop);
        Log.Deleted(log, stand.Newest.EntryId, ask.BringBack ? "brought back" : "deleted", ask.Actor.UserName);
        return new Nothing();
    }

    internal static Refusal? Decide(Actor actor, ScheduleStand stand, IReadOnlyList<Cluster> all) =>
        ScheduleRules.MayWrite(actor, stand.Newest.Tier)
        ?? (!ScheduleRules.MayTouch(actor, stand, all) ? new Refusal("schedule.out-of-scope", stand.NameFor(actor, all)) : null)
        ?? (stand.Published is not null ? new Refusal("schedule.stop-first", stand.Newest.Name) : null)
        ?? (stand.Standing == ScheduleStanding.Offered ? new Refusal("schedule.offered", stand.Newest.Name) : null);

    private static partial class Log
    {
        [LoggerMessage(1702, LogLevel.Information, "Schedule {Schedule} {What} by {User}")]
        public static partial void Deleted(ILogger log, string schedule, string what, string user);
    }
}
