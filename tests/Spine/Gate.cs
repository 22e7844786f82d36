using System.Diagnostics;
using System.Globalization;

namespace BorderInfo.Tests.Spine;

/// <summary>The whole thing on this machine: the server with its broker, and the site PC of Hữu Nghị with two virtual screens, a virtual loudspeaker and a real agent.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private static readonly string Build = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private readonly string folder = Directory.CreateTempSubdirectory("borderinfo-spine-").FullName;
    private readonly int port = FreePorts();
    private readonly List<Screen> screens = [];
    private Running? sound;

    /// <summary>The checkout: the folder of <c>BorderInfo.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    public Running? Server { get; private set; }

    public Running? Agent { get; private set; }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>For files a test makes.</summary>
    public string Room => Directory.CreateDirectory(Path.Combine(folder, "room")).FullName;

    /// <summary>The server's data folder.</summary>
    public string Data => Path.Combine(folder, "server");

    /// <summary>The agent's data folder.</summary>
    public string Site => Path.Combine(folder, "site");

    public IReadOnlyList<Screen> Screens => screens;

    private string Socket => Path.Combine(folder, "native");

    public async Task StartServer(bool sample = true)
    {
        Server = new(Path.Combine(Root, "server", "bin", Build, "net10.0", "borderinfo-server"), null, "--data", Data, "--port", port.ToString(CultureInfo.InvariantCulture), "--sample", sample ? "true" : "false");
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
        }, () => "the server answers", 120, everyMs: 20);
    }

    /// <summary>The one-time link of the administrator.</summary>
    public Task<string> FirstLink() => LinkOf("admin");

    /// <summary>The newest one-time link printed for a user: the line below the name. It may be printed after the first answer.</summary>
    public async Task<string> LinkOf(string user)
    {
        string? link = null;
        await Eventually.True(() => (link = Printed(Server!.Lines, user)) is not null, "a link for " + user);
        return link!.Trim()[Address.Length..];
    }

    private static string? Printed(IReadOnlyList<string> lines, string user) =>
        lines.Zip(lines.Skip(1)).LastOrDefault(l => l.First.Contains(user, StringComparison.Ordinal) && l.Second.Contains("/vao/", StringComparison.Ordinal)).Second;

    public async Task EnrolSite()
    {
        var order = (await File.ReadAllLinesAsync(Path.Combine(folder, "server", "sample", "LS-0001.enrol"))).Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        Directory.CreateDirectory(Site, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var size in order["screens"].Split(' '))
            screens.Add(new(size, Path.Combine(folder, "screen" + screens.Count)));
        await Eventually.True(() => screens.All(s => s.Ready), "the virtual screens");
        var home = new Dictionary<string, string> { ["HOME"] = folder, ["XDG_RUNTIME_DIR"] = folder, ["PULSE_RUNTIME_PATH"] = folder };
        sound = new("pulseaudio", home, "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes", "-L", "module-null-sink sink_name=loa1 rate=48000", "-L", $"module-native-protocol-unix socket={Socket} auth-anonymous=1");
        await Eventually.True(() => File.Exists(Socket), "the sound service");
        await File.WriteAllTextAsync(Path.Combine(Site, "agent.json"), $$"""
            {"screens": {"1": "{{screens[0].Display}}", "2": "{{screens[1].Display}}"}, "audio": {"1": "pulse/loa1"}, "vo": "x11", "healthSeconds": 5, "reserveMb": 1, "keepFreeMb": 0, "environment": {"PULSE_SERVER": "unix:{{Socket}}"} }
            """);
        using var enrol = StartProgram("enrol", "--server", order["door"], "--site", "LS-0001", "--code", order["code"], "--fingerprint", order["fingerprint"], "--data", Site);
        Assert.True(await enrol.End() == 0, string.Join('\n', enrol.Lines));
    }

    /// <summary>The sample set publishes by itself when its files are ready: whoever publishes before is overtaken by it.</summary>
    public Task SampleIsOnAir() => Eventually.True(() => Agent!.Lines.Any(l => l.Contains(" on air: ", StringComparison.Ordinal)), "the sample programme is on air", 240);

    public void StartAgent() => Agent = StartProgram("run", "--data", Site);

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

    /// <summary>The program just built, or the published one that <c>BORDERINFO_AGENT</c> names.</summary>
    public static string AgentProgram => Environment.GetEnvironmentVariable("BORDERINFO_AGENT") is { Length: > 0 } published ? published : Path.Combine(Root, "agent", "Host", "bin", Build, "net10.0", "borderinfo-agent");

    /// <summary>With the setting of the service's unit file.</summary>
    private static Running StartProgram(params string[] args) => new(AgentProgram, new Dictionary<string, string> { ["DOTNET_EnableDiagnostics"] = "0" }, args);

    /// <summary>The first of four free ports in a row.</summary>
    public static int FreePorts()
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
