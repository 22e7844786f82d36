using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;

namespace BorderInfo.Agent.Play;

/// <summary>Starts child processes from one thread that lives as long as the agent.</summary>
/// <remarks>
/// Linux sends the parent-death signal when the <em>thread</em> that forked ends, not the process. From a pool thread
/// a player would be killed some quiet minutes later, when the pool retires that thread.
/// </remarks>
internal static class ChildStarter
{
    private static readonly BlockingCollection<Action> Work = [];

    static ChildStarter() => new Thread(Run) { IsBackground = true, Name = "child starter" }.Start();

    /// <summary>Null when the program cannot be started (absent, no right).</summary>
    public static Task<Process?> Start(ProcessStartInfo what)
    {
        var done = new TaskCompletionSource<Process?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() => done.SetResult(TryStart(what)));
        return done.Task;
    }

    private static void Run()
    {
        foreach (var one in Work.GetConsumingEnumerable())
            one();
    }

    private static Process? TryStart(ProcessStartInfo what)
    {
        try
        {
            return Process.Start(what);
        }
        catch (Exception cannot) when (cannot is Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
