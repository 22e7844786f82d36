using System.Diagnostics;
using System.Globalization;

namespace BorderInfo.Tests.Spine;

/// <summary>The whole thing on this machine: the server with its broker, and the site PC of Hữu Nghị with two virtual screens, a virtual loudspeaker and a real agent.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private static readonly string Root = FindRoot();
    private static readonly string Build = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private readonly string folder = Directory.CreateTempSubdirectory("borderinfo-spine-").FullName;
    private readonly int port = FreePorts();
    private readonly List<Running> screens = [];
    private Running? sound;

    public Running? Server { get; private set; }

    public Running? Agent { get; private set; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    public string Samples => Path.Combine(Root, "content", "samples", "media");

    private string Site => Path.Combine(folder, "site");

    private string Socket => Path.Combine(folder, "native");

    public async Task StartServer()
    {
        Server = new(Path.Combine(Root, "server", "bin", Build, "net10.0", "borderinfo-server"), null, "--data", Path.Combine(folder, "server"), "--port", port.ToString(CultureInfo.InvariantCulture), "--sample", "true");
        using var http = new HttpClient();
        await Eventually.True(async () =>
        {
            Assert.True(Server.Alive, string.Join('\n', Server.Lines));
            try
            {
                return (await http.GetAsync(Address + "/healthz")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the server answers", 120);
    }

    /// <summary>The newest one-time link printed for a user.</summary>
    public string LinkOf(string user)
    {
        var lines = Server!.Lines;
        var at = lines.Select((l, i) => (l, i)).Last(l => l.l.Contains(user, StringComparison.Ordinal)).i;
        return lines[at + 1].Trim()[Address.Length..];
    }

    public async Task EnrolSite()
    {
        var order = (await File.ReadAllLinesAsync(Path.Combine(folder, "server", "sample", "LS-0001.enrol"))).Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        Directory.CreateDirectory(Site, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var size in order["screens"].Split(' '))
            screens.Add(new("Xvfb", null, "-displayfd", "1", "-screen", "0", size + "x24", "-nolisten", "tcp", "-noreset"));
        await Eventually.True(() => screens.All(s => s.Lines.Any(l => int.TryParse(l, out _))), "the virtual screens");
        var home = new Dictionary<string, string> { ["HOME"] = folder, ["XDG_RUNTIME_DIR"] = folder, ["PULSE_RUNTIME_PATH"] = folder };
        sound = new("pulseaudio", home, "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes", "-L", "module-null-sink sink_name=loa1 rate=48000", "-L", $"module-native-protocol-unix socket={Socket} auth-anonymous=1");
        await Eventually.True(() => File.Exists(Socket), "the sound service");
        await File.WriteAllTextAsync(Path.Combine(Site, "agent.json"), $$"""
            {"screens": {"1": "{{Display(1)}}", "2": "{{Display(2)}}"}, "audio": {"1": "pulse/loa1"}, "vo": "x11", "healthSeconds": 5, "reserveMb": 1, "keepFreeMb": 0, "environment": {"PULSE_SERVER": "unix:{{Socket}}"} }
            """);
        using var enrol = StartProgram("enrol", "--server", order["door"], "--site", "LS-0001", "--code", order["code"], "--fingerprint", order["fingerprint"], "--data", Site);
        Assert.True(await enrol.End() == 0, string.Join('\n', enrol.Lines));
    }

    public void StartAgent() => Agent = StartProgram("run", "--data", Site);

    /// <summary>Mean difference a channel (0–255) between a region of a screen and a picture of the same size.</summary>
    public async Task<double> Differs(int screen, int x, int y, int width, int height, byte[] picture)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
        var shown = await Ffmpeg([], "-f", "x11grab", "-draw_mouse", "0", "-video_size", size, "-i", string.Create(CultureInfo.InvariantCulture, $"{Display(screen)}+{x},{y}"), "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1");
        var wanted = await Ffmpeg(picture, "-i", "pipe:0", "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1");
        Assert.Equal(width * height * 3, wanted.Length);
        return shown.Length != wanted.Length ? 255 : shown.Zip(wanted, (a, b) => Math.Abs(a - b)).Average();
    }

    /// <summary>Loudest sample (0–32,768) of about half a second of what the loudspeaker line plays.</summary>
    public async Task<int> Hears()
    {
        var start = new ProcessStartInfo("timeout") { RedirectStandardOutput = true };
        foreach (var arg in new[] { "0.7", "parec", "-d", "loa1.monitor", "--format=s16le", "--rate=8000", "--channels=1", "--latency-msec=50" })
            start.ArgumentList.Add(arg);
        start.Environment["PULSE_SERVER"] = "unix:" + Socket;
        using var recorder = Process.Start(start)!;
        using var bytes = new MemoryStream();
        await recorder.StandardOutput.BaseStream.CopyToAsync(bytes);
        await recorder.WaitForExitAsync();
        var heard = bytes.ToArray();
        return Enumerable.Range(0, heard.Length / 2).Select(i => Math.Abs((int)BitConverter.ToInt16(heard, i * 2))).DefaultIfEmpty(0).Max();
    }

    public async ValueTask DisposeAsync()
    {
        if (Agent is { Alive: true })
            await Agent.Stop();
        if (Server is { Alive: true })
            await Server.Stop();
        Agent?.Dispose();
        Server?.Dispose();
        sound?.Dispose();
        screens.ForEach(s => s.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private static Running StartProgram(params string[] args) => new(Path.Combine(Root, "agent", "Host", "bin", Build, "net10.0", "borderinfo-agent"), null, args);

    private static async Task<byte[]> Ffmpeg(byte[] input, params string[] args)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var arg in (string[])["-v", "error", .. args])
            start.ArgumentList.Add(arg);
        using var program = Process.Start(start)!;
        using var bytes = new MemoryStream();
        var reading = program.StandardOutput.BaseStream.CopyToAsync(bytes);
        await program.StandardInput.BaseStream.WriteAsync(input);
        program.StandardInput.Close();
        await reading;
        await program.WaitForExitAsync();
        return bytes.ToArray();
    }

    private string Display(int screen) => ":" + screens[screen - 1].Lines.First(l => int.TryParse(l, out _));

    /// <summary>The first of four free ports in a row.</summary>
    private static int FreePorts()
    {
        for (var start = 20_000 + (Environment.ProcessId % 1000 * 20); ; start += 7)
        {
            try
            {
                for (var port = start; port < start + 4; port++)
                {
                    using var probe = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
                    probe.Start();
                }

                return start;
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Taken: the next ones.
            }
        }
    }

    private static string FindRoot()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "BorderInfo.sln")))
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("BorderInfo.sln not found above the test");
        return at;
    }
}
