using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BorderInfo.Server.Messaging.Certificates;

/// <summary>One certificate authority in two files, made at first use: <c>name.crt</c> and <c>name.key</c> (PKCS#8, owner only). ECDSA P-256.</summary>
/// <remarks>BorderInfo has three, so that none can stand in for another: <c>device-ca</c> (sites), <c>server-ca</c> (HTTPS door and broker), <c>link-ca</c> (the server's own way into the broker).</remarks>
internal sealed class Authority
{
    private readonly X509Certificate2 certificate;

    public Authority(string folder, string name, string commonName, TimeProvider clock)
    {
        CertificateFile = Path.Combine(folder, name + ".crt");
        var keyFile = Path.Combine(folder, name + ".key");
        if (!File.Exists(CertificateFile) || !File.Exists(keyFile))
            Make(commonName, keyFile, clock.GetUtcNow());
        certificate = X509Certificate2.CreateFromPemFile(CertificateFile, keyFile);
    }

    public string CertificateFile { get; }

    public X509Certificate2 Certificate => certificate;

    public string Pem => certificate.ExportCertificatePem();

    /// <summary>Signs a certificate for the public key with the wanted name, usage and life.</summary>
    public X509Certificate2 Issue(string commonName, PublicKey key, DateTimeOffset from, DateTimeOffset to, bool server, IReadOnlyList<string> hosts)
    {
        var request = new CertificateRequest(new X500DistinguishedName($"CN={commonName}"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], true));
        if (hosts.Count > 0)
            request.CertificateExtensions.Add(Names(hosts));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(certificate, true, false));
        var until = to < certificate.NotAfter ? to : certificate.NotAfter;
        return request.Create(certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(certificate.GetECDsaPrivateKey()!), from, until, RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>A revocation list over the serial numbers, good for 30 days; an expired one would lock out every site.</summary>
    public byte[] RevocationList(IEnumerable<byte[]> serials, long number, DateTimeOffset now)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var serial in serials)
            builder.AddEntry(serial, now);
        return builder.Build(certificate, number, now.AddDays(30), HashAlgorithmName.SHA256, thisUpdate: now.AddHours(-1));
    }

    private void Make(string commonName, string keyFile, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(20));
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(CertificateFile, made.ExportCertificatePem());
    }

    private static X509Extension Names(IReadOnlyList<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (System.Net.IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        return names.Build();
    }
}
