using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Geo.Public;

/// <summary>One thing with a position that stands on the map and whose commune depends on the boundaries: a cluster.</summary>
/// <param name="Id">Of the cluster, unique.</param>
/// <param name="Url">Its page on this server.</param>
/// <param name="Site">Short id of its site PC, shown beside the name; null without electronics.</param>
/// <param name="Standing">One of <see cref="Standings"/>.</param>
public sealed record MapMark(long Id, string Name, string Url, string? Site, string ProvinceCode, string CommuneCode, string? SectorId, double Lat, double Lon, string Standing)
{
    /// <summary>Best first: the words of the state of a site, each with its own shape, colour and text <c>geo.standing.*</c>.</summary>
    public static readonly IReadOnlyList<string> Standings = ["Good", "Warning", "Fault", "Offline", "NotEnrolled", "Printed"];
}

/// <summary>What the map shows. Implemented by the slice that owns clusters, so that this one need not know it; the topic <c>sites</c> says that something changed.</summary>
public interface IMapMarks
{
    IReadOnlyList<MapMark> Within(AreaScope scope);
}
