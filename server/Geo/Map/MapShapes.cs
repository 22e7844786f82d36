using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using BorderInfo.Server.Geo.Public;

namespace BorderInfo.Server.Geo;

/// <summary>The drawing of the map as one prepared answer.</summary>
/// <param name="Tag">Quoted ETag.</param>
internal sealed record MapDrawing(string Tag, byte[] Brotli, byte[] Gzip);

/// <summary>Outlines for the map, coarser for farther, packed once per set of boundaries and kept; without boundaries the points of border and coastal communes.</summary>
/// <remarks>
/// Shape: <c>{"grid":0.002,"labels":[[code,name,lat,lon]…],"provinces":[{"code","rings":[[x0,y0,dx,dy,…]]}],"communes":[{"code","border","rings"}],"points":[[code,name,lat,lon,1=border|0]]}</c>;
/// numbers of rings are grid steps, longitude first, after the first point as differences.
/// </remarks>
internal sealed class MapShapes(GeoCatalogue catalogue, Boundaries boundaries)
{
    /// <summary>About 0.9 km: for the whole country.</summary>
    public const double Overview = 0.008;

    /// <summary>About 220 m: for a region.</summary>
    public const double Region = 0.002;

    /// <summary>About 11 m: for one province.</summary>
    public const double Near = 0.0001;

    private readonly ConcurrentDictionary<string, Lazy<MapDrawing>> made = [];

    public MapDrawing Country() => Made("country", index => index.HasAreas ? Drawn(index, Overview, _ => true, _ => false, Labels()) : Points());

    /// <summary>Provinces, and communes at the land border and the coast.</summary>
    public MapDrawing Edge() => Made("edge", index => Drawn(index, Region, _ => true, c => c.Border.Count > 0 || c.Coastal, []));

    /// <summary>One province, all its communes and where their names stand.</summary>
    public MapDrawing Province(string code) => Made("p" + code, index =>
        Drawn(index, Near, c => c.ProvinceCode == code, c => c.ProvinceCode == code, catalogue.Communes.Where(c => c.ProvinceCode == code && c.Lat is not null).Select(Label)));

    private MapDrawing Made(string name, Func<BoundaryIndex, object> make)
    {
        var index = boundaries.Now;
        var key = $"{name}-{catalogue.Today.Day:yyyyMMdd}-{(index.HasAreas ? index.Checksum[..16] : "points")}";
        if (made.Count > 200)
            made.Clear();
        return made.GetOrAdd(key, k => new Lazy<MapDrawing>(() => Packed(k, make(index)))).Value;
    }

    private static MapDrawing Packed(string key, object drawing)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(drawing, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return new($"\"{key}\"", Packed(json, s => new BrotliStream(s, CompressionLevel.Optimal)), Packed(json, s => new GZipStream(s, CompressionLevel.Optimal)));
    }

    private static byte[] Packed(byte[] plain, Func<Stream, Stream> by)
    {
        using var to = new MemoryStream();
        using (var packer = by(to))
            packer.Write(plain);
        return to.ToArray();
    }

    private object Drawn(BoundaryIndex index, double grid, Func<Commune, bool> outlined, Func<Commune, bool> filled, IEnumerable<object[]> labels)
    {
        var areas = index.Areas.Select(a => (Commune: catalogue.Commune(a.Key), Shape: a.Value)).Where(a => a.Commune is not null).ToArray();
        return new
        {
            grid,
            labels,
            provinces = areas.Where(a => outlined(a.Commune!)).GroupBy(a => a.Commune!.ProvinceCode)
                .Select(p => new { code = p.Key, rings = GridRings.Packed(GridRings.Dissolved(p.SelectMany(a => GridRings.Of(a.Shape, grid)))) }),
            communes = areas.Where(a => filled(a.Commune!))
                .Select(a => new { code = a.Commune!.Code, border = a.Commune.Border.Count > 0, rings = GridRings.Packed(GridRings.Of(a.Shape, grid)) }),
        };
    }

    private object Points() => new
    {
        labels = Labels(),
        points = catalogue.Communes.Where(c => c.Lat is not null && (c.Border.Count > 0 || c.Coastal)).Select(c => new object[] { c.Code, $"{c.Kind} {c.Name}", c.Lat!, c.Lon!, c.Border.Count > 0 ? 1 : 0 }),
    };

    private IEnumerable<object[]> Labels() => catalogue.Provinces.Select(p => new object[] { p.Code, p.Name, catalogue.Shipped.ProvinceLabels[p.Code].Lat, catalogue.Shipped.ProvinceLabels[p.Code].Lon });

    private static object[] Label(Commune c) => [c.Code, c.Name, c.Lat!, c.Lon!];
}
