using System.Buffers;

namespace BorderInfo.Mqtt.Link;

/// <summary>Sends packets: they gather in one buffer while the stream is busy, and one writer sends all that has gathered. Idle it holds no buffer.</summary>
/// <param name="broken">Called once when the stream fails, before anybody who waits here goes on.</param>
internal sealed class LinkWriter(Stream stream, Action<Exception> broken)
{
    /// <summary>Publishers wait while more than this has gathered; answers and pings never wait.</summary>
    private const int HighWaterBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private byte[]? _gathered;
    private int _length;
    private bool _busy;
    private bool _finished;
    private TaskCompletionSource? _emptied;

    /// <summary>False: the last packet was already given, this one is not sent.</summary>
    public bool Add(ReadOnlySpan<byte> packet)
    {
        lock (_gate)
        {
            if (_finished)
                return false;

            Append_NeedsLock(packet);
            return true;
        }
    }

    /// <summary>Gives the last packet; completes when all is with the operating system, or the stream failed.</summary>
    public Task FinishAsync(ReadOnlySpan<byte> last)
    {
        lock (_gate)
        {
            if (!_finished)
                Append_NeedsLock(last);
            _finished = true;
            return Emptied_NeedsLock();
        }
    }

    /// <summary>Completes when there is room for another message.</summary>
    public Task RoomAsync(CancellationToken stop)
    {
        lock (_gate)
            return _length < HighWaterBytes ? Task.CompletedTask : Emptied_NeedsLock().WaitAsync(stop);
    }

    private Task Emptied_NeedsLock()
    {
        if (!_busy)
            return Task.CompletedTask;

        _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _emptied.Task;
    }

    private void Append_NeedsLock(ReadOnlySpan<byte> packet)
    {
        _gathered ??= ArrayPool<byte>.Shared.Rent(Math.Max(512, packet.Length));
        if (_length + packet.Length > _gathered.Length)
            Grow_NeedsLock(_length + packet.Length);

        packet.CopyTo(_gathered.AsSpan(_length));
        _length += packet.Length;
        if (_busy)
            return;

        _busy = true;
        ThreadPool.UnsafeQueueUserWorkItem(static writer => _ = writer.SendAsync(), this, preferLocal: false);
    }

    private void Grow_NeedsLock(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _gathered!.Length * 2));
        _gathered.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_gathered);
        _gathered = larger;
    }

    private async Task SendAsync()
    {
        try
        {
            while (TakeGathered() is { Array: { } bytes } all)
            {
                await stream.WriteAsync(all).ConfigureAwait(false);
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
        catch (Exception e)
        {
            broken(e);
            Break();
        }
    }

    private ArraySegment<byte> TakeGathered()
    {
        lock (_gate)
        {
            if (_length > 0)
            {
                var all = new ArraySegment<byte>(_gathered!, 0, _length);
                (_gathered, _length) = (null, 0);
                return all;
            }

            _busy = false;
            _emptied?.TrySetResult();
            _emptied = null;
            return default;
        }
    }

    private void Break()
    {
        lock (_gate)
        {
            _finished = true;
            _emptied?.TrySetResult();
            _emptied = null;
        }
    }
}
