using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Enrol;

/// <summary>A computer presents the code of its site and gets a certificate; a computer before it loses its own.</summary>
/// <remarks>
/// Refuses with <c>enrol.bad-request</c>, <c>enrol.wrong-code</c> (also for a site that is not known), <c>enrol.too-many-tries</c>, <c>enrol.expired-code</c>,
/// <c>enrol.used-code</c>; the last two only to who knows the code. Every refusal is counted at the site.
/// </remarks>
internal sealed partial class EnrolSite(
    BorderInfoDb db, Clusters clusters, KeepStanding keep, NewsDesk news, ISiteCertificates certificates, ISigner signer, IAuditTrail audit, TimeProvider clock, ILogger<EnrolSite> log)
{
    public async Task<Outcome<EnrolDone>> Handle(EnrolAsk ask, CancellationToken stop)
    {
        if (!IsRequest(ask.CsrPem))
            return await Refuse(ask.Site, new Refusal("enrol.bad-request", "CSR"), stop);
        if (!(await Claim(ask, stop)).Is(out var claimed, out var why))
            return await Refuse(ask.Site, why, stop);

        if (claimed.Replaces)
            await certificates.Revoke(ask.Site, stop);
        if (!certificates.Issue(ask.Site, ask.CsrPem).Is(out var pem, out why))
        {
            await db.Set<EnrolCodeRow>().Where(c => c.Id == claimed.Code).ExecuteUpdateAsync(u => u.SetProperty(c => c.UsedAt, (DateTimeOffset?)null), stop);
            return await Refuse(ask.Site, why, stop);
        }

        await Keep(ask, pem, claimed, stop);
        return new EnrolDone
        {
            Site = ask.Site,
            CertificatePem = pem,
            AuthorityPem = certificates.AuthorityPem,
            PlanKeys = signer.Keys,
            Brokers = certificates.Brokers,
            Utc = clock.GetUtcNow(),
        };
    }

    /// <summary>Pure. The newest code counts; null = none was made.</summary>
    internal static Refusal? Decide(EnrolCodeRow? code, string typed, DateTimeOffset now)
    {
        if (code is null)
            return new Refusal("enrol.wrong-code");
        if (code.Tries >= EnrolCode.MostTries)
            return new Refusal("enrol.too-many-tries");
        if (!EnrolCode.Fits(code, typed))
            return new Refusal("enrol.wrong-code");
        if (code.UsedAt is not null)
            return new Refusal("enrol.used-code");
        return now >= code.ExpiresAt ? new Refusal("enrol.expired-code") : null;
    }

    /// <summary>Checks and marks the code used in one write transaction, so that it opens the door once.</summary>
    private async Task<Outcome<Claimed>> Claim(EnrolAsk ask, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var site = await db.Set<SiteRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Site == ask.Site.Value, stop);
        var code = await db.Set<EnrolCodeRow>().Where(c => c.Site == ask.Site.Value).OrderByDescending(c => c.Id).FirstOrDefaultAsync(stop);
        var why = Decide(site is null ? null : code, ask.Code, clock.GetUtcNow());
        if (why?.Code == "enrol.wrong-code" && code is not null)
            code.Tries++;
        if (why is null)
            code!.UsedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
        return why is null ? new Claimed(code!.Id, code.MadeBy, site!.HasLiveCertificate) : why;
    }

    private async Task Keep(EnrolAsk ask, string pem, Claimed claimed, CancellationToken stop)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        var serial = certificate.SerialNumber;
        await keep.Change(ask.Site, (known, now) => StandingRules.Judge(new SiteMemory(known.Site)
        {
            EnrolledAt = now,
            AgentVersion = Short(ask.AgentVersion),
            Standing = known.Standing,
            Since = known.Since,
            Visible = known.Visible,
        }, now), stop, async after =>
        {
            var row = (await db.Set<SiteRow>().FindAsync([ask.Site.Value], stop))!;
            row.EnrolledAt = after.EnrolledAt;
            row.Revoked = false;
            row.Installation++;
            row.Certificates = [.. row.Certificates, serial];
            audit.Note(db, Actor.System, "site.enrol", ask.Site.Value, $"certificate {serial}, code of {claimed.By}");
            await news.Tell(new SiteEnrolled(ask.Site, row.Installation), db, stop);
        });
        Log.Enrolled(log, ask.Site, serial, claimed.Replaces);
    }

    private async Task<Refusal> Refuse(SiteId site, Refusal why, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        Log.Refused(log, site, why.Code);
        if (clusters.BySite(site) is not null)
        {
            await db.Set<SiteRow>().Where(s => s.Site == site.Value).ExecuteUpdateAsync(
                u => u.SetProperty(s => s.RefusedEnrolments, s => s.RefusedEnrolments + 1).SetProperty(s => s.LastRefusedEnrolment, (DateTimeOffset?)now), stop);
        }

        return why;
    }

    /// <summary>A certificate request whose signature proves the key; its subject is not looked at.</summary>
    private static bool IsRequest(string pem)
    {
        try
        {
            CertificateRequest.LoadSigningRequestPem(pem, HashAlgorithmName.SHA256);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or FormatException or NotSupportedException or System.Formats.Asn1.AsnContentException)
        {
            return false;
        }
    }

    private static string Short(string? text) => text is null ? "" : text[..Math.Min(text.Length, 40)];

    private sealed record Claimed(long Code, string By, bool Replaces);

    private static partial class Log
    {
        [LoggerMessage(1411, LogLevel.Information, "{Site} enrolled with certificate {Serial}, replaces a computer: {Replaces}")]
        public static partial void Enrolled(ILogger log, SiteId site, string serial, bool replaces);

        [LoggerMessage(1412, LogLevel.Warning, "Enrolment of {Site} refused: {Code}")]
        public static partial void Refused(ILogger log, SiteId site, string code);
    }
}
