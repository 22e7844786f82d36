using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>The administrator presses “Mở kỳ số mới” after the server was restored from a backup: all sites get plans above everything they have seen.</summary>
/// <remarks>Refuses with <c>publish.not-allowed</c>.</remarks>
internal sealed partial class RaiseEpoch(BorderInfoDb db, HearChanges changes, IAuditTrail audit, TimeProvider clock, ILogger<RaiseEpoch> log)
{
    public sealed record Ask(Actor Actor);

    public sealed record Done(int Epoch);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        if (!ask.Actor.Is(Roles.Administrator) || !ask.Actor.Scope.Everything)
            return new Refusal("publish.not-allowed");
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var seen = await db.Set<PlanCounter>().MaxAsync(c => (int?)c.SeenEpoch, stop) ?? 0;
        var next = Math.Max(await PlanNumbers.Epoch(db, stop), seen) + 1;
        db.Add(new PlanEpoch { Epoch = next, At = clock.GetUtcNow(), By = ask.Actor.UserName });
        await db.Set<PlanCounter>().ExecuteUpdateAsync(s => s.SetProperty(c => c.AheadSince, (DateTimeOffset?)null), stop);
        audit.Note(db, ask.Actor, "plan.new-epoch", next.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await changes.Wish(db, PublishCause.NewEpoch, "", stop);
        await change.CommitAsync(stop);
        Log.EpochRaised(log, next, ask.Actor.UserName);
        return new Done(next);
    }

    private static partial class Log
    {
        [LoggerMessage(1811, LogLevel.Warning, "Plan epoch {Epoch} begun by {User}: every site gets a new plan")]
        public static partial void EpochRaised(ILogger log, int epoch, string user);
    }
}
