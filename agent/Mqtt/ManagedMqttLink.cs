using BorderInfo.Mqtt.Link;
using BorderInfo.Mqtt.Wire;

namespace BorderInfo.Mqtt;

/// <summary>Our own MQTT 5 client: one life of one connection. Base library only; safe for any number of links in one process.</summary>
/// <remarks>
/// Set <see cref="OnMessage"/> before <see cref="ConnectAsync"/>: a resumed session delivers at once. The handler runs beside the read loop, so it may publish and wait.
/// Besides <see cref="MqttException"/>, connecting throws <see cref="System.Net.Sockets.SocketException"/>, <see cref="System.Security.Authentication.AuthenticationException"/>
/// (the broker's certificate), <see cref="IOException"/> and <see cref="TimeoutException"/>. A message that was not acknowledged when the link ends is the caller's to publish again.
/// <see cref="IMqttLink.Closed"/> completes after the handler at work has ended, so the lives of one client never overlap; it waits for it <see cref="HandlerGrace"/> at most.
/// </remarks>
/// <param name="clock">For keep alive only. Default: the system's.</param>
public sealed partial class ManagedMqttLink(TimeProvider? clock = null) : IMqttLink
{
    /// <summary>10 s.</summary>
    public static readonly TimeSpan HandlerGrace = TimeSpan.FromSeconds(10);

    private readonly AwaitedAcks _awaited = new();
    private readonly TaskCompletionSource<ConnackPacket?> _connack = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private int _used;
    private Transport? _transport;
    private LinkWriter? _writer;
    private Deliveries? _deliveries;
    private KeepAlive? _keepAlive;
    private volatile ConnackPacket? _server;
    private SemaphoreSlim? _window;

    public Func<MqttMessage, ValueTask>? OnMessage { get; set; }

    public Task<Exception?> Closed => _closed.Task;

    /// <summary>QoS 0 messages thrown away so far because the handler could not keep up; QoS 1 is never thrown away.</summary>
    public long DiscardedQos0 => _deliveries?.Discarded ?? 0;

    public async Task<ConnectResult> ConnectAsync(MqttOptions options, CancellationToken stop = default)
    {
        if (Interlocked.Exchange(ref _used, 1) != 0)
            throw new InvalidOperationException("A link lives once; make a new one for a new connection.");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, _stop.Token);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            return await TalkAsync(options, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var why = Explain(e, options, stop);
            await End(why, null).ConfigureAwait(false);
            if (why == e)
                throw;
            throw why;
        }
    }

    public async Task<byte> PublishAsync(MqttMessage message, CancellationToken stop = default)
    {
        CheckTaken(message);
        await _writer!.RoomAsync(stop).ConfigureAwait(false);
        if (message.Qos == Qos.AtMostOnce)
        {
            SendPublish(message, 0);
            return Reason.Success;
        }

        await EnterWindowAsync(stop).ConfigureAwait(false);
        var answer = ExpectPuback(message);
        return (await AnswerAsync(answer, stop).ConfigureAwait(false)).Reasons[0];
    }

    public async Task<IReadOnlyList<byte>> SubscribeAsync(IReadOnlyList<string> filters, Qos qos, CancellationToken stop = default) =>
        await AskAsync(PacketType.Suback, filters, (to, id) => Send(SubscribePacket.Write(to, filters, qos, id), "SUBSCRIBE"), stop).ConfigureAwait(false);

    public async Task<IReadOnlyList<byte>> UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken stop = default) =>
        await AskAsync(PacketType.Unsuback, filters, (to, id) => Send(SubscribePacket.WriteRemoval(to, filters, id), "UNSUBSCRIBE"), stop).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <remarks>Does not wait for the handler, so the handler itself may call it; what the handler has not finished stays unacknowledged.</remarks>
    public Task DisconnectAsync(byte reason = 0, CancellationToken stop = default) => End(null, reason).WaitAsync(stop);

    public ValueTask DisposeAsync() => new(End(null, Reason.Success));

    private async Task<ConnectResult> TalkAsync(MqttOptions options, CancellationToken limit)
    {
        using var connect = new ByteWriter();
        ConnectPacket.Write(connect, options);
        var transport = await Transport.OpenAsync(options, limit).ConfigureAwait(false);
        Start(transport, options, connect.Finish(PacketType.Connect));

        var server = await _connack.Task.WaitAsync(limit).ConfigureAwait(false) ?? throw Ended();
        var keepAlive = server.KeepAliveSeconds ?? options.KeepAliveSeconds;
        StartKeepAlive(transport, keepAlive);
        return new(server.Reason, server.SessionPresent, server.ReceiveMaximum, server.MaximumPacketSize, server.AssignedClientId ?? options.ClientId, keepAlive);
    }

    private Exception Explain(Exception e, MqttOptions options, CancellationToken stop) => e switch
    {
        OperationCanceledException when stop.IsCancellationRequested => e,
        OperationCanceledException when IsEnding => Ended(),
        OperationCanceledException => new TimeoutException($"{options.Host}:{options.Port} did not answer CONNECT within {options.ConnectTimeout.TotalSeconds:0.#} s.", e),
        _ => e,
    };

    private void CheckTaken(in MqttMessage message)
    {
        if (_server is not { } server)
            throw new InvalidOperationException("Connect first.");
        if (message.Qos == Qos.AtLeastOnce && !server.TakesQos1)
            throw new MqttException("The broker takes QoS 0 only.", Reason.QosNotSupported);
        if (message.Retain && !server.TakesRetain)
            throw new MqttException("The broker keeps no retained messages.", Reason.RetainNotSupported);
    }

    /// <summary>MQTT 5 flow control: not more unacknowledged messages than the broker's Receive Maximum.</summary>
    private async ValueTask EnterWindowAsync(CancellationToken stop)
    {
        if (_window!.Wait(0, CancellationToken.None))
            return;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _stop.Token);
        try
        {
            await _window.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Ended();
        }
    }

    /// <summary>The place in the window is given back by the PUBACK, whoever still waits for it, or here when nothing was sent.</summary>
    private Task<AckPacket?> ExpectPuback(in MqttMessage message)
    {
        ushort packetId = 0;
        try
        {
            (packetId, var answer) = _awaited.Expect(PacketType.Puback);
            if (packetId != 0)
                SendPublish(message, packetId);
            return answer;
        }
        catch
        {
            _awaited.Forget(packetId);
            _window!.Release();
            throw;
        }
    }

    private void SendPublish(in MqttMessage message, ushort packetId)
    {
        using var to = new ByteWriter();
        Send(PublishPacket.Write(to, message, packetId), message.Topic);
    }

    private async Task<byte[]> AskAsync(PacketType answerType, IReadOnlyList<string> filters, Action<ByteWriter, ushort> send, CancellationToken stop)
    {
        if (_server is null)
            throw new InvalidOperationException("Connect first.");

        var (packetId, answer) = _awaited.Expect(answerType);
        try
        {
            using var to = new ByteWriter();
            if (packetId != 0)
                send(to, packetId);
        }
        catch
        {
            _awaited.Forget(packetId);
            throw;
        }

        var reasons = (await AnswerAsync(answer, stop).ConfigureAwait(false)).Reasons;
        return reasons.Length == filters.Count
            ? reasons
            : throw new MqttException($"{filters.Count} filters, {reasons.Length} reason codes.", Reason.ProtocolError);
    }

    private async Task<AckPacket> AnswerAsync(Task<AckPacket?> answer, CancellationToken stop) =>
        await answer.WaitAsync(stop).ConfigureAwait(false) ?? throw Ended();

    /// <exception cref="MqttException">0x95: larger than the broker takes; nothing was sent and the link goes on.</exception>
    private void Send(ReadOnlySpan<byte> packet, string what)
    {
        if (packet.Length > _server!.MaximumPacketSize)
            throw new MqttException($"'{what}': the packet has {packet.Length} bytes, the broker takes {_server.MaximumPacketSize} at most.", Reason.PacketTooLarge);
        if (!_writer!.Add(packet))
            throw Ended();
    }
}
