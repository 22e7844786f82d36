using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BorderInfo.Contract;
using BorderInfo.Mqtt;
using BorderInfo.Server.Messaging;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BorderInfo.Tests.Server.Messaging;

/// <summary>The server with its real Mosquitto on free ports, and sites with real certificates.</summary>
public sealed class BrokerUnderTest : IAsyncLifetime
{
    private readonly ServerUnderTest server = new();

    public WebApplicationFactory<Program> Host { get; private set; } = null!;

    public HeardUplinks Heard { get; } = new();

    /// <summary>What the server logs.</summary>
    public Lines Lines { get; } = new();

    public int BrokerPort { get; } = FreePort();

    public ISiteCertificates Certificates => Host.Services.GetRequiredService<ISiteCertificates>();

    public async Task InitializeAsync()
    {
        Host = server.WithWebHostBuilder(web =>
        {
            web.UseSetting("broker", "own");
            web.UseSetting("brokerPort", BrokerPort.ToString());
            web.UseSetting("linkPort", FreePort().ToString());
            web.ConfigureTestServices(services =>
            {
                services.RemoveAll<IUplink>();
                services.AddSingleton<IUplink>(Heard);
                services.AddSingleton(TimeProvider.System);
                services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(Lines);
            });
        });
        _ = Host.Services;
        await Until(() => Host.Services.GetRequiredService<IDownlink>().Connected, "the server reaches its broker");
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await server.DisposeAsync();
    }

    public X509Certificate2 Certificate(string site)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=somebody-else", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        using var issued = X509Certificate2.CreateFromPem(Certificates.Issue(SiteId.Parse(site), csr).Value);
        return issued.CopyWithPrivateKey(key);
    }

    public MqttOptions OptionsFor(X509Certificate2 certificate, string clientId)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(X509Certificate2.CreateFromPem(Certificates.AuthorityPem));
        return new()
        {
            Port = BrokerPort,
            ClientId = clientId,
            Tls = new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                CertificateChainPolicy = trust,
                ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
            },
        };
    }

    /// <summary>A connected site with everything it receives.</summary>
    public async Task<(ManagedMqttLink Link, List<MqttMessage> Got)> Site(string site, string? clientId = null, X509Certificate2? certificate = null)
    {
        var got = new List<MqttMessage>();
        var link = new ManagedMqttLink
        {
            OnMessage = m =>
            {
                lock (got)
                    got.Add(m with { Payload = m.Payload.ToArray() });
                return ValueTask.CompletedTask;
            },
        };
        await link.ConnectAsync(OptionsFor(certificate ?? Certificate(site), clientId ?? site));
        return (link, got);
    }

    public static async Task Until(Func<bool> happened, string what)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!happened())
        {
            Assert.True(DateTime.UtcNow < deadline, $"not within 20 s: {what}");
            await Task.Delay(20);
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Writes down the health uplinks that reached the server.</summary>
public sealed class HeardUplinks : IUplink
{
    private readonly List<(SiteId Site, string Text)> heard = [];

    public string Word => "health";

    public IReadOnlyList<(SiteId Site, string Text)> All
    {
        get
        {
            lock (heard)
                return [.. heard];
        }
    }

    public Task Take(SiteId site, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        lock (heard)
            heard.Add((site, System.Text.Encoding.UTF8.GetString(payload.Span)));
        return Task.CompletedTask;
    }
}
