using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>“Thu hồi chứng thư”: the computer of a site is cut off; it plays what it has but is heard no more.</summary>
internal sealed partial class RevokeSite(BorderInfoDb db, RegisterDoor door, Clusters clusters, StandingBoard board, KeepStanding keep, ISiteCertificates certificates, IAuditTrail audit, ILogger<RevokeSite> log)
{
    public async Task<Outcome<Nothing>> Handle(SiteId site, Actor actor, CancellationToken stop)
    {
        if (clusters.BySite(site) is not { } cluster || !cluster.Within(actor.Scope))
            return new Refusal("fleet.no-such-site", site.Value);
        if (door.Editable(actor, cluster.Id).Why is { } closed)
            return closed;
        if (board.Memory(site) is { EnrolledAt: null } or { Revoked: true })
            return new Refusal("enrol.nothing-to-revoke", site.Value);

        await certificates.Revoke(site, stop);
        await keep.Change(site, (known, now) => StandingRules.Judge(known with { Revoked = true, Presence = null }, now), stop, async _ =>
        {
            (await db.Set<SiteRow>().FindAsync([site.Value], stop))!.Revoked = true;
            audit.Note(db, actor, "site.revoke", site.Value);
        });
        // A computer that was being enrolled meanwhile may have got its certificate in between: what is called revoked opens nothing.
        await certificates.Revoke(site, stop);
        Log.Revoked(log, site, actor.UserName);
        return default(Nothing);
    }

    private static partial class Log
    {
        [LoggerMessage(1413, LogLevel.Warning, "Certificates of {Site} revoked by {User}")]
        public static partial void Revoked(ILogger log, SiteId site, string user);
    }
}
