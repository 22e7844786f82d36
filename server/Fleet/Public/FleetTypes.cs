using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Fleet.Public;

/// <summary>One output of a cluster as editors and the compiler see it; the same words as <see cref="PlanOutput"/>.</summary>
public sealed record ClusterOutput(OutputId Id, string Name, OutputKind Kind, int Screen, int X, int Y, int WidthPx, int HeightPx, IReadOnlyList<string> Languages, int VolumePercent, IReadOnlyList<TimeWindow> QuietHours)
{
    /// <summary>Of <see cref="Languages"/> those without which an item does not play here. Empty = all of them.</summary>
    public IReadOnlyList<string> RequiredLanguages { get; init; } = [];

    /// <summary>What may stand in for a language that an item lacks, first to last; nothing else does.</summary>
    public IReadOnlyList<LanguageFallback> Fallbacks { get; init; } = [];
}

/// <summary>A cụm thông tin đối ngoại with the names of its place.</summary>
/// <param name="Site">Null = printed panels only, no electronics.</param>
/// <param name="RequiredLanguages">Union of its outputs' languages; for a printed cluster what its panels carry.</param>
public sealed record Cluster(
    long Id, string Name, string Kind, string ProvinceCode, string CommuneCode, string? SectorId, string? GateId, GateClass? GateClass,
    double Lat, double Lon, IReadOnlyList<string> Tags, SiteId? Site, IReadOnlyList<ClusterOutput> Outputs, IReadOnlyList<string> RequiredLanguages)
{
    public bool Within(AreaScope scope) => scope.Holds(ProvinceCode, CommuneCode, SectorId);
}

/// <summary>All clusters, in memory, always current.</summary>
public interface IClusters
{
    IReadOnlyList<Cluster> All { get; }

    Cluster? ById(long id);

    Cluster? BySite(SiteId site);

    IReadOnlyList<Cluster> Within(AreaScope scope);
}

/// <summary>The one word for a site's state, worst last; shown as shape, colour and word.</summary>
public enum Standing
{
    /// <summary>Online and everything on air as planned.</summary>
    Good,

    /// <summary>Online, with a warning finding.</summary>
    Warning,

    /// <summary>Online, something critical or not as planned.</summary>
    Fault,
    Offline,

    /// <summary>Never enrolled.</summary>
    NotEnrolled,

    /// <summary>No electronics: printed panels.</summary>
    Printed,
}

/// <summary>What is known of a site now.</summary>
public sealed record SiteStanding(
    SiteId Site, Standing Standing, Presence? Presence, DateTimeOffset? LastContact, DateTimeOffset? Since, PlanNumber? OnAirPlan, long PlanCounter,
    ClockTrust Clock, string AgentVersion, IReadOnlyList<OutputHealth> Outputs, IReadOnlyList<Finding> Findings, HealthReport? Health);

public interface ISiteStandings
{
    SiteStanding Of(SiteId site);
}

/// <summary>Told when an enrolled site has come (back) online, so that the slices below send what it lacks.</summary>
public sealed record SiteWasBorn(SiteId Site, SiteState State);

/// <summary>Told when outputs, languages or place of a cluster changed, so that plans are compiled anew.</summary>
public sealed record ClusterChanged(long ClusterId);
