using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BorderInfo.Tests.Spine;

/// <summary>A program the test started, with what it printed; ended with the test.</summary>
internal sealed partial class Running : IDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];

    public Running(string program, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool Alive => !process.HasExited;

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (lines)
                return [.. lines];
        }
    }

    /// <summary>When it first logged something after an instant, by the time at the beginning of the line; null = not yet.</summary>
    public DateTimeOffset? Said(string words, DateTimeOffset after) =>
        Lines.Where(l => l.Contains(words, StringComparison.Ordinal)).Select(At).Where(at => at > after).Cast<DateTimeOffset?>().FirstOrDefault();

    /// <summary>The time at the beginning of a line of the agent's log.</summary>
    public static DateTimeOffset At(string line) =>
        DateTimeOffset.TryParse(line.Split(' ')[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : DateTimeOffset.MinValue;

    public async Task<int> End()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>As Ctrl-C or a service manager would.</summary>
    public async Task<int> Stop()
    {
        const int terminate = 15;
        _ = Signal(process.Id, terminate);
        return await End();
    }

    public void KillMinusNine()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (lines)
            lines.Add(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);
}
