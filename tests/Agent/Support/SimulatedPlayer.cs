using System.Collections.Concurrent;
using BorderInfo.Agent.Play;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Support;

/// <summary>A player that shows at once and remembers everything; with knobs for files it cannot play and for its death.</summary>
public sealed class SimulatedPlayer(PlanOutput output, TimeProvider time, Action<PlayerNews> news) : IPlayer
{
    private readonly Lock gate = new();
    private Showing? now;
    private int restarts;

    public OutputId Output => output.Id;

    public ConcurrentQueue<(DateTimeOffset At, Showing Showing)> Shown { get; } = new();

    public ConcurrentQueue<Showing> Prepared { get; } = new();

    /// <summary>Every volume it was told, in order.</summary>
    public ConcurrentQueue<int> Volumes { get; } = new();

    public bool Disposed { get; private set; }

    /// <summary>Files it fails with, by the end of their path.</summary>
    public ConcurrentBag<string> CannotPlay { get; } = [];

    public double? Luma { get; set; } = 90;

    /// <summary>What the output is said to show, whatever was asked.</summary>
    public string? Pretend { get; set; }

    public byte[]? Picture { get; set; } = [0xFF, 0xD8, 1, 2, 3];

    public Showing? Now
    {
        get
        {
            lock (gate)
                return now;
        }
    }

    public void Start() => news(new PlayerStarted(Output, time.GetUtcNow(), time.GetTimestamp(), restarts));

    public Task SetVolume(int percent, CancellationToken stop)
    {
        Volumes.Enqueue(percent);
        return Task.CompletedTask;
    }

    public Task Show(Showing showing, CancellationToken stop)
    {
        lock (gate)
        {
            var (at, stamp) = (time.GetUtcNow(), time.GetTimestamp());
            if (showing.Path is { } path && CannotPlay.Any(path.EndsWith))
            {
                news(new ShowingFailed(Output, at, stamp, showing.Key, "simulated"));
            }
            else
            {
                if (now is not null)
                    news(new ShowingEnded(Output, at, stamp, now.Key, false));
                now = showing;
                news(new ShowingStarted(Output, at, stamp, showing.Key));
            }

            Shown.Enqueue((at, showing));
        }

        return Task.CompletedTask;
    }

    public Task Prepare(Showing next, CancellationToken stop)
    {
        Prepared.Enqueue(next);
        return Task.CompletedTask;
    }

    /// <summary>The process is killed and comes back with what it showed.</summary>
    public void DieAndComeBack()
    {
        lock (gate)
        {
            news(new ShowingEnded(Output, time.GetUtcNow(), time.GetTimestamp(), now!.Key, true));
            news(new PlayerStarted(Output, time.GetUtcNow(), time.GetTimestamp(), ++restarts));
            news(new ShowingStarted(Output, time.GetUtcNow(), time.GetTimestamp(), now.Key));
        }
    }

    /// <summary>A grab of the screen agreed with what it shows.</summary>
    public void BeSeen()
    {
        lock (gate)
            news(new ShowingSeen(Output, time.GetUtcNow(), time.GetTimestamp(), now!.Key));
    }

    public Task<PlayerSight> Look(CancellationToken stop) => Task.FromResult(new PlayerSight(true, Pretend ?? Now?.Key, restarts, "simulated", true, Luma));

    public Task<byte[]?> Grab(CancellationToken stop) => Task.FromResult(Picture);

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (now is not null && !Disposed)
                news(new ShowingEnded(Output, time.GetUtcNow(), time.GetTimestamp(), now.Key, false));
            Disposed = true;
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>All players of an agent under test, the newest for each output.</summary>
public sealed class SimulatedPlayers(TimeProvider time) : IPlayerMaker
{
    private readonly ConcurrentDictionary<OutputId, SimulatedPlayer> made = new();

    public int Made { get; private set; }

    /// <summary>Applied to every player when it is made.</summary>
    public Action<SimulatedPlayer>? Prepare { get; set; }

    public SimulatedPlayer this[string output] => made[new OutputId(output)];

    public bool Has(string output) => made.ContainsKey(new OutputId(output));

    public IPlayer Make(PlanOutput output, string clusterName, Action<PlayerNews> news)
    {
        var player = new SimulatedPlayer(output, time, news);
        Prepare?.Invoke(player);
        made[output.Id] = player;
        Made++;
        return player;
    }
}
