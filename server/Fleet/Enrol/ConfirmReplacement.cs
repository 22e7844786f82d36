using BorderInfo.Contract;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>A request to replace the computer of a site that waits for a second person.</summary>
/// <param name="Own">The reader asked for it, so somebody else must confirm.</param>
public sealed record WaitingReplacement(long Code, SiteId Site, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt, bool Own);

/// <summary>“Đồng ý thay máy tính”: a second person agrees that the computer of a site is replaced; only then the code that the first one made works.</summary>
/// <remarks>Refuses with <c>fleet.no-such-site</c>, <c>fleet.not-allowed</c>, <c>enrol.nothing-to-confirm</c> (also for a code that a newer one replaced), <c>enrol.own-request</c>.</remarks>
internal sealed partial class ConfirmReplacement(BorderInfoDb db, RegisterDoor door, Clusters clusters, IAuditTrail audit, LiveBoard live, TimeProvider clock, ILogger<ConfirmReplacement> log)
{
    /// <param name="Code">The request that was looked at.</param>
    public sealed record Ask(SiteId Site, long Code, Actor Actor);

    public async Task<Outcome<WaitingReplacement>> Handle(Ask ask, CancellationToken stop)
    {
        if (clusters.BySite(ask.Site) is not { } cluster || !cluster.Within(ask.Actor.Scope))
            return new Refusal("fleet.no-such-site", ask.Site.Value);
        if (door.Editable(ask.Actor, cluster.Id).Why is { } closed)
            return closed;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var code = await Newest(ask.Site, stop);
        if (Decide(code, ask, await Enrolled(ask.Site, stop), clock.GetUtcNow()) is { } why)
            return why;
        (code!.ConfirmedAt, code.ConfirmedBy) = (clock.GetUtcNow(), ask.Actor.DisplayName);
        audit.Note(db, ask.Actor, "site.replace-confirm", ask.Site.Value, $"asked by {code.MadeBy}");
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        live.Tell($"site:{ask.Site}");
        Log.Confirmed(log, ask.Site, code.MadeBy, ask.Actor.UserName);
        return View(code, ask.Actor);
    }

    /// <summary>What waits for a second person at the site; null = nothing.</summary>
    public async Task<WaitingReplacement?> For(SiteId site, Actor actor, CancellationToken stop) =>
        await Newest(site, stop) is { } code && Open(code, await Enrolled(site, stop), clock.GetUtcNow()) ? View(code, actor) : null;

    /// <summary>Pure.</summary>
    internal static Refusal? Decide(EnrolCodeRow? newest, Ask ask, bool enrolled, DateTimeOffset now) =>
        newest is null || newest.Id != ask.Code || !Open(newest, enrolled, now) ? new Refusal("enrol.nothing-to-confirm", ask.Site.Value)
        : newest.MadeByUser == ask.Actor.UserId ? new Refusal("enrol.own-request")
        : null;

    private static bool Open(EnrolCodeRow code, bool enrolled, DateTimeOffset now) => enrolled && code.UsedAt is null && code.ConfirmedAt is null && now < code.ExpiresAt;

    private static WaitingReplacement View(EnrolCodeRow code, Actor actor) => new(code.Id, new(code.Site), code.MadeBy, code.MadeAt, code.ExpiresAt, code.MadeByUser == actor.UserId);

    private Task<EnrolCodeRow?> Newest(SiteId site, CancellationToken stop) =>
        db.Set<EnrolCodeRow>().Where(c => c.Site == site.Value).OrderByDescending(c => c.Id).FirstOrDefaultAsync(stop);

    private Task<bool> Enrolled(SiteId site, CancellationToken stop) => db.Set<SiteRow>().AnyAsync(s => s.Site == site.Value && s.EnrolledAt != null, stop);

    private static partial class Log
    {
        [LoggerMessage(1414, LogLevel.Warning, "Replacement of the computer of {Site}, asked by {First}, confirmed by {Second}")]
        public static partial void Confirmed(ILogger log, SiteId site, string first, string second);
    }
}
