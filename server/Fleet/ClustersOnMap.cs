using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Fleet;

/// <summary>Clusters as the map wants them.</summary>
internal sealed class ClustersOnMap(IClusters clusters, ISiteStandings standings) : IMapMarks
{
    public IReadOnlyList<MapMark> Within(AreaScope scope) => [.. clusters.Within(scope).Select(c => new MapMark(
        c.Id, c.Name, FleetPicture.UrlOf(c), c.Site?.Value, c.ProvinceCode, c.CommuneCode, c.SectorId, c.Lat, c.Lon,
        (c.Site is { } site ? standings.Of(site).Standing : Standing.Printed).ToString()))];
}
