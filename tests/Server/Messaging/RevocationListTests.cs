using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract;
using BorderInfo.Server.Messaging.Certificates;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Messaging;

public sealed class RevocationListTests
{
    [Fact]
    public async Task Sites_revoked_at_the_same_time_are_all_on_the_list()
    {
        using var server = new ServerUnderTest();
        var certificates = server.Services.GetRequiredService<SiteCertificates>();
        SiteId[] sites = [.. Enumerable.Range(1, 12).Select(n => SiteId.Parse($"LC-{n:0000}"))];
        byte[][] serials = [.. sites.Select(s => Serial(certificates, s))];

        await Task.WhenAll([.. sites.Select(s => Task.Run(() => certificates.Revoke(s, default))), .. sites.Select(_ => Task.Run(certificates.WriteRevocationList))]);

        var file = server.Services.GetRequiredService<ServerCertificates>().FileOf("device.crl");
        var list = CertificateRevocationListBuilder.LoadPem(await File.ReadAllTextAsync(file), out _);
        Assert.All(serials, s => Assert.True(list.RemoveEntry(s)));
    }

    private static byte[] Serial(SiteCertificates certificates, SiteId site)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        using var issued = X509Certificate2.CreateFromPem(((ISiteCertificates)certificates).Issue(site, csr).Value);
        return Convert.FromHexString(issued.SerialNumber);
    }
}
