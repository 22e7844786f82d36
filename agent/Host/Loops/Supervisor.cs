using System.Collections.Concurrent;

namespace BorderInfo.Agent.Loops;

/// <summary>Keeps loops running: a loop that throws is begun anew after 1, 2, 4 … 30 s, and each loop's last good turn is known.</summary>
public sealed partial class Supervisor(TimeProvider time, ILogger<Supervisor> log)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> lastGood = new();
    private readonly ConcurrentDictionary<string, long> failures = new();

    /// <summary>Turns that ended in a bug, by loop.</summary>
    public IReadOnlyDictionary<string, long> Failures => failures;

    /// <summary>Time since each loop's last good turn.</summary>
    public IReadOnlyDictionary<string, TimeSpan> SinceGood => lastGood.ToDictionary(p => p.Key, p => time.GetElapsedTime(p.Value));

    /// <summary>Runs until <paramref name="stop"/>; never throws.</summary>
    /// <param name="loop">Calls its first argument after every good turn, at least every half minute.</param>
    public async Task Keep(string name, Func<Action, CancellationToken, Task> loop, CancellationToken stop)
    {
        var wait = TimeSpan.FromSeconds(1);
        while (!stop.IsCancellationRequested)
        {
            Good();
            try
            {
                await Task.Run(() => loop(Good, stop), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures.AddOrUpdate(name, 1, (_, n) => n + 1);
                Log.LoopFailed(log, e, name, wait);
            }

            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < Longest ? wait * 2 : Longest;
        }

        void Good() => lastGood[name] = time.GetTimestamp();
    }

    private static partial class Log
    {
        [LoggerMessage(4301, LogLevel.Error, "{Loop} loop failed and begins anew in {Wait}")]
        public static partial void LoopFailed(ILogger log, Exception e, string loop, TimeSpan wait);
    }
}
