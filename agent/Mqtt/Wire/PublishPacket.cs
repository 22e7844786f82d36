namespace BorderInfo.Mqtt.Wire;

/// <summary>PUBLISH, both ways. Pure. Source: OASIS MQTT 5.0, 3.3.</summary>
/// <param name="PacketId">1–65535 for QoS 1, 0 for QoS 0.</param>
/// <param name="Duplicate">The broker has tried before; the handler isn't told, since only its own key can decide.</param>
internal readonly record struct PublishPacket(MqttMessage Message, ushort PacketId, bool Duplicate)
{
    private const byte RetainFlag = 0x01, DuplicateFlag = 0x08;

    /// <exception cref="ArgumentException">The topic is no topic name, or a field is beyond 65,535 bytes.</exception>
    public static ReadOnlySpan<byte> Write(ByteWriter to, in MqttMessage message, ushort packetId, bool duplicate = false)
    {
        TopicName.CheckName(message.Topic);
        to.Text(message.Topic);
        if (message.Qos != Qos.AtMostOnce)
            to.UInt16(packetId);

        var start = to.OpenProperties();
        MessageProperties.Write(to, message);
        to.CloseProperties(start);
        to.Raw(message.Payload.Span);

        var flags = (byte)message.Qos << 1 | (message.Retain ? RetainFlag : 0) | (duplicate ? DuplicateFlag : 0);
        return to.Finish(PacketType.Publish, (byte)flags);
    }

    /// <summary>The payload is a view of <paramref name="body"/>; everything else is copied.</summary>
    /// <exception cref="MqttException">0x81, 0x82, 0x90, 0x94 or 0x9B for what we do not take.</exception>
    public static PublishPacket Read(byte flags, ReadOnlyMemory<byte> body)
    {
        var qos = Level(flags);
        var bytes = new ByteReader(body.Span);
        var topic = bytes.Text();
        if (!TopicName.IsName(topic))
            throw new MqttException($"'{topic}' is not a topic name.", Reason.TopicNameInvalid);

        var packetId = qos == Qos.AtMostOnce ? (ushort)0 : bytes.UInt16();
        if (qos != Qos.AtMostOnce && packetId == 0)
            throw new MqttException("A QoS 1 message has packet identifier 0.", Reason.ProtocolError);

        var message = new MqttMessage(topic, default) { Qos = qos, Retain = (flags & RetainFlag) != 0 };
        message = MessageProperties.Read(message, ref bytes);
        return new(message with { Payload = body[^bytes.Remaining..] }, packetId, (flags & DuplicateFlag) != 0);
    }

    private static Qos Level(byte flags) => (flags >> 1 & 3) switch
    {
        0 when (flags & DuplicateFlag) == 0 => Qos.AtMostOnce,
        1 => Qos.AtLeastOnce,
        2 => throw new MqttException("The broker sent QoS 2; we subscribe with 1 at most.", Reason.QosNotSupported),
        _ => throw new MqttException($"PUBLISH flags 0x{flags:X} are not allowed.", Reason.Malformed),
    };
}
