using BorderInfo.Server.Geo;
using BorderInfo.Server.Geo.Public;

namespace BorderInfo.Tests.Server.Geo;

/// <summary>Where a point lies, without imported boundaries and with the real ones.</summary>
public sealed class PlaceTests
{
    private static readonly Lazy<BoundaryIndex> Real = new(() =>
    {
        var communes = new BoundaryReading(Units.Today, BoundaryKind.Communes);
        communes.Read(new GeoJsonFile("code", "name").Read(Path.Combine(RealBoundaries.Folder!, "communes-2025.geojson.gz")));
        var border = new BoundaryReading(Units.Today, BoundaryKind.LandBorder);
        border.Read(new GeoJsonFile("neighbour", "name").Read(Path.Combine(RealBoundaries.Folder!, "land-border.geojson.gz")));
        return new BoundaryIndex("real", "", communes.Shapes, border.Shapes);
    });

    [Fact]
    public void Without_boundaries_the_nearest_point_answers_and_says_that_it_is_approximate()
    {
        var place = Units.Place(21.97277, 106.70993);

        Assert.True(place.Approximate);
        Assert.Equal("06184", place.Commune?.Code);
        Assert.Equal("LS-CN-1", place.Sector?.Id);
        Assert.Null(place.DistanceToBorderM);
        Assert.Contains(place.Notes, n => n is { Code: "geo.note.approximate", Warning: true });
        Assert.Equal(["vi", "zh-Hans", "en"], place.Languages);
    }

    [Fact]
    public void Without_boundaries_a_point_far_from_every_commune_is_in_none()
    {
        var place = Units.Place(15.0, 110.5);

        Assert.Null(place.Commune);
        Assert.Contains(place.Notes, n => n.Code == "geo.note.no-point-near");
    }

    [Theory]
    [InlineData(106.70993, 21.97277, "geo.position-swapped")]
    [InlineData(double.NaN, 106, "geo.position-nan")]
    [InlineData(39.9, 116.4, "geo.position-outside")]
    public void What_cannot_be_in_Viet_Nam_is_refused(double lat, double lon, string why)
    {
        var place = Units.Place(lat, lon);

        Assert.Equal(why, place.Refused?.Code);
        Assert.Null(place.Commune);
        Assert.Empty(place.Languages);
    }

    [Fact]
    public void A_language_of_the_province_is_a_hint_not_a_suggestion()
    {
        var place = Units.Place(13.80377, 107.45736);

        Assert.DoesNotContain("jra", place.Languages);
        Assert.Contains("Gia Rai", Assert.Single(place.Notes, n => n.Code == "geo.why.local").With[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_a_gate_to_another_country_than_the_sectors_a_warning_stands()
    {
        var gate = new BorderGate("X-1", "Cửa khẩu thử", "", GateClass.Main, "road", "LA", "", "20", "06184", 21.97, 106.71, "A", ["vi", "lo"]);
        var units = Units.Today with { Gates = [gate] };

        var place = new Placing(units, BoundaryIndex.None, []).Place(21.97277, 106.70993);

        Assert.Equal("LS-CN-1", place.Sector?.Id);
        Assert.Contains(place.Notes, n => n is { Code: "geo.note.gate-neighbour", Warning: true });
    }

    [RealBoundaries.NeededFact]
    public void The_real_outlines_are_read_whole()
    {
        var index = Real.Value;

        Assert.Equal(3321, index.Areas.Count());
        Assert.True(index.HasBorder);
    }

    [RealBoundaries.NeededFact]
    public void Real_points_lie_where_they_lie()
    {
        (string Name, double Lat, double Lon, string? Commune, string? Sector, string Languages)[] points =
        [
            ("Hữu Nghị", 21.97277, 106.70993, "06184", "LS-CN-1", "vi zh-Hans en"),
            ("Lệ Thanh", 13.80377, 107.45736, "23872", "GL-KH-1", "vi km en"),
            ("Tân Thanh as published, 80 m out", 22.00306, 106.68389, "06172", "LS-CN-1", "vi zh-Hans en"),
            ("in Laos", 20.5, 103.5, null, null, "vi"),
            ("on the sea", 15.0, 110.5, null, null, "vi"),
            ("Hà Nội, Hoàn Kiếm", 21.0287, 105.8524, "00070", null, "vi"),
            ("beach of Tịnh Khê", 15.18, 108.893, "21211", "QNG-SEA-1", "vi"),
            ("an island of Trường Sa", 9.373, 114.184, "22736", "KHO-SEA-1", "vi"),
        ];

        var placed = points.Select(p => Units.Place(p.Lat, p.Lon, Real.Value)).ToArray();

        Assert.Equal(points.Select(p => (p.Name, p.Commune, p.Sector, p.Languages)), points.Zip(placed, (p, at) => (p.Name, at.Commune?.Code, at.Sector?.Id, string.Join(' ', at.Languages)))!);
        Assert.All(placed, p => Assert.False(p.Approximate));
    }

    [RealBoundaries.NeededFact]
    public void The_published_point_of_Tan_Thanh_lies_80_metres_outside_and_says_so()
    {
        var place = Units.Place(22.00306, 106.68389, Real.Value);

        var note = Assert.Single(place.Notes, n => n.Code == "geo.note.outside-by");
        Assert.Equal("80", note.With[0]);
        Assert.InRange(place.DistanceToBorderM!.Value, 75, 85);
        Assert.Equal(("BG010", 0), (place.NearestGate?.Id, Math.Round(place.GateDistanceM!.Value)));
    }

    [RealBoundaries.NeededFact]
    public void At_a_triple_point_the_nearest_border_decides_not_the_commune()
    {
        var toLaos = Units.Place(14.69995, 107.56039, Real.Value);
        var toCambodia = Units.Place(14.65072, 107.55217, Real.Value);

        Assert.Equal((toLaos.Commune?.Code, toCambodia.Commune?.Code), ("23377", "23377"));
        Assert.Equal(("LA", "QNG-LA-1"), (toLaos.Neighbour, toLaos.Sector?.Id));
        Assert.Equal(("KH", "QNG-KH-1"), (toCambodia.Neighbour, toCambodia.Sector?.Id));
    }

    [RealBoundaries.NeededFact]
    public void The_representative_point_of_every_commune_lies_in_it()
    {
        var lost = Units.Today.Communes.Where(c => Real.Value.At(c.Lat!.Value, c.Lon!.Value) != c.Code).Select(c => c.Name);

        Assert.Empty(lost);
    }
}
