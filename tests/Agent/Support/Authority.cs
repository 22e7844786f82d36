using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>A certificate authority of the test, with a server certificate for 127.0.0.1 and localhost.</summary>
public sealed class Authority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Authority(DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        (From, Until) = (from ?? DateTimeOffset.UtcNow.AddDays(-1), until ?? DateTimeOffset.UtcNow.AddDays(300));
        var ask = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        ask.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Certificate = ask.CreateSelfSigned(From.AddDays(-1), Until.AddDays(1));
        Server = Issue("CN=test-server", ECDsa.Create(ECCurve.NamedCurves.nistP256));
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset Until { get; }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2 Server { get; }

    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Server.RawData));

    public X509Certificate2 Issue(string subject, ECDsa subjectKey, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        using var bare = Issue(new CertificateRequest(subject, subjectKey, HashAlgorithmName.SHA256), from, until);
        return bare.CopyWithPrivateKey(subjectKey);
    }

    /// <summary>The subject is ours, whatever the request says.</summary>
    public X509Certificate2 IssueFor(SiteId site, string csrPem, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var asked = CertificateRequest.LoadSigningRequestPem(csrPem, HashAlgorithmName.SHA256);
        return Issue(new CertificateRequest(new X500DistinguishedName($"CN={site}"), asked.PublicKey, HashAlgorithmName.SHA256), from, until);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        Server.Dispose();
        key.Dispose();
    }

    private X509Certificate2 Issue(CertificateRequest ask, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        ask.CertificateExtensions.Add(names.Build());
        return ask.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), from ?? From, until ?? Until, RandomNumberGenerator.GetBytes(8));
    }
}
