using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Geo;

/// <summary>“Hoàn tác”: the set in force goes out of force, the one before it comes back; without one, positions are approximate again.</summary>
/// <remarks>Refuses with <c>geo.not-allowed</c>, <c>geo.nothing-to-undo</c>, <c>geo.undo-too-old</c> (the shapes of older sets are not kept).</remarks>
internal sealed partial class UndoBoundaries(BorderInfoDb db, Boundaries boundaries, IAuditTrail trail, LiveBoard live, TimeProvider clock, ILogger<UndoBoundaries> log)
{
    public sealed record Ask(BoundaryKind Kind);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!actor.Is(Roles.Administrator) || !actor.Scope.Everything)
            return new Refusal("geo.not-allowed");
        var sets = await db.Set<BoundarySet>().Where(s => s.Kind == ask.Kind && s.UndoneAt == null).OrderByDescending(s => s.Id).Take(2).ToListAsync(stop);
        if (sets.Count == 0)
            return new Refusal("geo.nothing-to-undo");
        if (sets is [_, var before] && !await db.Set<BoundaryShape>().AnyAsync(s => s.SetId == before.Id, stop))
            return new Refusal("geo.undo-too-old");
        sets[0].UndoneAt = clock.GetUtcNow();
        trail.Note(db, actor, "boundaries.undo", $"{ask.Kind} {sets[0].Id}");
        await db.SaveChangesAsync(stop);
        boundaries.Forget();
        live.Tell("boundaries");
        Log.Undone(log, ask.Kind, sets[0].Id);
        return new Nothing();
    }

    static partial class Log
    {
        [LoggerMessage(1203, LogLevel.Warning, "Boundary set {Set} of {Kind} undone")]
        public static partial void Undone(ILogger log, BoundaryKind kind, long set);
    }
}
