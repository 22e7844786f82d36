using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BorderInfo.Server.Messaging.Certificates;

/// <summary>The server's own keys and certificates, made at first start and renewed when a third of their life is left.</summary>
internal sealed class ServerCertificates
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(825);

    private readonly string folder;
    private readonly TimeProvider clock;

    public ServerCertificates(DataFolder data, MessagingOptions options, TimeProvider clock)
    {
        folder = data.Keys;
        this.clock = clock;
        Devices = new Authority(folder, "device-ca", "BorderInfo sites", clock);
        Server = new Authority(folder, "server-ca", "BorderInfo server", clock);
        Link = new Authority(folder, "link-ca", "BorderInfo link", clock);
        Door = Kept("door", Server, "borderinfo-server", true, ["localhost", "127.0.0.1", "::1", options.PublicHost]);
        LinkServer = Kept("link-server", Link, "borderinfo-broker", true, ["localhost", "127.0.0.1"]);
        LinkClient = Kept("link-client", Link, "server", false, []);
    }

    public Authority Devices { get; }

    public Authority Server { get; }

    public Authority Link { get; }

    /// <summary>For the HTTPS door of the agents and the broker's site listener.</summary>
    public X509Certificate2 Door { get; }

    /// <summary>For the broker's inner listener.</summary>
    public X509Certificate2 LinkServer { get; }

    /// <summary>What the server shows to the broker's inner listener.</summary>
    public X509Certificate2 LinkClient { get; }

    public string FileOf(string name) => Path.Combine(folder, name);

    private X509Certificate2 Kept(string name, Authority authority, string commonName, bool server, IReadOnlyList<string> hosts)
    {
        var certificateFile = FileOf(name + ".crt");
        var keyFile = FileOf(name + ".key");
        var now = clock.GetUtcNow();
        if (File.Exists(certificateFile) && File.Exists(keyFile))
        {
            var kept = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            if (kept.NotAfter - now > Life / 3 && hosts.All(h => kept.MatchesHostname(h, allowWildcards: false)))
                return kept;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = authority.Issue(commonName, new PublicKey(key), now.AddDays(-1), now + Life, server, hosts);
        PrivateFile.Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        PrivateFile.Write(certificateFile, made.ExportCertificatePem());
        return X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
    }
}
