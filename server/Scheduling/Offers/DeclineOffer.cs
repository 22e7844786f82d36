using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>A commune presses “Không nhận”: the source reads why. Taken back, it can be accepted after all, as long as the offer is open.</summary>
/// <remarks>Refuses with <c>offer.unknown</c>, <c>offer.not-your-commune</c>, <c>offer.withdrawn</c>, <c>offer.expired</c>, <c>offer.already-answered</c>, <c>offer.reason-missing</c>, <c>offer.note-too-long</c>.</remarks>
internal sealed partial class DeclineOffer(AnswerDesk desk, TimeProvider clock, ILogger<DeclineOffer> log)
{
    public sealed record Ask(Actor Actor, long Offer, string Commune, string Reason);

    public async Task<Outcome<Offer>> Handle(Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var outcome = await desk.Answer(
            ask.Actor, ask.Offer, ask.Commune, AnswerKind.Declined, ask.Reason,
            offer => AnswerDesk.Waiting(offer, ask.Commune, now) ?? OfferRules.Reason(ask.Reason),
            _ => Task.FromResult<Outcome<long?>>((long?)null), stop);
        if (outcome.Is(out var done, out _))
            Log.Declined(log, done.Code, ask.Commune, ask.Actor.UserName);
        return outcome;
    }

    private static partial class Log
    {
        [LoggerMessage(1743, LogLevel.Information, "Offer {Offer} declined for commune {Commune} by {User}")]
        public static partial void Declined(ILogger log, string offer, string commune, string user);
    }
}
