using System.Diagnostics;

namespace BorderInfo.Tests.Agent.Play;

/// <summary>A real PulseAudio of our own with one null sink <c>loa1</c>, reached by a socket in a temporary folder. Runs as root and as anybody else.</summary>
public sealed class PulseService : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("bi-pulse-").FullName;
    private Process? daemon;

    public Dictionary<string, string> Client => new() { ["PULSE_SERVER"] = "unix:" + Socket };

    private string Socket => Path.Combine(folder, "native");

    public async Task InitializeAsync()
    {
        var own = new Dictionary<string, string> { ["HOME"] = folder, ["XDG_RUNTIME_DIR"] = folder, ["PULSE_RUNTIME_PATH"] = folder };
        daemon = Tools.Start(
            "pulseaudio", own, "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes",
            "-L", "module-null-sink sink_name=loa1", "-L", $"module-native-protocol-unix socket={Socket} auth-anonymous=1");
        await Tools.Until(() => File.Exists(Socket), "the sound service");
    }

    public Task DisposeAsync()
    {
        daemon!.Kill();
        daemon.WaitForExit();
        daemon.Dispose();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Loudest of about 0.2 s of what the sink plays, 0 to 32,768.</summary>
    public async Task<int> Peak()
    {
        using var recorder = Tools.Start("parec", Client, "--device=loa1.monitor", "--format=s16le", "--rate=44100", "--channels=1", "--latency-msec=50", "--raw");
        var heard = new byte[44_100 * 2 / 5];
        await recorder.StandardOutput.BaseStream.ReadExactlyAsync(heard);
        recorder.Kill();
        return Enumerable.Range(0, heard.Length / 2).Max(i => Math.Abs((int)BitConverter.ToInt16(heard, i * 2)));
    }
}
