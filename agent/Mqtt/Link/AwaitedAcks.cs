using BorderInfo.Mqtt.Wire;

namespace BorderInfo.Mqtt.Link;

/// <summary>The packets we sent that the broker has yet to answer, by packet identifier.</summary>
/// <remarks>An identifier stays taken until its answer comes, even when nobody waits for it any more. Nothing is allocated before the first.</remarks>
internal sealed class AwaitedAcks
{
    private readonly Lock _gate = new();
    private Dictionary<ushort, Awaited>? _open;
    private ushort _last;
    private bool _ended;

    private readonly record struct Awaited(PacketType Answer, TaskCompletionSource<AckPacket?> Done);

    /// <summary>A free identifier and its answer; the answer is null when the link ends first.</summary>
    /// <exception cref="MqttException">All 65,535 identifiers are taken.</exception>
    public (ushort PacketId, Task<AckPacket?> Answer) Expect(PacketType answer)
    {
        var done = new TaskCompletionSource<AckPacket?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_ended)
            {
                done.SetResult(null);
                return (0, done.Task);
            }

            _open ??= new(1);
            if (_open.Count == ushort.MaxValue)
                throw new MqttException("All packet identifiers are in use.", Reason.ReceiveMaximumExceeded);

            do
                _last++;
            while (_last == 0 || !_open.TryAdd(_last, new(answer, done)));
            return (_last, done.Task);
        }
    }

    /// <summary>The packet was not sent after all.</summary>
    public void Forget(ushort packetId)
    {
        lock (_gate)
            _open?.Remove(packetId);
    }

    /// <summary>False: nobody asked. A PUBACK may then belong to an earlier life of the session and is no error.</summary>
    /// <exception cref="MqttException">0x82: the identifier belongs to another kind of packet.</exception>
    public bool Complete(AckPacket ack)
    {
        Awaited awaited = default;
        lock (_gate)
            if (_open?.Remove(ack.PacketId, out awaited) != true)
                return false;

        if (awaited.Answer != ack.Type)
        {
            awaited.Done.TrySetResult(null);
            throw new MqttException($"The broker answered packet {ack.PacketId} with {ack.Type} instead of {awaited.Answer}.", Reason.ProtocolError);
        }

        awaited.Done.TrySetResult(ack);
        return true;
    }

    public void End()
    {
        Dictionary<ushort, Awaited>? left;
        lock (_gate)
        {
            _ended = true;
            (left, _open) = (_open, null);
        }

        foreach (var awaited in left?.Values ?? Enumerable.Empty<Awaited>())
            awaited.Done.TrySetResult(null);
    }
}
