using BorderInfo.Contract.Messages;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Messaging.Public;

/// <summary>A slice that takes one kind of uplink. Called in order per site; when it returns, everything it must keep is committed.</summary>
public interface IUplink
{
    /// <summary><c>state</c>, <c>health</c>, <c>event</c>, <c>play</c> or <c>answer</c>. Several slices may take the same word.</summary>
    string Word { get; }

    /// <param name="payload">JSON of the contract, not yet read; refuse by logging and counting, not by throwing.</param>
    Task Take(SiteId site, ReadOnlyMemory<byte> payload, CancellationToken stop);
}

/// <summary>Messages to sites.</summary>
public interface IDownlink
{
    /// <summary>Adds an outbox row to the caller's unit of work; it is sent after the commit, again after a broker loss, and replaced by a newer row of the same topic when retained.</summary>
    /// <param name="about">For the log line when it is sent, at most 60 characters: the number of a plan.</param>
    void Enqueue(BorderInfoDb db, string topic, byte[] payload, bool retain, TimeSpan? expiry = null, string? about = null);

    /// <summary>Sends at once if the broker is there, else drops: acknowledgements and pulses, which the agent asks for again.</summary>
    Task SendNow(string topic, byte[] payload, TimeSpan expiry, CancellationToken stop);

    bool Connected { get; }
}

/// <summary>The server's online signing key: plans, commands, pulses.</summary>
public interface ISigner
{
    byte[] Seal(string type, byte[] payload);

    IReadOnlyList<TrustedKey> Keys { get; }
}

/// <summary>The authority for site certificates.</summary>
public interface ISiteCertificates
{
    /// <summary>A certificate for the site from a PKCS#10 request; the subject in the request is ignored, CN = site id. Refuses with <c>enrol.bad-request</c>.</summary>
    Outcome<string> Issue(SiteId site, string csrPem);

    /// <summary>Revokes all certificates of the site, tells the broker and cuts the live connection.</summary>
    Task Revoke(SiteId site, CancellationToken stop);

    /// <summary>True for a certificate issued by us, in time and not revoked; the site from its CN.</summary>
    bool Recognises(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, out SiteId site);

    /// <summary>True for a certificate issued by us and not revoked that is in time or ended less than a year ago: it may be renewed, and nothing else.</summary>
    bool MayRenew(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, out SiteId site);

    /// <summary>As <see cref="Issue"/>, for a site that shows a certificate of its own; judged and issued under the write lock, so that nothing is issued after a revocation.</summary>
    /// <param name="mostPerDay">Certificates of the site within 24 hours.</param>
    /// <remarks>Refuses also with <c>renew.revoked</c> and <c>renew.slow-down</c>.</remarks>
    Task<Outcome<string>> Renew(SiteId site, System.Security.Cryptography.X509Certificates.X509Certificate2 shown, string csrPem, int mostPerDay, CancellationToken stop);

    /// <summary>The site uses this certificate now: those it had before are revoked, its connection stays.</summary>
    Task RetireBefore(SiteId site, System.Security.Cryptography.X509Certificates.X509Certificate2 current, CancellationToken stop);

    string AuthorityPem { get; }

    /// <summary>Certificate of the HTTPS door for agents and of the broker's site listener.</summary>
    System.Security.Cryptography.X509Certificates.X509Certificate2 ServerCertificate { get; }

    /// <summary>SHA-256 of <see cref="ServerCertificate"/>, uppercase hexadecimal, printed beside an enrolment code.</summary>
    string ServerFingerprint { get; }

    /// <summary>Where sites reach the broker.</summary>
    IReadOnlyList<BrokerAddress> Brokers { get; }

    /// <summary>Where sites reach the HTTPS door, for example <c>https://127.0.0.1:8843</c>.</summary>
    string AgentDoor { get; }
}

/// <summary>Policy name that admits only a site's client certificate; the site id is the claim <c>bi:site</c>.</summary>
public static class SiteDoor
{
    public const string Policy = "site";

    /// <summary>Admits also a certificate that has ended, see <see cref="ISiteCertificates.MayRenew"/>.</summary>
    public const string RenewPolicy = "site-renew";
    public const string SiteClaim = "bi:site";
}
