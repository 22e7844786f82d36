using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace BorderInfo.Tests.Spine.Figures;

/// <summary>What the machine itself allows, measured in the same run: the figures cannot be better than these.</summary>
internal static class Limits
{
    /// <summary>Milliseconds from the order to a running mpv until the picture stands on its display.</summary>
    public static async Task<List<double>> MpvAlone(Gate gate)
    {
        string[] colours = ["#aa2233", "#2233aa"];
        foreach (var colour in colours)
            await Pixels.Make("convert", "-size", "320x320", "xc:" + colour, Path.Combine(gate.Room, colour.TrimStart('#') + ".png"));
        using var screen = new Screen("320x320", Path.Combine(gate.Room, "alone"));
        await Eventually.True(() => screen.Ready, "a display");
        var socket = Path.Combine(gate.Room, "mpv");
        using var mpv = new Running("mpv", new Dictionary<string, string> { ["DISPLAY"] = screen.Display }, "--no-config", "--idle=yes", "--force-window=yes", "--vo=x11", "--no-border", "--geometry=320x320+0+0", "--image-display-duration=inf", "--osc=no", "--osd-level=0", "--input-ipc-server=" + socket);
        await Eventually.True(() => File.Exists(socket), "mpv's socket");
        using var line = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await line.ConnectAsync(new UnixDomainSocketEndPoint(socket));
        var times = new List<double>();
        for (var round = 0; round < 21; round++)
        {
            var colour = colours[round % 2];
            var began = Stopwatch.GetTimestamp();
            var order = $$"""{"command": ["loadfile", "{{Path.Combine(gate.Room, colour.TrimStart('#') + ".png")}}"]}""";
            await line.SendAsync(System.Text.Encoding.UTF8.GetBytes(order + "\n"));
            await Eventually.True(() => Pixels.Mean(screen.Region(0, 0, 320, 320, 10)) is var (r, _, b) && (round % 2 == 0 ? r - b : b - r) > 80, "mpv shows it", 20, everyMs: 2);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        // The first one opens the window.
        return times[1..];
    }

    /// <summary>Milliseconds to fetch a file from the agents' door with the site's certificate, a new connection each time, nothing written.</summary>
    public static async Task<List<double>> Download(Gate gate, string hash, int times)
    {
        var identity = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(gate.Site, "identity.json")))!;
        var key = await File.ReadAllTextAsync(Path.Combine(gate.Site, "site.key.pem"));
        using var certificate = X509Certificate2.CreateFromPem(identity["certificatePem"]!.GetValue<string>(), key);
        var took = new List<double>();
        for (var round = 0; round < times; round++)
        {
            var began = Stopwatch.GetTimestamp();
            using var handler = new SocketsHttpHandler { SslOptions = { ClientCertificates = [certificate], RemoteCertificateValidationCallback = (_, _, _, _) => true } };
            using var http = new HttpClient(handler);
            _ = await http.GetByteArrayAsync(new Uri(new Uri(identity["server"]!.GetValue<string>()), $"/agent/v1/media/{hash}"));
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return took;
    }
}
