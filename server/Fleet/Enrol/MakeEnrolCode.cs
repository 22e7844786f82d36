using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>“Tạo mã ghép nối”: a fresh code for the computer of a site; the codes before it no longer count.</summary>
/// <remarks>Refuses with <c>fleet.no-such-site</c>, <c>fleet.not-allowed</c>, <c>enrol.replace-not-confirmed</c> when the site holds a live certificate.</remarks>
internal sealed partial class MakeEnrolCode(BorderInfoDb db, RegisterDoor door, Clusters clusters, IAuditTrail audit, LiveBoard live, TimeProvider clock, ILogger<MakeEnrolCode> log)
{
    /// <param name="Code">Shown once; only its hash is kept.</param>
    public sealed record Done(SiteId Site, string Code, DateTimeOffset ExpiresAt);

    public async Task<Outcome<Done>> Handle(SiteId site, bool replacesComputer, Actor actor, CancellationToken stop)
    {
        if (clusters.BySite(site) is not { } cluster || !cluster.Within(actor.Scope))
            return new Refusal("fleet.no-such-site", site.Value);
        if (door.Editable(actor, cluster.Id).Why is { } closed)
            return closed;
        var row = await db.Set<SiteRow>().AsNoTracking().SingleAsync(s => s.Site == site.Value, stop);
        if (row.HasLiveCertificate && !replacesComputer)
            return new Refusal("enrol.replace-not-confirmed", site.Value);

        var code = EnrolCode.Fresh();
        var kept = db.Add(EnrolCode.Row(site, code, actor.DisplayName, clock.GetUtcNow())).Entity;
        audit.Note(db, actor, "site.enrol-code", site.Value, row.HasLiveCertificate ? "replaces the computer" : "");
        await db.SaveChangesAsync(stop);
        live.Tell($"site:{site}");
        Log.Made(log, site, actor.UserName);
        return new Done(site, EnrolCode.Grouped(code), kept.ExpiresAt);
    }

    private static partial class Log
    {
        [LoggerMessage(1410, LogLevel.Information, "Enrolment code for {Site} made by {User}")]
        public static partial void Made(ILogger log, SiteId site, string user);
    }
}
