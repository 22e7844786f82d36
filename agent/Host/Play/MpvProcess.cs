using System.Diagnostics;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>One running mpv with its open IPC. Disposing ends it.</summary>
internal sealed class MpvProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string pidFile;

    private MpvProcess(Process process, MpvIpc ipc, string pidFile) => (this.process, Ipc, this.pidFile) = (process, ipc, pidFile);

    public MpvIpc Ipc { get; }

    public int Pid => process.Id;

    /// <summary>Null when it cannot be started or does not open its socket in 10 s.</summary>
    public static async Task<MpvProcess?> Start(PlanOutput output, PlaySettings settings, TimeProvider clock, CancellationToken stop)
    {
        var socket = Path.Combine(settings.RunFolder, output.Id + ".sock");
        var pidFile = Path.Combine(settings.RunFolder, output.Id + ".pid");
        Orphans.ReapOne(pidFile);
        File.Delete(socket);

        if (await ChildStarter.Start(Command(output, settings, socket)) is not { } process)
            return null;
        Orphans.Remember(pidFile, process.Id);

        try
        {
            var answer = TimeSpan.FromMilliseconds(settings.AnswerWithinMs);
            if (await MpvIpc.Connect(socket, TimeSpan.FromSeconds(10), answer, () => !process.HasExited, clock, stop) is { } ipc)
                return new(process, ipc, pidFile);
        }
        catch (OperationCanceledException)
        {
            End(process, pidFile);
            throw;
        }

        End(process, pidFile);
        return null;
    }

    /// <summary>At once; the IPC then closes by itself.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        End(process, pidFile);
        await Ipc.DisposeAsync();
    }

    private static void End(Process process, string pidFile)
    {
        process.Kill();
        process.WaitForExit(2_000);
        process.Dispose();
        Orphans.Forget(pidFile);
    }

    private static ProcessStartInfo Command(PlanOutput output, PlaySettings settings, string socket)
    {
        var dieWithUs = File.Exists(settings.SetPrivPath);
        var info = new ProcessStartInfo(dieWithUs ? settings.SetPrivPath : settings.MpvPath) { UseShellExecute = false };
        if (dieWithUs)
            foreach (var word in new[] { "--pdeathsig", "KILL", "--", settings.MpvPath })
                info.ArgumentList.Add(word);
        foreach (var word in MpvArguments.Of(output, settings, socket))
            info.ArgumentList.Add(word);
        if (output.Kind != OutputKind.Speaker)
            info.Environment["DISPLAY"] = settings.Displays[output.Screen];
        foreach (var (name, value) in settings.Environment)
            info.Environment[name] = value;
        return info;
    }
}
