using System.Security.Cryptography;
using System.Text.Json;
using BorderInfo.Agent.Link;
using BorderInfo.Agent.Service;
using BorderInfo.Agent.Settings;
using BorderInfo.Agent.Store;
using BorderInfo.Agent.Time;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using Microsoft.Extensions.Logging;

namespace BorderInfo.Agent.Enrol;

/// <summary>
/// The site's certificate renews itself when a third of its life is left, with a new key made here; playing notices nothing.
/// </summary>
/// <remarks>
/// The new key is on the disk before the server is asked to use it, and key and certificate change in one rename, so a power cut anywhere leaves a pair that fits.
/// Once a broker has taken the new certificate, the server is told and revokes the ones before. A certificate that has ended is shown to the renewal door all the same;
/// after a year, or when it was revoked, a person has to enrol the site again.
/// Where the clock cannot be believed, an hour without a link is reason enough to ask; the server says if it is too early.
/// </remarks>
public sealed partial class RenewLoop(DataFolder folder, SiteIdentity identity, SiteClock clock, TlsTrust trust, ServerDoor door, LinkLoop link, ILogger<RenewLoop> log)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LinkMissed = TimeSpan.FromHours(1);

    private long welcomesBefore;
    private long upAt = clock.Stamp;
    private long lastTry;
    private TimeSpan pause;
    private bool told;

    public async Task Run(Action good, CancellationToken stop)
    {
        DropOtherKeys();
        while (true)
        {
            if (link.IsUp)
                upAt = clock.Stamp;
            if (!told && link.IsUp && link.Welcomes > welcomesBefore)
                told = await door.TellRenewed(stop);
            if (clock.Between(lastTry, clock.Stamp) >= pause && Due(clock.Now, clock.Trust, clock.Between(upAt, clock.Stamp)))
                await Renew(stop);
            good();
            await Task.Delay(LookEvery, clock.Time, stop);
        }
    }

    /// <summary>0 to 1, by the site's name and certificate: sites that failed together do not come again together.</summary>
    private double Share => SHA256.HashData(trust.Own.RawData)[0] / 255.0;

    /// <summary>A third of the life is left, or the site may be shut out without knowing the time.</summary>
    private bool Due(DateTimeOffset now, ClockTrust trusted, TimeSpan withoutLink)
    {
        DateTimeOffset begins = trust.Own.NotBefore.ToUniversalTime(), ends = trust.Own.NotAfter.ToUniversalTime();
        return now >= ends - (ends - begins) / 3 || (trusted != ClockTrust.Confirmed && withoutLink >= LinkMissed);
    }

    private async Task Renew(CancellationToken stop)
    {
        lastTry = clock.Stamp;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var outcome = await door.Renew(new RenewAsk(EnrolSite.CsrFor(identity.Site, key), AgentVersion.Text), stop);
        if (outcome is not { } answer || !answer.Is(out var done, out var why))
        {
            // Spread over the sites; what the server refuses it will refuse for hours.
            pause = TimeSpan.FromMinutes(outcome is null ? 5 + 10 * Share : 360 + 360 * Share);
            if (outcome?.Why is { } refused)
                Log.Refused(log, identity.Site, refused.Code);
            return;
        }

        pause = TimeSpan.FromMinutes(10);
        if (!EnrolSite.Fits(done.CertificatePem, key))
        {
            Log.Refused(log, identity.Site, "the certificate is not for this key");
            return;
        }

        try
        {
            Keep(done, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Log.NotKept(log, identity.Site, e.Message);
            return;
        }

        trust.Use(SiteIdentity.WithKey(done.CertificatePem, key.ExportPkcs8PrivateKeyPem()));
        (welcomesBefore, told) = (link.Welcomes, false);
        Log.Renewed(log, identity.Site, trust.Own.SerialNumber, trust.Own.NotAfter.ToUniversalTime());
        await link.Reconnect(stop);
    }

    private void Keep(RenewDone done, ECDsa key)
    {
        var name = $"site-{Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16]}.key.pem";
        Durable.Write(folder.RenewedKey(name), System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var file = SiteIdentityFile.Read(folder) with
        {
            CertificatePem = done.CertificatePem,
            AuthorityPem = done.AuthorityPem,
            PlanKeys = done.PlanKeys,
            Brokers = done.Brokers,
            KeyFile = name,
        };
        Durable.Write(folder.Identity, JsonSerializer.SerializeToUtf8Bytes(file, AgentJson.Default.SiteIdentityFile));
    }

    /// <summary>Keys of certificates that are no longer in use, and of renewals that a power cut interrupted.</summary>
    private void DropOtherKeys()
    {
        try
        {
            var mine = SiteIdentityFile.Read(folder).KeyPath(folder);
            foreach (var other in Directory.GetFiles(folder.Root, "site*.key.pem").Where(f => f != mine))
                File.Delete(other);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            Log.NotKept(log, identity.Site, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4211, LogLevel.Information, "{Site}: certificate renewed, {Serial}, until {Until:O}")]
        public static partial void Renewed(ILogger log, SiteId site, string serial, DateTime until);

        [LoggerMessage(4212, LogLevel.Warning, "{Site}: certificate not renewed: {Why}")]
        public static partial void Refused(ILogger log, SiteId site, string why);

        [LoggerMessage(4213, LogLevel.Error, "{Site}: the renewed certificate cannot be kept: {Why}")]
        public static partial void NotKept(ILogger log, SiteId site, string why);
    }
}
