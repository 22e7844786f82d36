using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace BorderInfo.Agent.Time;

/// <summary>
/// TLS to the server and the broker: our authority only, our certificate shown, and the chain judged at a time that a dead clock battery cannot spoil.
/// </summary>
/// <remarks>
/// Judged at the latest of: the site's time, the floor, the certificate's own NotBefore. So a certificate is refused for its age only when it ended before the floor,
/// and a certificate issued while the site was off is accepted. The name must match; revocation is the server's business (short list of brokers, own authority).
/// </remarks>
public sealed class TlsTrust(SiteClock clock, X509Certificate2 own, X509Certificate2Collection authorities)
{
    private volatile Shown shown = new(own, SslStreamCertificateContext.Create(own, authorities, offline: true));

    /// <summary>The certificate that the next connection shows.</summary>
    public X509Certificate2 Own => shown.Certificate;

    /// <summary>After a renewal: connections that are open go on with the one before.</summary>
    public void Use(X509Certificate2 renewed) => shown = new(renewed, SslStreamCertificateContext.Create(renewed, authorities, offline: true));

    public SslClientAuthenticationOptions For(string host) => new()
    {
        TargetHost = host,
        ClientCertificateContext = shown.Context,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => certificate is not null && Judge(new X509Certificate2(certificate), chain, errors),
    };

    /// <summary>True when the certificate leads to one of our authorities at the judged time and bears the right name.</summary>
    internal bool Judge(X509Certificate2 leaf, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = JudgedAt(leaf);
        return chain.Build(leaf);
    }

    private sealed record Shown(X509Certificate2 Certificate, SslStreamCertificateContext Context);

    private DateTime JudgedAt(X509Certificate2 leaf)
    {
        var at = clock.Now > clock.Floor ? clock.Now : clock.Floor;
        var begins = new DateTimeOffset(leaf.NotBefore.ToUniversalTime(), TimeSpan.Zero);
        return (begins > at ? begins : at).UtcDateTime;
    }
}
