using System.Collections.Concurrent;
using System.Diagnostics;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>A program that is ended with the test; its lines are kept.</summary>
public sealed class Child : IDisposable
{
    private readonly Process process;

    public Child(string program, params string[] args)
    {
        var ask = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args)
            ask.ArgumentList.Add(arg);
        process = Process.Start(ask)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Lines { get; } = new();

    public int Id => process.Id;

    public long MemoryBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public async Task<int> End()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>SIGTERM.</summary>
    public async Task<int> Stop()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
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
            KillMinusNine();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
            Lines.Enqueue(line);
    }
}
