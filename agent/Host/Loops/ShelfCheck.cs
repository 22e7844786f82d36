using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Loops;

/// <summary>Hashes files on the shelf that nobody has hashed since the start, one at a time, those that are due first; with nothing else to do, all of them every ten minutes.</summary>
public sealed partial class ShelfCheck(Shelf shelf, TimeProvider time, ILogger<ShelfCheck> log)
{
    private static readonly TimeSpan RoundEvery = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Alarm alarm = new(time);
    private readonly LinkedList<PlanFile> line = [];
    private readonly HashSet<MediaHash> queued = [];
    private readonly HashSet<MediaHash> again = [];
    private long lastRound = time.GetTimestamp();

    /// <param name="urgent">Due now: goes to the head of the line.</param>
    public void Ask(PlanFile file, bool urgent)
    {
        lock (gate)
        {
            if (!queued.Add(file.Hash))
            {
                if (!urgent || line.FirstOrDefault(f => f.Hash == file.Hash) is not { } waiting)
                    return;
                line.Remove(waiting);
            }

            if (urgent)
                line.AddFirst(file);
            else
                line.AddLast(file);
        }

        alarm.Ring();
    }

    /// <summary>Begins a round over these files when none is under way and the last began ten minutes ago; else does nothing.</summary>
    public void Again(IReadOnlyList<PlanFile> files)
    {
        lock (gate)
        {
            if (line.Count > 0 || time.GetElapsedTime(lastRound) < RoundEvery)
                return;
            lastRound = time.GetTimestamp();
            again.UnionWith(files.Select(f => f.Hash));
        }

        foreach (var file in files)
            Ask(file, urgent: false);
    }

    public async Task Run(Action good, CancellationToken stop)
    {
        while (true)
        {
            good();
            if (Next() is not { } file)
            {
                await alarm.Wait(TimeSpan.FromSeconds(20), stop);
                continue;
            }

            try
            {
                if (Due(file) && !await shelf.Check(file, stop))
                    Log.Wrong(log, file.Hash);
            }
            catch (IOException e)
            {
                Log.Unreadable(log, file.Hash, e.Message);
            }
        }
    }

    private bool Due(PlanFile file)
    {
        bool round;
        lock (gate)
            round = again.Remove(file.Hash);
        return shelf.Look(file) is var state && (state == OnShelf.Unchecked || (round && state == OnShelf.Ready));
    }

    private PlanFile? Next()
    {
        lock (gate)
        {
            if (line.First is not { Value: var file })
                return null;
            line.RemoveFirst();
            queued.Remove(file.Hash);
            return file;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4311, LogLevel.Warning, "File {Hash} on the shelf was spoilt and is thrown away; it will be fetched again")]
        public static partial void Wrong(ILogger log, MediaHash hash);

        [LoggerMessage(4312, LogLevel.Warning, "File {Hash} on the shelf cannot be read: {Why}")]
        public static partial void Unreadable(ILogger log, MediaHash hash, string why);
    }
}
