using BorderInfo.Server.Geo.Public;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.Valid;

namespace BorderInfo.Server.Geo;

/// <summary>Sorts the features of a file into usable shapes and troubles, and asks what they would change. Reads, changes nothing.</summary>
/// <param name="units">Today's list, against which codes and names are checked.</param>
internal sealed class BoundaryReading(UnitsOfADay units, BoundaryKind kind)
{
    /// <summary>A mended outline may change its area by so much at most.</summary>
    private const double MostChange = 0.01;

    private readonly List<BoundaryTrouble> mended = [], leftOut = [], renamed = [];
    private int features;

    public Dictionary<string, Geometry> Shapes { get; } = [];

    /// <exception cref="BadGeoJson">The file as a whole is no use.</exception>
    public void Read(IEnumerable<GeoFeature> file)
    {
        foreach (var feature in file)
        {
            features++;
            if (Sorted(feature) is { } shape)
                Shapes[feature.Code] = shape;
        }
    }

    public BoundaryReport Report(string checksum, string fileName, IEnumerable<MapMark> marks) => new(
        checksum, fileName, kind, features, Shapes.Count, mended, leftOut,
        kind == BoundaryKind.LandBorder ? [] : [.. units.Communes.Where(c => !Shapes.ContainsKey(c.Code)).Select(c => new BoundaryTrouble(c.Code, $"{c.Kind} {c.Name}", ""))],
        renamed, kind == BoundaryKind.LandBorder ? [] : Moves(new BoundaryIndex(checksum, "", Shapes, []), marks));

    private Geometry? Sorted(GeoFeature feature)
    {
        var name = Known(feature.Code);
        if (name is null || Shapes.ContainsKey(feature.Code))
            return Left(feature, name is null ? BoundaryReport.Unknown : BoundaryReport.Twice);
        if (feature.Name.Length > 0 && kind == BoundaryKind.Communes && !NameFold.Toned(feature.Name).EndsWith(NameFold.Toned(name), StringComparison.Ordinal))
            renamed.Add(new(feature.Code, feature.Name, BoundaryReport.Name));
        var shape = kind == BoundaryKind.LandBorder ? feature.Geometry is LineString or MultiLineString ? feature.Geometry : null : Sound(feature);
        return shape ?? Left(feature, BoundaryReport.Shape);
    }

    private string? Known(string code) => kind == BoundaryKind.LandBorder ? code is "CN" or "LA" or "KH" ? code : null : units.CommuneByCode.GetValueOrDefault(code)?.Name;

    private Geometry? Left(GeoFeature feature, string what)
    {
        leftOut.Add(new(feature.Code, feature.Name, what));
        return null;
    }

    private Geometry? Sound(GeoFeature feature)
    {
        if (feature.Geometry is not (Polygon or MultiPolygon) || feature.Geometry.IsEmpty || !OnEarth(feature.Geometry.EnvelopeInternal))
            return null;
        if (new IsValidOp(feature.Geometry).IsValid)
            return feature.Geometry;
        var repaired = GeometryFixer.Fix(feature.Geometry);
        if (repaired is not (Polygon or MultiPolygon) || repaired.IsEmpty || Math.Abs(repaired.Area - feature.Geometry.Area) > MostChange * repaired.Area)
            return null;
        mended.Add(new(feature.Code, feature.Name, BoundaryReport.Repaired));
        return repaired;
    }

    /// <summary>A file in metres (VN-2000 on a plane) is told from one in degrees by its numbers.</summary>
    private static bool OnEarth(Envelope e) => e.MinX >= PositionRules.West - 1 && e.MaxX <= PositionRules.East + 1 && e.MinY >= PositionRules.South - 1 && e.MaxY <= PositionRules.North + 1;

    private ClusterMove[] Moves(BoundaryIndex index, IEnumerable<MapMark> marks) =>
        [.. from mark in marks
            let to = index.At(mark.Lat, mark.Lon) ?? ""
            where to != mark.CommuneCode
            select new ClusterMove(mark.Id, mark.Name, mark.CommuneCode, Name(mark.CommuneCode), to, Name(to))];

    private string Name(string code) => units.CommuneByCode.GetValueOrDefault(code) is { } c ? $"{c.Kind} {c.Name}" : code;
}
