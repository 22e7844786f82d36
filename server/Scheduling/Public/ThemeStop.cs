using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Items of some themes do not play in an area for a time (tạm dừng), as festive ones in national mourning.</summary>
/// <param name="Area">Clusters that come into it later are concerned as well.</param>
/// <param name="Until">First instant at which they may play again; of a lifted one when it was lifted.</param>
public sealed record ThemeStop(long Id, string Name, IReadOnlyList<string> Themes, AreaScope Area, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset MadeAt, string MadeBy, DateTimeOffset? LiftedAt, string? LiftedBy)
{
    /// <summary>Its id in plans and in the audit trail: <c>TD-12</c>.</summary>
    public string Code => $"TD-{Id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>In force now or later.</summary>
    public bool Counts(DateTimeOffset now) => Until > now && Until > From;

    public bool InForce(DateTimeOffset now) => From <= now && now < Until;

    public bool Holds(string theme) => Themes.Contains(theme, StringComparer.OrdinalIgnoreCase);

    /// <summary>Pure: what the plan of a cluster says of the stops that count, by id. Also those that hold none of its items: the site may still have an older plan on air.</summary>
    public static IReadOnlyList<PlanStop> Of(Cluster cluster, IReadOnlyList<ThemeStop> counting) =>
        [.. counting.Where(s => cluster.Within(s.Area)).OrderBy(s => s.Id).Select(s => new PlanStop { Id = s.Code, Name = s.Name, Themes = s.Themes, From = s.From, Until = s.Until })];
}

/// <summary>All stops, past ones too.</summary>
public interface IStops
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<ThemeStop>> All(CancellationToken stop);

    /// <summary>In force now or later, oldest first.</summary>
    Task<IReadOnlyList<ThemeStop>> Counting(DateTimeOffset now, CancellationToken stop);
}

/// <summary>Told when a stop was ordered or lifted, inside the transaction: the plans of the area say so at once.</summary>
/// <param name="Lifted">False = ordered.</param>
public sealed record StopChanged(ThemeStop Stop, bool Lifted, Actor By);
