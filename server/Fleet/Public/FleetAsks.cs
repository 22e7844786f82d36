namespace BorderInfo.Server.Fleet.Public;

/// <summary>Answered by Publishing: the newest plan made for a site, told in every pulse so that a withheld plan is noticed. (0, 0) = none yet.</summary>
public interface INewestPlan
{
    Task<(int Epoch, long Counter)> Of(SiteId site, CancellationToken stop);

    /// <summary>Of every site that has one, the counter of the newest plan sent at the instant or before.</summary>
    Task<IReadOnlyDictionary<SiteId, long>> SentUntil(DateTimeOffset instant, CancellationToken stop) => Task.FromResult<IReadOnlyDictionary<SiteId, long>>(new Dictionary<SiteId, long>());
}

/// <summary>Answered by Proof: the highest number and boot of the site's plays that the server has, told to a computer that is enrolled anew. (0, 0) = none.</summary>
public interface ILastPlay
{
    Task<(long Seq, long Boot)> Of(SiteId site, CancellationToken stop);
}

/// <summary>What the newest plan has on one output at an instant.</summary>
/// <param name="Item">Null = safe screen or silence; so is the title.</param>
/// <param name="Until">First instant at which something else may be on; null = never by this plan.</param>
/// <param name="Because">A word of <c>Because</c> in the contract.</param>
public sealed record PlannedNow(OutputId Output, ItemId? Item, string? Title, string? Language, DateTimeOffset? Until, string Because)
{
    /// <summary>Of a silent loudspeaker, where it was asked: what it says next. Null = not asked, not within two days, or it speaks.</summary>
    public NextWords? Next { get; init; }
}

/// <summary>What a loudspeaker that is silent says next, and when.</summary>
public sealed record NextWords(DateTimeOffset At, string Title);

/// <summary>Answered by Publishing: what is planned now. Asked while a page is made, so it answers from memory.</summary>
public interface IPlanNow
{
    /// <summary>Empty = no plan yet.</summary>
    Task<IReadOnlyList<PlannedNow>> Of(SiteId site, DateTimeOffset at, CancellationToken stop);

    /// <summary>Of the loudspeakers that are silent at the instant: what they say next within two days. Looks through their days: for one site's page, not for lists.</summary>
    Task<IReadOnlyDictionary<OutputId, NextWords>> SpeakNext(SiteId site, DateTimeOffset at, CancellationToken stop) => Task.FromResult<IReadOnlyDictionary<OutputId, NextWords>>(new Dictionary<OutputId, NextWords>());

    /// <summary>Titles of all items of the newest plan, so that what is on air has a name also when something else is due by now.</summary>
    Task<IReadOnlyDictionary<ItemId, string>> Titles(SiteId site, CancellationToken stop) => Task.FromResult<IReadOnlyDictionary<ItemId, string>>(new Dictionary<ItemId, string>());
}
