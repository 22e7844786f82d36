using System.Globalization;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>What a commune did with an offer.</summary>
public enum AnswerKind
{
    Accepted,
    Declined,

    /// <summary>The answer before it counts no longer.</summary>
    TakenBack,
}

/// <summary>Where an offer stands.</summary>
public enum OfferState
{
    /// <summary>Communes may answer.</summary>
    Open,

    /// <summary>The time to answer is over.</summary>
    Expired,
    Withdrawn,
}

/// <summary>Where an offer stands in one commune.</summary>
public enum PlaceState
{
    Waiting,

    /// <summary>In the plans of its sites.</summary>
    Accepted,

    /// <summary>Accepted, but its schedule was stopped or deleted since.</summary>
    Stopped,
    Declined,

    /// <summary>The offer ended without an answer.</summary>
    Unanswered,
}

/// <param name="Schedule">The schedule that an acceptance made.</param>
public sealed record OfferAnswer(AnswerKind Kind, DateTimeOffset At, string ByName, string Reason, long? Schedule);

/// <summary>An offer in one commune.</summary>
/// <param name="Answers">Oldest first.</param>
/// <param name="Own">The commune's schedule as it stands now; null = none, or deleted.</param>
public sealed record OfferPlace(string Commune, IReadOnlyList<OfferAnswer> Answers, ScheduleStand? Own)
{
    /// <summary>The answer that counts; null = none, or taken back.</summary>
    public OfferAnswer? Answer => Answers.Count > 0 && Answers[^1].Kind != AnswerKind.TakenBack ? Answers[^1] : null;

    public PlaceState State(OfferState offer) => Answer switch
    {
        { Kind: AnswerKind.Accepted } => Own?.Published is null ? PlaceState.Stopped : PlaceState.Accepted,
        { Kind: AnswerKind.Declined } => PlaceState.Declined,
        _ => offer == OfferState.Open ? PlaceState.Waiting : PlaceState.Unanswered,
    };
}

/// <summary>An ordinary bulletin offered to communes (đề nghị phát, Circular 39/2020/TT-BTTTT): it plays only where a commune accepts it, at the commune's own times.</summary>
/// <param name="Schedule">As it read when it was offered: items, days and times proposed.</param>
/// <param name="Area">Of the source.</param>
/// <param name="Places">By commune code.</param>
public sealed record Offer(
    long Id, ScheduleView Schedule, AreaScope Area, IReadOnlyList<OfferPlace> Places, string Note, DateTimeOffset AnswerBy,
    DateTimeOffset MadeAt, string MadeBy, DateTimeOffset? WithdrawnAt, string? WithdrawnBy, string? WithdrawnReason)
{
    /// <summary>As in the audit trail: <c>DN-3</c>.</summary>
    public string Code => $"DN-{Id.ToString(CultureInfo.InvariantCulture)}";

    public OfferState State(DateTimeOffset now) => WithdrawnAt is not null ? OfferState.Withdrawn : AnswerBy <= now ? OfferState.Expired : OfferState.Open;

    /// <summary>Every commune of it, as far as the reader sees them, has answered.</summary>
    public bool Answered => Places.All(p => p.Answer is not null);

    public OfferPlace? At(string commune) => Places.FirstOrDefault(p => p.Commune == commune);

    /// <summary>The same with those communes only that a reader may see.</summary>
    public Offer For(Func<string, bool> seen) => this with { Places = [.. Places.Where(p => seen(p.Commune))] };
}
