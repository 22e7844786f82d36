using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Publishing.Public;

/// <summary>An emergency bulletin (tin khẩn cấp, Circular 39/2020/TT-BTTTT) as it was sent: who, when, why, where.</summary>
/// <param name="Schedule">As entries name it: <c>L-12</c>.</param>
/// <param name="Sites">Those it was sent to, as far as the reader may see them, by id.</param>
/// <param name="AllSites">How many it was sent to in all.</param>
/// <param name="AtOnce">False = none of its windows was open when it was sent.</param>
/// <param name="EndedAt">When it was stopped, or published as something else; null = not by anybody.</param>
public sealed record Emergency(
    long Id, string Schedule, string Name, string Reason, DateTimeOffset At, string By, bool AtOnce, IReadOnlyList<SiteId> Sites, int AllSites, DateTimeOffset? EndedAt, string? EndedBy);

/// <summary>The book of emergencies, newest first. Nobody sees those of other areas.</summary>
public interface IEmergencies
{
    Task<IReadOnlyList<Emergency>> Between(AreaScope reader, DateTimeOffset from, DateTimeOffset to, CancellationToken stop);

    Task<IReadOnlyList<Emergency>> OfSite(SiteId site, int most, CancellationToken stop);
}
