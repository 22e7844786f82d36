using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>The server's HTTPS door as far as an agent needs it: media with ranges, pictures, enrolment. One request a connection. With knobs for bad lines and bad servers.</summary>
public sealed class MediaServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Authority authority;
    private readonly Task accepting;

    public MediaServer(Authority authority)
    {
        this.authority = authority;
        listener.Start();
        accepting = Accept();
    }

    public Uri Address => new($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>Path and Range header of every GET.</summary>
    public ConcurrentQueue<(string Path, string? Range)> Gets { get; } = new();

    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)> Puts { get; } = new();

    /// <summary>Subject of the client certificates seen.</summary>
    public ConcurrentQueue<string?> Clients { get; } = new();

    /// <summary>Close the connection after so many bytes of a body; null = never.</summary>
    public int? CutAfter { get; set; }

    public bool IgnoreRanges { get; set; }

    public bool Down { get; set; }

    public Func<EnrolAsk, object>? Enrol { get; set; }

    /// <summary>A <see cref="RenewDone"/> or an <see cref="AgentRefusal"/>.</summary>
    public Func<RenewAsk, object>? Renew { get; set; }

    /// <summary>Serial number of the certificate with which each renewal was asked for, and of the one that was told to be in use.</summary>
    public ConcurrentQueue<string> RenewedFrom { get; } = new();

    public ConcurrentQueue<string> InUse { get; } = new();

    public MediaHash Put(byte[] bytes)
    {
        var hash = MediaHash.Of(bytes);
        Files[hash.Value] = bytes;
        return hash;
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token);
            _ = Serve(client);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        if (Down)
            return;
        try
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = SslStreamCertificateContext.Create(authority.Server, [authority.Certificate], offline: true),
                    ClientCertificateRequired = true,
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                },
                stop.Token);
            Clients.Enqueue(tls.RemoteCertificate?.Subject);
            await Answer(tls, tls.RemoteCertificate?.GetSerialNumberString() ?? "");
        }
        catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException)
        {
            return;
        }
    }

    private async Task Answer(SslStream tls, string serial)
    {
        var (line, headers, body) = await Read(tls);
        var words = line.Split(' ');
        if (words[0] == "PUT")
        {
            Puts.Enqueue((words[1], headers, body));
            await Send(tls, "204 No Content", []);
        }
        else if (words[1] == "/agent/v1/renewed")
        {
            InUse.Enqueue(serial);
            await Send(tls, "204 No Content", []);
        }
        else if (words[1] == "/agent/v1/renew" && Renew is not null)
        {
            RenewedFrom.Enqueue(serial);
            var answer = Renew(JsonSerializer.Deserialize(body, ContractJson.Wire.RenewAsk)!);
            await Send(tls, answer is RenewDone ? "200 OK" : "429 Too Many Requests", answer is RenewDone renewed
                ? JsonSerializer.SerializeToUtf8Bytes(renewed, ContractJson.Wire.RenewDone)
                : JsonSerializer.SerializeToUtf8Bytes((AgentRefusal)answer, ContractJson.Wire.AgentRefusal));
        }
        else if (words[0] == "POST" && Enrol is not null)
        {
            var answer = Enrol(JsonSerializer.Deserialize(body, ContractJson.Wire.EnrolAsk)!);
            var done = answer as EnrolDone;
            await Send(tls, done is null ? "403 Forbidden" : "200 OK", done is null
                ? JsonSerializer.SerializeToUtf8Bytes((AgentRefusal)answer, ContractJson.Wire.AgentRefusal)
                : JsonSerializer.SerializeToUtf8Bytes(done, ContractJson.Wire.EnrolDone));
        }
        else
        {
            var range = headers.GetValueOrDefault("range");
            Gets.Enqueue((words[1], range));
            await SendFile(tls, words[1].Split('/')[^1], range);
        }
    }

    private async Task SendFile(SslStream tls, string name, string? range)
    {
        if (!Files.TryGetValue(name, out var bytes))
        {
            await Send(tls, "404 Not Found", []);
            return;
        }

        var from = range is null || IgnoreRanges ? 0 : int.Parse(range["bytes=".Length..].TrimEnd('-'));
        var extra = from == 0 ? "" : $"Content-Range: bytes {from}-{bytes.Length - 1}/{bytes.Length}\r\n";
        await Send(tls, from == 0 ? "200 OK" : "206 Partial Content", bytes[from..], extra, CutAfter);
    }

    private static async Task Send(SslStream tls, string status, byte[] body, string extra = "", int? cutAfter = null)
    {
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{extra}Connection: close\r\n\r\n"));
        await tls.WriteAsync(cutAfter < body.Length ? body.AsMemory(0, cutAfter.Value) : body);
        await tls.FlushAsync();
    }

    private static async Task<(string Line, Dictionary<string, string> Headers, byte[] Body)> Read(SslStream tls)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await tls.ReadAsync(one) == 0)
                throw new IOException("ended in the head");
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0].Trim().ToLowerInvariant(), p => p[1].Trim());
        var body = new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"))];
        await tls.ReadExactlyAsync(body);
        return (lines[0], headers, body);
    }
}
