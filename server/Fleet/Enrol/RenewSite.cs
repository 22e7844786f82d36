using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>The computer of a site shows its certificate, which is in its second half or ended, and gets a new one for a new key. Nobody is asked: it is the same computer.</summary>
/// <remarks>
/// The old certificate goes on until the site says that the new one works (<see cref="Used"/>), since the answer may be lost on the way.
/// Refuses with <c>enrol.bad-request</c>, <c>renew.too-early</c>, <c>renew.slow-down</c> (six certificates within a day),
/// <c>renew.revoked</c> (since the door let it in).
/// </remarks>
internal sealed partial class RenewSite(BorderInfoDb db, ISiteCertificates certificates, ISigner signer, IAuditTrail audit, TimeProvider clock, ILogger<RenewSite> log)
{
    public const int MostPerDay = 6;

    public async Task<Outcome<RenewDone>> Handle(SiteId site, X509Certificate2 shown, RenewAsk ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (Decide(shown.NotBefore.ToUniversalTime(), shown.NotAfter.ToUniversalTime(), now.UtcDateTime) is { } early)
            return Refuse(site, early);
        if (!(await certificates.Renew(site, shown, ask.CsrPem, MostPerDay, stop)).Is(out var pem, out var why))
            return Refuse(site, why);
        using var made = X509Certificate2.CreateFromPem(pem);
        // Begins with the write lock: of two at once neither forgets the other's serial.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.Set<SiteRow>().FindAsync([site.Value], stop) is { } row)
            row.Certificates = [.. row.Certificates, made.SerialNumber];
        audit.Note(db, Actor.System, "site.renew", site.Value, $"certificate {made.SerialNumber} after {shown.SerialNumber}");
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        Log.Renewed(log, site, made.SerialNumber, shown.SerialNumber);
        return new RenewDone { CertificatePem = pem, AuthorityPem = certificates.AuthorityPem, PlanKeys = signer.Keys, Brokers = certificates.Brokers, Utc = now };
    }

    /// <summary>The site is connected with this certificate: the ones before it open nothing any more, a copy of an old disk included.</summary>
    public Task Used(SiteId site, X509Certificate2 shown, CancellationToken stop) => certificates.RetireBefore(site, shown, stop);

    /// <summary>Pure.</summary>
    internal static Refusal? Decide(DateTime begins, DateTime ends, DateTime now) => now < begins + (ends - begins) / 2 ? new Refusal("renew.too-early") : null;

    private Refusal Refuse(SiteId site, Refusal why)
    {
        Log.Refused(log, site, why.Code);
        return why;
    }

    private static partial class Log
    {
        [LoggerMessage(1415, LogLevel.Information, "{Site} renewed its certificate: {Serial} after {Old}")]
        public static partial void Renewed(ILogger log, SiteId site, string serial, string old);

        [LoggerMessage(1416, LogLevel.Warning, "Renewal of {Site} refused: {Code}")]
        public static partial void Refused(ILogger log, SiteId site, string code);
    }
}
