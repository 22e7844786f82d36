using System.Buffers;
using System.Threading.Channels;
using BorderInfo.Mqtt.Wire;

namespace BorderInfo.Mqtt.Link;

/// <summary>The received messages between the read loop and the handler: one handler at a time, in order, acknowledged in order.</summary>
/// <remarks>
/// QoS 1 is bounded by Receive Maximum, which the broker counts. Mosquitto 2.0.11 was seen to send more once it has a queue for us, so an excess is
/// borne within the memory we announced (Receive Maximum × Maximum Packet Size) and ends the link only beyond it.
/// QoS 0 is bounded by the same number of messages. When it finds no room, reading stops and TCP holds the broker back, for <see cref="Patience"/> at most;
/// after that QoS 0 is discarded until there is room: a handler that publishes waits for an acknowledgement that stands behind it in the stream, and PINGRESP stands there too.
/// </remarks>
/// <param name="budgetBytes">What unacknowledged messages may hold when they are more than <paramref name="receiveMaximum"/>.</param>
internal sealed class Deliveries(ushort receiveMaximum, long budgetBytes, Func<MqttMessage, ValueTask> handler, Action<ushort> acknowledge)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Channel<Delivery> _queue = Channel.CreateUnbounded<Delivery>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly SemaphoreSlim _roomForQos0 = new(receiveMaximum);
    private int _unacknowledged;
    private long _unacknowledgedBytes;
    private bool _overloaded;
    private long _discarded;
    private volatile bool _stopped;

    /// <summary>A class on purpose: the queue keeps 32 places, which idle links would pay for.</summary>
    private sealed record Delivery(PublishPacket Packet, byte[] Rented, int Length);

    /// <summary>QoS 0 messages thrown away so far because the handler was too slow.</summary>
    public long Discarded => Interlocked.Read(ref _discarded);

    /// <summary>Copies the packet out of the read buffer and queues it.</summary>
    /// <exception cref="MqttException">0x93: more unacknowledged messages than we announced, and more memory; or the packet is garbage.</exception>
    public ValueTask AddAsync(Frame frame, CancellationToken stop)
    {
        var length = (int)frame.Body.Length;
        var rented = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        frame.Body.CopyTo(rented);
        var packet = PublishPacket.Read(frame.Flags, rented.AsMemory(0, length));
        var delivery = new Delivery(packet, rented, length);
        if (packet.PacketId == 0)
            return AddQos0Async(delivery, stop);

        var (count, bytes) = (Interlocked.Increment(ref _unacknowledged), Interlocked.Add(ref _unacknowledgedBytes, length));
        if (count > receiveMaximum && bytes > budgetBytes)
            throw new MqttException($"The broker sent {count} unacknowledged messages of {bytes} bytes; {receiveMaximum} were allowed.", Reason.ReceiveMaximumExceeded);

        _queue.Writer.TryWrite(delivery);
        return ValueTask.CompletedTask;
    }

    /// <summary>No further message reaches the handler; those waiting stay unacknowledged, so the broker keeps them.</summary>
    public void Stop()
    {
        _stopped = true;
        _queue.Writer.TryComplete();
    }

    /// <summary>Runs until <see cref="Stop"/>; an exception is the handler's.</summary>
    public async Task RunAsync()
    {
        await foreach (var delivery in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            if (_stopped)
                return;

            await handler(delivery.Packet.Message).ConfigureAwait(false);
            Done(delivery);
        }
    }

    private void Done(Delivery delivery)
    {
        ArrayPool<byte>.Shared.Return(delivery.Rented);
        if (delivery.Packet.PacketId == 0)
        {
            _roomForQos0.Release();
            return;
        }

        Interlocked.Add(ref _unacknowledgedBytes, -delivery.Length);
        Interlocked.Decrement(ref _unacknowledged);
        acknowledge(delivery.Packet.PacketId);
    }

    private ValueTask AddQos0Async(Delivery delivery, CancellationToken stop)
    {
        if (!_roomForQos0.Wait(0, CancellationToken.None))
            return WaitOrDiscardAsync(delivery, stop);

        _overloaded = false;
        _queue.Writer.TryWrite(delivery);
        return ValueTask.CompletedTask;
    }

    private async ValueTask WaitOrDiscardAsync(Delivery delivery, CancellationToken stop)
    {
        _overloaded = _overloaded || !await _roomForQos0.WaitAsync(Patience, stop).ConfigureAwait(false);
        if (!_overloaded)
        {
            _queue.Writer.TryWrite(delivery);
            return;
        }

        Interlocked.Increment(ref _discarded);
        ArrayPool<byte>.Shared.Return(delivery.Rented);
    }
}
