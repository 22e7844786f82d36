using BorderInfo.Contract.Messages;

namespace BorderInfo.Server.Fleet.Public;

/// <summary>
/// A site told something worth keeping. Told once per event, inside the transaction that stores it; the site is acknowledged after the commit.
/// Slices below listen to this instead of taking the word <c>event</c> themselves.
/// </summary>
public sealed record SiteEventHeard(SiteId Site, SiteEvent Event);

/// <summary>
/// A computer was (again) made the computer of a site. Its journals may begin at 1 anew: whoever keeps (site, sequence) as a key against doubles keeps
/// (site, <paramref name="Installation"/>, sequence).
/// </summary>
/// <param name="Installation">1, 2, 3 … per site.</param>
public sealed record SiteEnrolled(SiteId Site, int Installation);
