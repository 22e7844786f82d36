namespace BorderInfo.Server.Fleet.Public;

/// <summary>Answered by Publishing: the newest plan made for a site, told in every pulse so that a withheld plan is noticed. (0, 0) = none yet.</summary>
public interface INewestPlan
{
    Task<(int Epoch, long Counter)> Of(SiteId site, CancellationToken stop);
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
public sealed record PlannedNow(OutputId Output, ItemId? Item, string? Title, string? Language, DateTimeOffset? Until, string Because);

/// <summary>Answered by Publishing: what is planned now. Asked while a page is made, so it answers from memory.</summary>
public interface IPlanNow
{
    /// <summary>Empty = no plan yet.</summary>
    Task<IReadOnlyList<PlannedNow>> Of(SiteId site, DateTimeOffset at, CancellationToken stop);

    /// <summary>Titles of all items of the newest plan, so that what is on air has a name also when something else is due by now.</summary>
    Task<IReadOnlyDictionary<ItemId, string>> Titles(SiteId site, CancellationToken stop) => Task.FromResult<IReadOnlyDictionary<ItemId, string>>(new Dictionary<ItemId, string>());
}
