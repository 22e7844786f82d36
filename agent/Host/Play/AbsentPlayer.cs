using BorderInfo.Contract;

namespace BorderInfo.Agent.Play;

/// <summary>Stands for an output whose screen or sound device this site PC's settings do not name: every showing fails with that reason.</summary>
internal sealed class AbsentPlayer(OutputId output, string why, bool screen, Action<PlayerNews> news, TimeProvider clock) : IPlayer
{
    private readonly Lock gate = new();
    private string? lastKey;

    public OutputId Output => output;

    public void Start()
    {
    }

    public Task Show(Showing showing, CancellationToken stop)
    {
        lock (gate)
        {
            if (showing.Key != lastKey)
                news(new ShowingFailed(output, clock.GetUtcNow(), clock.GetTimestamp(), showing.Key, why));
            lastKey = showing.Key;
        }

        return Task.CompletedTask;
    }

    public Task Prepare(Showing next, CancellationToken stop) => Task.CompletedTask;

    public Task SetVolume(int percent, CancellationToken stop) => Task.CompletedTask;

    public Task<PlayerSight> Look(CancellationToken stop) => Task.FromResult(new PlayerSight(false, null, 0, null, false, null, screen ? why : null));

    public Task<byte[]?> Grab(CancellationToken stop) => Task.FromResult<byte[]?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
