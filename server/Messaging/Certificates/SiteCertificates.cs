using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Messaging.Broker;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Messaging.Certificates;

/// <summary>Issues, recognises and revokes the certificates of sites.</summary>
internal sealed class SiteCertificates : ISiteCertificates
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>A site that was off longer needs a person and a code.</summary>
    private static readonly TimeSpan RenewableAfterItsEnd = TimeSpan.FromDays(365);

    private readonly ServerCertificates certificates;
    private readonly IServiceScopeFactory scopes;
    private readonly BrokerProcess broker;
    private readonly MessagingOptions options;
    private readonly TimeProvider clock;
    private readonly Lazy<HashSet<string>> revoked;
    private readonly Lock writing = new();

    public SiteCertificates(ServerCertificates certificates, IServiceScopeFactory scopes, BrokerProcess broker, MessagingOptions options, TimeProvider clock)
    {
        this.certificates = certificates;
        this.scopes = scopes;
        this.broker = broker;
        this.options = options;
        this.clock = clock;
        revoked = new(RevokedSerials);
    }

    public string AuthorityPem => certificates.Server.Pem;

    public X509Certificate2 ServerCertificate => certificates.Door;

    public string ServerFingerprint => certificates.Door.GetCertHashString(HashAlgorithmName.SHA256);

    public IReadOnlyList<BrokerAddress> Brokers => [new(options.PublicHost, options.BrokerPort)];

    public string AgentDoor => string.Create(CultureInfo.InvariantCulture, $"https://{options.PublicHost}:{options.AgentPort}");

    public Outcome<string> Issue(SiteId site, string csrPem)
    {
        if (!Made(site, csrPem).Is(out var made, out var why))
            return why;
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        db.Add(made.Row);
        db.SaveChanges();
        return made.Pem;
    }

    public async Task<Outcome<string>> Renew(SiteId site, X509Certificate2 shown, string csrPem, int mostPerDay, CancellationToken stop)
    {
        if (!Made(site, csrPem).Is(out var made, out var why))
            return why;
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        var (own, serial, dayAgo) = (db.Set<IssuedCertificate>().Where(c => c.Site == site.Value), shown.SerialNumber, clock.GetUtcNow().AddDays(-1));
        // Begins with the write lock, as revoking does: whichever comes first, the other knows of it.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await own.AnyAsync(c => c.Serial == serial && c.RevokedAt == null, stop))
            return new Refusal("renew.revoked");
        if (await own.CountAsync(c => c.IssuedAt > dayAgo, stop) >= mostPerDay)
            return new Refusal("renew.slow-down");
        db.Add(made.Row);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return made.Pem;
    }

    /// <summary>Signed, and worth nothing to anybody before its row is written.</summary>
    private Outcome<(string Pem, IssuedCertificate Row)> Made(SiteId site, string csrPem)
    {
        CertificateRequest asked;
        try
        {
            asked = CertificateRequest.LoadSigningRequestPem(csrPem, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or AsnContentException)
        {
            return new Refusal("enrol.bad-request");
        }

        if (asked.PublicKey.Oid.Value != "1.2.840.10045.2.1")
            return new Refusal("enrol.bad-request");
        var now = clock.GetUtcNow();
        using var made = certificates.Devices.Issue(site.Value, asked.PublicKey, now.AddDays(-1), now + Life, server: false, hosts: []);
        return (made.ExportCertificatePem(), new IssuedCertificate { Site = site.Value, Serial = made.SerialNumber, IssuedAt = now, NotAfter = made.NotAfter.ToUniversalTime() });
    }

    public async Task Revoke(SiteId site, CancellationToken stop)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        foreach (var row in await db.Set<IssuedCertificate>().Where(c => c.Site == site.Value && c.RevokedAt == null).ToListAsync(stop))
        {
            row.RevokedAt = now;
            lock (revoked.Value)
                revoked.Value.Add(row.Serial);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        WriteRevocationList();
        await broker.RereadRevocations(site, stop);
    }

    public bool MayRenew(X509Certificate2 certificate, out SiteId site)
    {
        var (now, end) = (clock.GetUtcNow(), new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero));
        if (!Recognises(certificate, end < now ? end.AddSeconds(-1) : now, out site) || end + RenewableAfterItsEnd < now)
            return false;
        using var scope = scopes.CreateScope();
        var (name, serial) = (site.Value, certificate.SerialNumber);
        return scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<IssuedCertificate>().Any(c => c.Site == name && c.Serial == serial && c.RevokedAt == null);
    }

    public async Task RetireBefore(SiteId site, X509Certificate2 current, CancellationToken stop)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        var issued = await db.Set<IssuedCertificate>().Where(c => c.Site == site.Value).ToListAsync(stop);
        if (issued.Find(c => c.Serial == current.SerialNumber) is not { } now)
            return;
        foreach (var older in issued.Where(c => c.Id < now.Id && c.RevokedAt is null))
        {
            older.RevokedAt = clock.GetUtcNow();
            lock (revoked.Value)
                revoked.Value.Add(older.Serial);
        }

        if (await db.SaveChangesAsync(stop) == 0)
            return;
        WriteRevocationList();
        broker.Reread();
    }

    public bool Recognises(X509Certificate2 certificate, out SiteId site) => Recognises(certificate, clock.GetUtcNow(), out site);

    private bool Recognises(X509Certificate2 certificate, DateTimeOffset at, out SiteId site)
    {
        site = default;
        var name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        if (!SiteId.TryParse(name, out site))
            return false;
        lock (revoked.Value)
        {
            if (revoked.Value.Contains(certificate.SerialNumber))
                return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificates.Devices.Certificate);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        return chain.Build(certificate);
    }

    /// <summary>Writes the list the broker reads; called at start, daily and at each revocation, also at the same time.</summary>
    public void WriteRevocationList()
    {
        // From the snapshot to the move: else an older list could be laid over a newer one, and a site that was revoked would stay connected.
        lock (writing)
        {
            byte[][] serials;
            lock (revoked.Value)
                serials = [.. revoked.Value.Select(Convert.FromHexString)];
            var now = clock.GetUtcNow();
            var list = certificates.Devices.RevocationList(serials, now.ToUnixTimeSeconds(), now);
            var file = certificates.FileOf("device.crl");
            File.WriteAllText(file + ".new", PemEncoding.WriteString("X509 CRL", list));
            File.Move(file + ".new", file, overwrite: true);
        }
    }

    private HashSet<string> RevokedSerials()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        return [.. db.Set<IssuedCertificate>().Where(c => c.RevokedAt != null).Select(c => c.Serial)];
    }
}
