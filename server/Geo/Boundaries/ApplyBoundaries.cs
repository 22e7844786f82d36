using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.IO;

namespace BorderInfo.Server.Geo;

/// <summary>“Áp dụng”: the checked file comes into force as one audited change; the set before it is kept for undoing.</summary>
/// <remarks>
/// Refuses with <c>geo.not-allowed</c>, <c>geo.file-gone</c> (checked too long ago, or another file since), <c>geo.source-missing</c>, <c>geo.file-same</c> (already in force).
/// Clusters keep the commune they have: the report names those whose commune the areas dispute, and a person corrects each.
/// </remarks>
internal sealed partial class ApplyBoundaries(
    BorderInfoDb db, GeoCatalogue catalogue, Boundaries boundaries, BoundaryFiles files, IAuditTrail trail, LiveBoard live, TimeProvider clock, ILogger<ApplyBoundaries> log)
{
    private const int Kept = 2;

    /// <param name="Checksum">Of the report.</param>
    /// <param name="Source">Who made the data and under which licence; printed on the map.</param>
    /// <param name="Decision">Number of the decision it rests on; may be empty.</param>
    public sealed record Ask(string Checksum, string FileName, BoundaryKind Kind, string CodeProperty, string NameProperty, string Source, string Decision);

    public sealed record Done(long Set, int Shapes);

    public async Task<Outcome<Done>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!actor.Is(Roles.Administrator) || !actor.Scope.Everything)
            return new Refusal("geo.not-allowed");
        if (string.IsNullOrWhiteSpace(ask.Source))
            return new Refusal("geo.source-missing") { Field = "source" };
        if (!files.Has(ask.Checksum))
            return new Refusal("geo.file-gone") { Field = "file" };
        var before = await Boundaries.InForce(db, stop);
        if (before.Any(s => s.Kind == ask.Kind && s.Checksum == ask.Checksum))
            return new Refusal("geo.file-same") { Field = "file" };
        try
        {
            var reading = new BoundaryReading(catalogue.Today, ask.Kind);
            reading.Read(new GeoJsonFile(ask.CodeProperty, ask.NameProperty).Read(files.PathOf(ask.Checksum)));
            return reading.Shapes.Count == 0 ? new Refusal("geo.file-nothing-usable", ask.CodeProperty) : await Write(actor, ask, reading, stop);
        }
        catch (BadGeoJson bad)
        {
            return bad.Why with { Field = "file" };
        }
    }

    private async Task<Outcome<Done>> Write(Actor actor, Ask ask, BoundaryReading reading, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var set = new BoundarySet
        {
            Kind = ask.Kind, Checksum = ask.Checksum, FileName = ask.FileName, Source = ask.Source.Trim(), Decision = ask.Decision.Trim(),
            Shapes = reading.Shapes.Count, AppliedAt = clock.GetUtcNow(), AppliedBy = actor.DisplayName,
        };
        db.Add(set);
        await db.SaveChangesAsync(stop);
        var writer = new WKBWriter();
        db.AddRange(reading.Shapes.Select(s => new BoundaryShape { SetId = set.Id, Code = s.Key, Wkb = writer.Write(s.Value) }));
        trail.Note(db, actor, "boundaries.apply", $"{ask.Kind} {set.Id}", $"{ask.FileName} sha256 {ask.Checksum}, {set.Shapes} shapes, {set.Decision}");
        await db.SaveChangesAsync(stop);
        await Prune(ask.Kind, stop);
        await transaction.CommitAsync(stop);
        boundaries.Forget();
        live.Tell("boundaries");
        Log.Applied(log, ask.Kind, set.Id, ask.Checksum, set.Shapes);
        return new Done(set.Id, set.Shapes);
    }

    /// <summary>The shapes of the set in force and of the one before are kept; of older ones only the record.</summary>
    private async Task Prune(BoundaryKind kind, CancellationToken stop)
    {
        var kept = await db.Set<BoundarySet>().Where(s => s.Kind == kind && s.UndoneAt == null).OrderByDescending(s => s.Id).Select(s => s.Id).Take(Kept).ToListAsync(stop);
        var ofKind = db.Set<BoundarySet>().Where(s => s.Kind == kind).Select(s => s.Id);
        await db.Set<BoundaryShape>().Where(s => ofKind.Contains(s.SetId) && !kept.Contains(s.SetId)).ExecuteDeleteAsync(stop);
    }

    static partial class Log
    {
        [LoggerMessage(1202, LogLevel.Information, "Boundary set {Set} of {Kind} applied: {Shapes} shapes of {Checksum}")]
        public static partial void Applied(ILogger log, BoundaryKind kind, long set, string checksum, int shapes);
    }
}
