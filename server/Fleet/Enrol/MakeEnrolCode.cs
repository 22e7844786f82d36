using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>“Tạo mã ghép nối”: a fresh code for the computer of a site; the codes before it no longer count.</summary>
/// <remarks>
/// Where the site had a computer before, also one whose certificate was revoked since, the code works only after a second person has confirmed it (<see cref="ConfirmReplacement"/>).
/// Refuses with <c>fleet.no-such-site</c>, <c>fleet.not-allowed</c>, <c>enrol.replace-not-confirmed</c> when it was not said that a computer is replaced.
/// </remarks>
internal sealed partial class MakeEnrolCode(BorderInfoDb db, RegisterDoor door, Clusters clusters, IAuditTrail audit, LiveBoard live, TimeProvider clock, ILogger<MakeEnrolCode> log)
{
    /// <param name="Code">Shown once; only its hash is kept.</param>
    /// <param name="NeedsSecond">True = it does not work before a second person has confirmed.</param>
    public sealed record Done(SiteId Site, string Code, DateTimeOffset ExpiresAt, bool NeedsSecond);

    public async Task<Outcome<Done>> Handle(SiteId site, bool replacesComputer, Actor actor, CancellationToken stop)
    {
        if (clusters.BySite(site) is not { } cluster || !cluster.Within(actor.Scope))
            return new Refusal("fleet.no-such-site", site.Value);
        if (door.Editable(actor, cluster.Id).Why is { } closed)
            return closed;
        var row = await db.Set<SiteRow>().AsNoTracking().SingleAsync(s => s.Site == site.Value, stop);
        var replaces = row.EnrolledAt is not null;
        if (replaces && !replacesComputer)
            return new Refusal("enrol.replace-not-confirmed", site.Value);

        var code = EnrolCode.Fresh();
        var kept = db.Add(EnrolCode.Row(site, code, actor, clock.GetUtcNow())).Entity;
        // Sample sites have nobody who could be the second person.
        if (replaces && actor == Actor.System)
            (kept.ConfirmedAt, kept.ConfirmedBy) = (kept.MadeAt, actor.DisplayName);
        audit.Note(db, actor, "site.enrol-code", site.Value, replaces ? "replaces the computer" : "");
        await db.SaveChangesAsync(stop);
        live.Tell($"site:{site}");
        Log.Made(log, site, actor.UserName);
        return new Done(site, EnrolCode.Grouped(code), kept.ExpiresAt, replaces && kept.ConfirmedAt is null);
    }

    private static partial class Log
    {
        [LoggerMessage(1410, LogLevel.Information, "Enrolment code for {Site} made by {User}")]
        public static partial void Made(ILogger log, SiteId site, string user);
    }
}
