using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>What accepting, declining and taking back share: one write transaction that reads the offer, asks the rule, and adds one answer.</summary>
internal sealed class AnswerDesk(BorderInfoDb db, OfferBook book, IClusters clusters, NewsDesk news, IAuditTrail audit, TimeProvider clock)
{
    /// <param name="decide">Pure; may refuse.</param>
    /// <param name="work">Inside the transaction: the schedule that comes (its id) or goes. Its refusal undoes everything.</param>
    public async Task<Outcome<Offer>> Answer(
        Actor actor, long offer, string commune, AnswerKind kind, string reason, Func<Offer, Refusal?> decide, Func<Offer, Task<Outcome<long?>>> work, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var found = await book.Of(offer, stop);
        if (found is null || !OfferRules.Sees(actor.Scope, commune, clusters.All) || found.At(commune) is not { } place)
            return new Refusal("offer.unknown");
        if ((OfferRules.MayAnswer(actor, commune) ?? decide(found)) is { } no)
            return no;
        if (!(await work(found)).Is(out var schedule, out var why))
            return why!;
        db.Add(new OfferAnswerRow
        {
            OfferId = offer, Commune = commune, Turn = place.Answers.Count + 1, Kind = kind, At = clock.GetUtcNow(), By = actor.UserId, ByName = actor.DisplayName, Reason = reason.TypedLines(), ScheduleId = schedule,
        });
        audit.Note(db, actor, Deed(kind), $"{found.Code}/{commune}", schedule is { } id ? $"{ScheduleView.EntryIdOf(id)} {found.Schedule.Name}" : reason.Trim());
        await db.SaveChangesAsync(stop);
        // A “no”, and one taken back, change no plan.
        if (kind == AnswerKind.Accepted || place.Answer?.Kind == AnswerKind.Accepted)
            await news.Tell(new CommuneDecided(commune, actor), db, stop);
        await change.CommitAsync(stop);
        return (await book.Of(offer, stop))!;
    }

    /// <summary>Open, and the commune has not answered.</summary>
    public static Refusal? Waiting(Offer offer, string commune, DateTimeOffset now) => offer.State(now) switch
    {
        OfferState.Withdrawn => new("offer.withdrawn", offer.Schedule.Name),
        _ when offer.At(commune)?.Answer is not null => new("offer.already-answered"),
        OfferState.Expired => new("offer.expired", offer.Schedule.Name, Platform.Pages.LocalTime.Text(offer.AnswerBy)),
        _ => null,
    };

    private static string Deed(AnswerKind kind) => kind switch
    {
        AnswerKind.Accepted => "offer.accept",
        AnswerKind.Declined => "offer.decline",
        _ => "offer.take-back",
    };
}
