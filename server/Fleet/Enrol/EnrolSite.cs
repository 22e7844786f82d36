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
/// <c>enrol.used-code</c>, <c>enrol.not-confirmed</c>; the last three only to who knows the code. Every refusal is counted at the site.
/// </remarks>
internal sealed partial class EnrolSite(
    BorderInfoDb db, Clusters clusters, KeepStanding keep, NewsDesk news, ISiteCertificates certificates, ISigner signer, IAuditTrail audit, EnrolPace pace, EventGaps gaps, IServiceProvider services,
    TimeProvider clock, ILogger<EnrolSite> log)
{
    /// <param name="address">Where the call came from, as <see cref="Platform.Machine.CallerAddress.Counted"/> tells it.</param>
    public async Task<Outcome<EnrolDone>> Handle(EnrolAsk ask, string address, CancellationToken stop)
    {
        if (!IsRequest(ask.CsrPem))
            return await Refuse(ask.Site, new Refusal("enrol.bad-request", "CSR"), stop);
        if (!(await Claim(ask, address, stop)).Is(out var claimed, out var why))
            return await Refuse(ask.Site, why, stop);

        if (claimed.Replaces)
            await certificates.Revoke(ask.Site, stop);
        if (!certificates.Issue(ask.Site, ask.CsrPem).Is(out var pem, out why))
        {
            await db.Set<EnrolCodeRow>().Where(c => c.Id == claimed.Code).ExecuteUpdateAsync(u => u.SetProperty(c => c.UsedAt, (DateTimeOffset?)null), stop);
            return await Refuse(ask.Site, why, stop);
        }

        var ends = await Ends(ask.Site, stop);
        await Keep(ask, pem, claimed, ends, stop);
        return new EnrolDone
        {
            Site = ask.Site,
            CertificatePem = pem,
            AuthorityPem = certificates.AuthorityPem,
            PlanKeys = signer.Keys,
            Brokers = certificates.Brokers,
            Utc = clock.GetUtcNow(),
            LastPlaySeq = ends.Play,
            LastEventSeq = ends.Event,
            LastBoot = ends.Boot,
        };
    }

    /// <summary>Pure. The newest code counts; null = none was made.</summary>
    /// <param name="replaces">The site had a computer before: a second person must have confirmed.</param>
    /// <param name="misses">Wrong tries of this address at this code.</param>
    internal static Refusal? Decide(EnrolCodeRow? code, string typed, bool replaces, int misses, DateTimeOffset now)
    {
        if (code is null || !EnrolCode.Begins(code, typed))
            return new Refusal("enrol.wrong-code");
        if (code.Tries >= EnrolCode.MostTries || misses >= EnrolCode.MostTriesFromOne)
            return new Refusal("enrol.too-many-tries");
        if (!EnrolCode.Fits(code, typed))
            return new Refusal("enrol.wrong-code");
        if (code.UsedAt is not null)
            return new Refusal("enrol.used-code");
        if (now >= code.ExpiresAt)
            return new Refusal("enrol.expired-code");
        return replaces && code.ConfirmedAt is null ? new Refusal("enrol.not-confirmed") : null;
    }

    /// <summary>Checks and marks the code used in one write transaction, so that it opens the door once.</summary>
    private async Task<Outcome<Claimed>> Claim(EnrolAsk ask, string address, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var site = await db.Set<SiteRow>().AsNoTracking().SingleOrDefaultAsync(s => s.Site == ask.Site.Value, stop);
        var code = await db.Set<EnrolCodeRow>().Where(c => c.Site == ask.Site.Value).OrderByDescending(c => c.Id).FirstOrDefaultAsync(stop);
        var why = Decide(site is null ? null : code, ask.Code, site?.EnrolledAt is not null, code is null ? 0 : pace.Misses(address, code.Id), clock.GetUtcNow());
        if (why?.Code == "enrol.wrong-code" && code is not null && EnrolCode.Begins(code, ask.Code))
        {
            code.Tries++;
            pace.Missed(address, code.Id);
        }

        if (why is null)
            code!.UsedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
        return why is null ? new Claimed(code!.Id, code.ConfirmedBy is { } second ? $"{code.MadeBy}, confirmed by {second}" : code.MadeBy, site!.EnrolledAt is not null) : why;
    }

    /// <summary>The last numbers that the server has of the site, so that a computer with an empty disk goes on counting and nothing of two computers has one number.</summary>
    private async Task<JournalEnds> Ends(SiteId site, CancellationToken stop)
    {
        var events = db.Set<SiteEventRow>().Where(e => e.Site == site.Value);
        var last = await events.MaxAsync(e => (long?)e.Seq, stop) ?? 0;
        var boot = Math.Max(await events.MaxAsync(e => (long?)e.Boot, stop) ?? 0, await db.Set<SiteRow>().Where(s => s.Site == site.Value).Select(s => s.Boot).SingleAsync(stop));
        var plays = services.GetService<ILastPlay>() is { } journal ? await journal.Of(site, stop) : default;
        return new(plays.Seq, last, Math.Max(boot, plays.Boot));
    }

    private async Task Keep(EnrolAsk ask, string pem, Claimed claimed, JournalEnds ends, CancellationToken stop)
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
            gaps.Acknowledge(ask.Site, row.Installation, ends.Event, [], ends.Event + 1, (_, _) => { });
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

    private readonly record struct JournalEnds(long Play, long Event, long Boot);

    private sealed record Claimed(long Code, string By, bool Replaces);

    private static partial class Log
    {
        [LoggerMessage(1411, LogLevel.Information, "{Site} enrolled with certificate {Serial}, replaces a computer: {Replaces}")]
        public static partial void Enrolled(ILogger log, SiteId site, string serial, bool replaces);

        [LoggerMessage(1412, LogLevel.Warning, "Enrolment of {Site} refused: {Code}")]
        public static partial void Refused(ILogger log, SiteId site, string code);
    }
}
