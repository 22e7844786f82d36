using BorderInfo.Agent.Link;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Loops;

/// <summary>Fetches one missing file at a time, most urgent first, with patience: full jitter up to a minute while the line is down, and per file while the server has not got it.</summary>
public sealed class Fetcher(ServerDoor door, Shelf shelf, TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<MediaHash, (int Failures, DateTimeOffset NotBefore)> patience = [];
    private (int Failures, DateTimeOffset NotBefore) line;
    private (PlanFile File, Task<Fetched> Ended, CancellationTokenSource Stop)? running;

    /// <summary>A download ended; from any thread.</summary>
    public event Action? Ended;

    public bool LineDown => line.Failures > 0;

    /// <summary>One step: looks how the last one ended and begins the next. Returns when to come again.</summary>
    public async Task<TimeSpan> Step(IReadOnlyList<PlanFile> missing, PlanNumber plan, CancellationToken stop)
    {
        if (running is { } now)
        {
            if (!now.Ended.IsCompleted && missing.Contains(now.File) && !MoreUrgent(missing, now.File))
                return TimeSpan.FromSeconds(10);
            await End(now.File, now.Ended, now.Stop);
            missing = [.. missing.Where(f => shelf.Look(f) == OnShelf.Missing)];
        }

        var utc = time.GetUtcNow();
        if (missing.Count == 0)
            return TimeSpan.FromSeconds(20);
        if (line.NotBefore > utc && line.NotBefore - utc <= TimeSpan.FromMinutes(1))
            return line.NotBefore - utc;
        if (missing.FirstOrDefault(f => Wait(f, utc) == TimeSpan.Zero) is not { } next)
            return missing.Min(f => Wait(f, utc));
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var fetch = door.Fetch(next, shelf, plan, cancel.Token);
        running = (next, fetch, cancel);
        _ = fetch.ContinueWith(_ => Ended?.Invoke(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return TimeSpan.FromSeconds(10);
    }

    public async ValueTask DisposeAsync()
    {
        if (running is { } now)
            await End(now.File, now.Ended, now.Stop);
    }

    /// <summary>The line came back: everything may be tried at once.</summary>
    public void LineIsUp()
    {
        line = default;
        patience.Clear();
    }

    /// <summary>A wait of more than a minute means that the clock jumped: it is passed over.</summary>
    private TimeSpan Wait(PlanFile file, DateTimeOffset utc) =>
        patience.TryGetValue(file.Hash, out var p) && p.NotBefore > utc && p.NotBefore - utc <= TimeSpan.FromMinutes(1) ? p.NotBefore - utc : TimeSpan.Zero;

    private bool MoreUrgent(IReadOnlyList<PlanFile> missing, PlanFile current) =>
        missing[0].Hash != current.Hash && !patience.ContainsKey(missing[0].Hash);

    private async Task End(PlanFile file, Task<Fetched> ended, CancellationTokenSource stop)
    {
        running = null;
        if (!ended.IsCompleted)
            await stop.CancelAsync();
        await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        if (!ended.IsCompletedSuccessfully)
            return;
        var how = await ended;
        line = how == Fetched.LineDown ? Later(line.Failures, 60) : default;
        if (how is Fetched.NotHad or Fetched.NoRoom)
            patience[file.Hash] = Later(patience.GetValueOrDefault(file.Hash).Failures, 60);
        else if (how == Fetched.Whole)
            patience.Remove(file.Hash);
    }

    private (int, DateTimeOffset) Later(int failures, int mostSeconds)
    {
        var limit = Math.Min(mostSeconds, Math.Pow(2, Math.Min(failures, 10)));
        return (failures + 1, time.GetUtcNow().AddSeconds(0.2 + limit * Random.Shared.NextDouble()));
    }
}
