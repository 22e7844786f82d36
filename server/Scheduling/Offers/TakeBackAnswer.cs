using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>A commune presses “Rút lại”: an acceptance leaves the plans of its sites, whatever became of the offer since; a “no” is forgotten while the offer is open.</summary>
/// <remarks>Refuses with <c>offer.unknown</c>, <c>offer.not-your-commune</c>, <c>offer.nothing-to-take-back</c>, <c>offer.withdrawn</c>, <c>offer.expired</c>. The schedule that the acceptance made is stopped and deleted.</remarks>
internal sealed partial class TakeBackAnswer(BorderInfoDb db, AnswerDesk desk, Schedules schedules, TimeProvider clock, ILogger<TakeBackAnswer> log)
{
    public sealed record Ask(Actor Actor, long Offer, string Commune);

    public async Task<Outcome<Offer>> Handle(Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var outcome = await desk.Answer(
            ask.Actor, ask.Offer, ask.Commune, AnswerKind.TakenBack, "",
            offer => Decide(offer, ask.Commune, now),
            offer => End(offer.At(ask.Commune)!, stop), stop);
        if (outcome.Is(out var done, out _))
            Log.TakenBack(log, done.Code, ask.Commune, ask.Actor.UserName);
        return outcome;
    }

    /// <summary>Pure.</summary>
    internal static Refusal? Decide(Offer offer, string commune, DateTimeOffset now) => (offer.At(commune)?.Answer?.Kind, offer.State(now)) switch
    {
        (AnswerKind.Accepted, _) or (AnswerKind.Declined, OfferState.Open) => null,
        (AnswerKind.Declined, OfferState.Withdrawn) => new("offer.withdrawn", offer.Schedule.Name),
        (AnswerKind.Declined, _) => new("offer.expired", offer.Schedule.Name, Platform.Pages.LocalTime.Text(offer.AnswerBy)),
        _ => new("offer.nothing-to-take-back"),
    };

    private async Task<Outcome<long?>> End(OfferPlace place, CancellationToken stop)
    {
        if (place.Own is { } own)
        {
            if (own.Published is not null)
                await schedules.MarkStopped(db, own.Id, stop);
            await schedules.SetDeleted(own.Id, true, stop);
        }

        return (long?)null;
    }

    private static partial class Log
    {
        [LoggerMessage(1744, LogLevel.Information, "Answer to offer {Offer} taken back for commune {Commune} by {User}")]
        public static partial void TakenBack(ILogger log, string offer, string commune, string user);
    }
}
