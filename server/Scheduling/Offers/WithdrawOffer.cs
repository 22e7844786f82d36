using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>The source presses “Thu hồi đề nghị”: nobody can accept any more. What communes have accepted is theirs and plays on; to take it off the air the item is withdrawn.</summary>
/// <remarks>
/// Refuses with <c>offer.unknown</c>, <c>schedule.not-allowed</c>, <c>schedule.out-of-scope</c>, <c>offer.not-a-source</c>, <c>offer.already-withdrawn</c>, <c>offer.reason-missing</c>, <c>offer.note-too-long</c>.
/// The schedule stands as stopped afterwards, not as a draft: “publish everything” must not put it on air where it was only offered.
/// </remarks>
internal sealed partial class WithdrawOffer(BorderInfoDb db, Schedules schedules, OfferBook book, IClusters clusters, IAuditTrail audit, TimeProvider clock, ILogger<WithdrawOffer> log)
{
    public sealed record Ask(Actor Actor, long Offer, string Reason);

    public async Task<Outcome<Offer>> Handle(Ask ask, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var offer = await book.Of(ask.Offer, stop);
        var stand = offer is null ? null : await schedules.Of(offer.Schedule.Id, stop);
        if (Decide(ask, offer, stand, clusters.All) is { } why)
            return why;
        var row = await db.Set<OfferRow>().SingleAsync(o => o.Id == ask.Offer, stop);
        (row.WithdrawnAt, row.WithdrawnByName, row.WithdrawnReason) = (clock.GetUtcNow(), ask.Actor.DisplayName, ask.Reason.TypedLines());
        audit.Note(db, ask.Actor, "offer.withdraw", offer!.Code, row.WithdrawnReason);
        await db.SaveChangesAsync(stop);
        await schedules.MarkStopped(db, offer.Schedule.Id, stop);
        await change.CommitAsync(stop);
        Log.Withdrawn(log, offer.Code, ask.Actor.UserName);
        return (await book.Of(ask.Offer, stop))!;
    }

    internal static Refusal? Decide(Ask ask, Offer? offer, ScheduleStand? stand, IReadOnlyList<Cluster> all)
    {
        if (offer is null || stand is null || !ScheduleRules.MaySee(ask.Actor, stand, all))
            return new("offer.unknown");
        return ScheduleRules.MayWrite(ask.Actor, offer.Schedule.Tier)
            ?? (!ScheduleRules.MayTouch(ask.Actor, stand, all) ? new Refusal("schedule.out-of-scope", offer.Schedule.Name) : null)
            ?? (!OfferRules.IsSource(ask.Actor, stand, all) ? new Refusal("offer.not-a-source") : null)
            ?? (offer.WithdrawnAt is not null ? new Refusal("offer.already-withdrawn", offer.Schedule.Name) : null)
            ?? OfferRules.Reason(ask.Reason);
    }

    private static partial class Log
    {
        [LoggerMessage(1741, LogLevel.Information, "Offer {Offer} withdrawn by {User}")]
        public static partial void Withdrawn(ILogger log, string offer, string user);
    }
}
