using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>An approver presses “Bỏ tạm dừng”: a stop ends before its time, or never begins.</summary>
/// <remarks>Refuses with <c>stop.unknown</c>, <c>stop.over</c>, <c>stop.not-allowed</c>, <c>stop.national-not-allowed</c>, <c>stop.out-of-scope</c>.</remarks>
internal sealed partial class LiftStop(BorderInfoDb db, IClusters clusters, NewsDesk news, IAuditTrail audit, TimeProvider clock, ILogger<LiftStop> log)
{
    public sealed record Ask(Actor Actor, long Stop);

    public async Task<Outcome<ThemeStop>> Handle(Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var row = await db.Set<StopRow>().FirstOrDefaultAsync(s => s.Id == ask.Stop, stop);
        if (Decide(ask.Actor, row?.View(), clusters.All, now) is { } why)
            return why;
        (row!.LiftedAt, row.LiftedByName) = (now, ask.Actor.DisplayName);
        audit.Note(db, ask.Actor, "stop.lift", row.View().Code, row.Name);
        await db.SaveChangesAsync(stop);
        await news.Tell(new StopChanged(row.View(), Lifted: true, ask.Actor), db, stop);
        await change.CommitAsync(stop);
        Log.Lifted(log, row.View().Code, row.Name, ask.Actor.UserName);
        return row.View();
    }

    /// <summary>Pure: who may order it may lift it.</summary>
    internal static Refusal? Decide(Actor actor, ThemeStop? found, IReadOnlyList<Cluster> all, DateTimeOffset now)
    {
        if (found is null || ((actor.Is(Roles.Approver) || actor.Is(Roles.Administrator)) && !StopRules.Concerns(found, actor.Scope, all)))
            return new("stop.unknown");
        return StopRules.May(actor, found.Area, all) ?? (found.Counts(now) ? null : new("stop.over", found.Name));
    }

    private static partial class Log
    {
        [LoggerMessage(1711, LogLevel.Warning, "Stop {Stop} ({Name}) lifted by {User}")]
        public static partial void Lifted(ILogger log, string stop, string name, string user);
    }
}
