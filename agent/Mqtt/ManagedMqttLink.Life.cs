using System.Buffers;
using BorderInfo.Mqtt.Link;
using BorderInfo.Mqtt.Wire;

namespace BorderInfo.Mqtt;

/// <summary>How a link starts, what it does with what arrives, and how it ends.</summary>
public sealed partial class ManagedMqttLink
{
    /// <summary>How long the farewell may take: our DISCONNECT out, the broker's end in.</summary>
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private Task _reading = Task.CompletedTask;
    private Task _handling = Task.CompletedTask;
    private Task? _ending;
    private Exception? _why;

    private bool IsEnding
    {
        get
        {
            lock (_gate)
                return _ending is not null;
        }
    }

    private void Start(Transport transport, MqttOptions options, ReadOnlySpan<byte> connect)
    {
        lock (_gate)
        {
            if (_ending is not null)
            {
                transport.Dispose();
                throw Ended();
            }

            _transport = transport;
            _writer = new LinkWriter(transport.Stream, e => End(e, null));
            var budget = (long)options.ReceiveMaximum * options.MaximumPacketSize;
            _deliveries = new Deliveries(options.ReceiveMaximum, budget, HandleAsync, id => _writer.Add(AckPacket.Puback(id)));
            _writer.Add(connect);
            _reading = Task.Run(() => ReadAsync(new LinkReader(transport.Stream, options.MaximumPacketSize, () => _keepAlive?.Heard(), TakeAsync), options));
            _handling = Task.Run(DeliverAsync);
        }
    }

    private void StartKeepAlive(Transport transport, ushort seconds)
    {
        if (seconds == 0)
            return;

        lock (_gate)
        {
            if (_ending is not null)
                return;

            transport.GiveUpAfter(seconds);
            _keepAlive = new KeepAlive(seconds, clock ?? TimeProvider.System, () => _writer!.Add(PingPacket.Request),
                () => End(new MqttException($"The broker was silent for 1.5 × {seconds} s.", Reason.KeepAliveTimeout), null));
        }
    }

    private async Task ReadAsync(LinkReader reader, MqttOptions options)
    {
        try
        {
            await reader.RunAsync(_stop.Token).ConfigureAwait(false);
            _ = End(new EndOfStreamException(_server is null
                ? $"The broker closed the connection before CONNACK{(options.Tls is null ? "" : " (with TLS 1.3 a refused client certificate looks like this)")}."
                : "The broker closed the connection."), null);
        }
        catch (PeerDisconnected e)
        {
            _ = End(e.Why, null);
        }
        catch (MqttException e)
        {
            _ = End(e, _server is null ? null : e.ReasonCode);
        }
        catch (Exception e)
        {
            _ = End(e, null);
        }
    }

    private async Task DeliverAsync()
    {
        try
        {
            await _deliveries!.RunAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _ = End(e, Reason.ImplementationSpecific);
        }
    }

    private ValueTask HandleAsync(MqttMessage message) => OnMessage is { } handler
        ? handler(message)
        : throw new InvalidOperationException($"A message on '{message.Topic}' arrived and OnMessage is not set.");

    private ValueTask TakeAsync(Frame frame)
    {
        if (IsEnding)
            return ValueTask.CompletedTask;

        if (_server is null && frame.Type is not (PacketType.Connack or PacketType.Disconnect))
            throw new MqttException($"The broker's first packet is {frame.Type}, not CONNACK.", Reason.ProtocolError);

        if (frame.Type == PacketType.Publish)
            return _deliveries!.AddAsync(frame, _stop.Token);

        if (frame.Flags != 0)
            throw new MqttException($"{frame.Type} with flags 0x{frame.Flags:X}.", Reason.Malformed);

        TakeControl(frame.Type, frame.Body.IsSingleSegment ? frame.Body.FirstSpan : frame.Body.ToArray());
        return ValueTask.CompletedTask;
    }

    private void TakeControl(PacketType type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case PacketType.Connack: TakeConnack(ConnackPacket.Read(body)); break;
            case PacketType.Puback or PacketType.Suback or PacketType.Unsuback: TakeAck(AckPacket.Read(type, body)); break;
            case PacketType.Pingresp when body.IsEmpty: break;
            case PacketType.Disconnect: throw new PeerDisconnected(DisconnectPacket.Read(body));
            default: throw new MqttException($"Unexpected packet {type}.", Reason.ProtocolError);
        }
    }

    private void TakeConnack(ConnackPacket server)
    {
        if (_server is not null)
            throw new MqttException("A second CONNACK.", Reason.ProtocolError);
        if (server.Reason >= Reason.FirstFailure)
            throw new PeerDisconnected(new MqttException($"The broker refused: {Reason.Describe(server.Reason, server.ReasonString)}.", server.Reason));

        _window = new SemaphoreSlim(server.ReceiveMaximum);
        _server = server;
        _connack.TrySetResult(server);
    }

    private void TakeAck(AckPacket ack)
    {
        if (_awaited.Complete(ack) && ack.Type == PacketType.Puback)
            _window!.Release();
    }

    /// <summary>What those get who wait for something when the link ends.</summary>
    private MqttException Ended() => _why switch
    {
        null => new MqttException("The link was closed by its owner.", Reason.Success),
        MqttException e => new MqttException(e.Message, e.ReasonCode, e),
        var e => new MqttException($"The link ended: {e.Message}", Reason.ServerUnavailable, e),
    };

    /// <summary>The first call decides; all get the task that completes with the socket closed.</summary>
    /// <param name="tell">Reason for our DISCONNECT; null when the peer would not hear it.</param>
    private Task End(Exception? why, byte? tell)
    {
        lock (_gate)
        {
            if (_ending is not null)
                return _ending;

            _why = why;
            _ending = Task.Run(() => CloseAsync(tell));
            _ = CompleteAsync(_ending);
            return _ending;
        }
    }

    private async Task CloseAsync(byte? tell)
    {
        _keepAlive?.Dispose();
        _deliveries?.Stop();
        if (tell is { } reason && _transport is not null)
            await SayGoodbyeAsync(reason).ConfigureAwait(false);

        await _stop.CancelAsync().ConfigureAwait(false);
        _transport?.Dispose();
        _awaited.End();
        _connack.TrySetResult(null);
        await _reading.ConfigureAwait(false);
    }

    /// <summary>Waits for the broker's end of the connection too: a socket closed over unread bytes resets, and the reset can overtake our DISCONNECT.</summary>
    private async Task SayGoodbyeAsync(byte reason)
    {
        await Task.WhenAny(FarewellAsync(reason), Task.Delay(FarewellLimit)).ConfigureAwait(false);
    }

    private async Task FarewellAsync(byte reason)
    {
        await _writer!.FinishAsync(DisconnectPacket.Bytes(reason)).ConfigureAwait(false);
        // The broker may be quicker to close; then there is nobody left to tell and the read loop knows.
        await _transport!.EndSendingAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _reading.ConfigureAwait(false);
    }

    private async Task CompleteAsync(Task closing)
    {
        await closing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAny(_handling, Task.Delay(HandlerGrace)).ConfigureAwait(false);
        _closed.TrySetResult(_why);
    }

    /// <summary>Carries the peer's own words out of the read loop: there is nobody left to tell.</summary>
    private sealed class PeerDisconnected(MqttException why) : Exception(why.Message, why)
    {
        public MqttException Why => why;
    }
}
