using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>The real broker on a free port, plain or with certificates on both sides.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"bi-broker-{Guid.NewGuid():N}");
    private Process? process;

    public Mosquitto(Authority? tls = null, int? port = null)
    {
        Port = port ?? FreePort();
        Directory.CreateDirectory(folder);
        var lines = new List<string> { "per_listener_settings false", "max_packet_size 262144", $"listener {Port} 127.0.0.1", $"allow_anonymous {(tls is null ? "true" : "false")}" };
        if (tls is not null)
            lines.AddRange(WithCertificates(tls));
        File.WriteAllLines(Path.Combine(folder, "conf"), lines);
    }

    public int Port { get; }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async Task<Mosquitto> Start()
    {
        process = Process.Start(new ProcessStartInfo("mosquitto") { ArgumentList = { "-c", Path.Combine(folder, "conf") }, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await Eventually.True(IsListening, "mosquitto listens");
        return this;
    }

    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        process?.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private bool IsListening()
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private IEnumerable<string> WithCertificates(Authority tls)
    {
        File.WriteAllText(Path.Combine(folder, "ca.pem"), tls.Certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.pem"), tls.Server.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), tls.Server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllLines(Path.Combine(folder, "acl"), ["user server", "topic readwrite bi/#", "pattern read bi/v1/s/%u/dn/#", "pattern write bi/v1/s/%u/up/#"]);
        if (!OperatingSystem.IsWindows())
        {
            // As root the broker becomes another user before it reads them.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(Path.Combine(folder, "server.key"), (UnixFileMode)0b110_100_100);
        }

        return
        [
            $"cafile {folder}/ca.pem", $"certfile {folder}/server.pem", $"keyfile {folder}/server.key", "require_certificate true",
            "use_identity_as_username true", $"acl_file {folder}/acl",
        ];
    }
}
