using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Implementation;
using NetTopologySuite.IO;

namespace BorderInfo.Server.Geo;

/// <summary>The imported boundaries in force, read from the database when first asked and again after every import.</summary>
internal sealed partial class Boundaries(IServiceScopeFactory scopes, ILogger<Boundaries> log)
{
    /// <summary>Two numbers a point in one array: a fifth of the memory of coordinate objects.</summary>
    public static readonly GeometryFactory Shapes = new(new PrecisionModel(), 4326, PackedCoordinateSequenceFactory.DoubleFactory);

    private readonly Lock gate = new();
    private BoundaryIndex? now;

    public BoundaryIndex Now
    {
        get
        {
            lock (gate)
                return now ??= Read();
        }
    }

    public void Forget()
    {
        lock (gate)
            now = null;
    }

    /// <summary>The sets in force: of each kind the newest that was not undone.</summary>
    public static async Task<IReadOnlyList<BoundarySet>> InForce(BorderInfoDb db, CancellationToken stop)
    {
        var sets = await db.Set<BoundarySet>().Where(s => s.UndoneAt == null).OrderByDescending(s => s.Id).ToListAsync(stop);
        return [.. sets.DistinctBy(s => s.Kind)];
    }

    private BoundaryIndex Read()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        var sets = db.Set<BoundarySet>().AsNoTracking().Where(s => s.UndoneAt == null).OrderByDescending(s => s.Id).AsEnumerable().DistinctBy(s => s.Kind).ToDictionary(s => s.Kind);
        if (sets.Count == 0)
            return BoundaryIndex.None;
        var communes = sets.GetValueOrDefault(BoundaryKind.Communes);
        var index = new BoundaryIndex(communes?.Checksum ?? "", communes?.Source ?? "", Shape(db, communes), Shape(db, sets.GetValueOrDefault(BoundaryKind.LandBorder)));
        Log.Loaded(log, communes?.Shapes ?? 0, communes?.Checksum ?? "-", index.HasBorder);
        return index;
    }

    private static IEnumerable<KeyValuePair<string, Geometry>> Shape(BorderInfoDb db, BoundarySet? set)
    {
        if (set is null)
            yield break;
        var reader = new WKBReader(new NetTopologySuite.NtsGeometryServices(PackedCoordinateSequenceFactory.DoubleFactory, Shapes.PrecisionModel, Shapes.SRID));
        foreach (var shape in db.Set<BoundaryShape>().AsNoTracking().Where(s => s.SetId == set.Id).AsEnumerable())
            yield return KeyValuePair.Create(shape.Code, reader.Read(shape.Wkb));
    }

    static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Information, "Boundaries in force: {Communes} communes of {Checksum}, land border {Border}")]
        public static partial void Loaded(ILogger log, int communes, string checksum, bool border);
    }
}
