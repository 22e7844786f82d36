using System.Threading.Channels;

namespace BorderInfo.Agent.Loops;

/// <summary>A sleep that can be cut short. Rings during a turn are kept and cut the next sleep.</summary>
public sealed class Alarm(TimeProvider time)
{
    private readonly Channel<bool> rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => rings.Writer.TryWrite(true);

    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task Wait(TimeSpan span, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var rung = rings.Reader.WaitToReadAsync(over.Token).AsTask();
        var slept = Task.Delay(span, time, over.Token);
        await Task.WhenAny(rung, slept);
        await over.CancelAsync();
        await ((Task)rung).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await slept.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        rings.Reader.TryRead(out _);
        stop.ThrowIfCancellationRequested();
    }
}
