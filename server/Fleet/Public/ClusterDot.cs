namespace BorderInfo.Server.Fleet.Public;

/// <summary>One cluster in lists and on the map; what <c>GET /api/v1/clusters</c> gives.</summary>
/// <param name="Kind">A word of <see cref="ClusterKinds"/>.</param>
/// <param name="Site">Null = printed panels only.</param>
/// <param name="Url">Its page.</param>
/// <param name="Findings">Codes of the findings people see now, worst first.</param>
public sealed record ClusterDot(
    long Id, string Name, string Kind, string ProvinceCode, string CommuneCode, string? SectorId, string? GateId, double Lat, double Lon, IReadOnlyList<string> Tags,
    string? Site, Standing Standing, DateTimeOffset? LastContact, int Outputs, IReadOnlyList<string> Languages, IReadOnlyList<string> Findings, string Url);

/// <summary>The kinds of cluster.</summary>
public static class ClusterKinds
{
    /// <summary>At a border gate.</summary>
    public const string Gate = "gate";

    /// <summary>At a harbour, beach or island.</summary>
    public const string Coastal = "coastal";

    /// <summary>In a commune or village.</summary>
    public const string Grassroots = "grassroots";

    /// <summary>Printed panels (pa nô) without electronics.</summary>
    public const string Printed = "printed";

    public static readonly IReadOnlyList<string> All = [Gate, Coastal, Grassroots, Printed];
}
