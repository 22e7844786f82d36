using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace BorderInfo.Server.Geo;

/// <param name="Metres">To the nearest edge, inside or outside.</param>
internal readonly record struct AreaDistance(string Code, bool Inside, double Metres);

internal readonly record struct BorderDistance(string Neighbour, double Metres);

/// <summary>Imported areas and border lines in memory, ready to be asked; immutable and thread-safe.</summary>
/// <remarks>Measured with 3,321 communes at 20 m and the whole border at 10 m, on a busy machine: 2.3 ms for a whole placement.</remarks>
internal sealed class BoundaryIndex
{
    public static readonly BoundaryIndex None = new("", "", [], []);

    private readonly STRtree<Area> tree = new();
    private readonly Dictionary<string, Area> areas = [];
    private readonly (string Neighbour, CoordinateSequence Line)[] border;

    public BoundaryIndex(string checksum, string source, IEnumerable<KeyValuePair<string, Geometry>> communes, IEnumerable<KeyValuePair<string, Geometry>> border)
    {
        (Checksum, Source) = (checksum, source);
        foreach (var (code, geometry) in communes)
        {
            areas[code] = new Area(code, geometry);
            tree.Insert(geometry.EnvelopeInternal, areas[code]);
        }

        this.border = [.. border.SelectMany(b => Lines(b.Value).Select(l => (b.Key, l)))];
        if (areas.Count > 0)
            tree.Build();
    }

    /// <summary>Of the file with the communes; empty without.</summary>
    public string Checksum { get; }

    /// <summary>Where the areas come from, to be printed on the map.</summary>
    public string Source { get; }

    public bool HasAreas => areas.Count > 0;

    public bool HasBorder => border.Length > 0;

    public IEnumerable<KeyValuePair<string, Geometry>> Areas => areas.Select(a => KeyValuePair.Create(a.Key, a.Value.Geometry));

    /// <summary>Communes that hold the point or come within so many metres of it.</summary>
    public IEnumerable<AreaDistance> Near(double lat, double lon, double metres)
    {
        if (!HasAreas)
            yield break;
        var (perLat, perLon) = Earth.MetresPerDegree(lat);
        var window = new Envelope(lon - metres / perLon, lon + metres / perLon, lat - metres / perLat, lat + metres / perLat);
        foreach (var area in tree.Query(window))
        {
            var inside = area.Geometry.EnvelopeInternal.Contains(lon, lat) && area.Locator.Locate(new Coordinate(lon, lat)) != Location.Exterior;
            var distance = Lines(area.Geometry).Min(l => Earth.MetresToLine(lat, lon, l));
            if (inside || distance <= metres)
                yield return new(area.Code, inside, distance);
        }
    }

    /// <summary>The commune that holds the point; null in none.</summary>
    public string? At(double lat, double lon) => Near(lat, lon, Placing.ToleranceM).OrderByDescending(n => n.Inside).ThenBy(n => n.Metres).Select(n => n.Code).FirstOrDefault();

    /// <summary>Metres to each neighbour's border, nearest first; empty without an imported border.</summary>
    public IReadOnlyList<BorderDistance> Border(double lat, double lon) =>
        [.. border.GroupBy(b => b.Neighbour).Select(g => new BorderDistance(g.Key, g.Min(b => Earth.MetresToLine(lat, lon, b.Line)))).OrderBy(b => b.Metres)];

    private static IEnumerable<CoordinateSequence> Lines(Geometry geometry)
    {
        for (var i = 0; i < geometry.NumGeometries; i++)
        {
            switch (geometry.GetGeometryN(i))
            {
                case Polygon polygon:
                    yield return polygon.ExteriorRing.CoordinateSequence;
                    foreach (var hole in polygon.InteriorRings)
                        yield return hole.CoordinateSequence;
                    break;
                case LineString line:
                    yield return line.CoordinateSequence;
                    break;
            }
        }
    }

    private sealed class Area(string code, Geometry geometry)
    {
        private readonly Lazy<IndexedPointInAreaLocator> locator = new(() => new IndexedPointInAreaLocator(geometry));

        public string Code => code;

        public Geometry Geometry => geometry;

        /// <summary>Made when first asked: most communes never are.</summary>
        public IndexedPointInAreaLocator Locator => locator.Value;
    }
}
