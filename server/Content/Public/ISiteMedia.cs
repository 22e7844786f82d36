using BorderInfo.Contract;

namespace BorderInfo.Server.Content.Public;

/// <summary>Answered by Publishing: what a site has to fetch, and nothing else, is given to it.</summary>
public interface ISiteMedia
{
    /// <summary>True for a file of one of the newest plans sent to the site, or of the plan it has on air, as far as nothing of it was withdrawn.</summary>
    Task<bool> May(SiteId site, MediaHash file, CancellationToken stop);
}
