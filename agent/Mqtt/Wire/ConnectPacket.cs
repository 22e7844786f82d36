namespace BorderInfo.Mqtt.Wire;

/// <summary>Options → CONNECT. Pure. Source: OASIS MQTT 5.0, 3.1.</summary>
internal static class ConnectPacket
{
    private const byte ProtocolVersion = 5;
    private const byte CleanStart = 0x02, HasWill = 0x04, WillRetain = 0x20, HasPassword = 0x40, HasUserName = 0x80;

    /// <exception cref="ArgumentException">A limit of 0, a will on something that is no topic, or a field beyond 65,535 bytes.</exception>
    public static ReadOnlySpan<byte> Write(ByteWriter to, MqttOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfZero(options.ReceiveMaximum);
        ArgumentOutOfRangeException.ThrowIfZero(options.MaximumPacketSize);

        to.Text("MQTT");
        to.Byte(ProtocolVersion);
        to.Byte(Flags(options));
        to.UInt16(options.KeepAliveSeconds);
        WriteProperties(to, options);
        to.Text(options.ClientId);
        if (options.Will is { } will)
            WriteWill(to, will, options.WillDelaySeconds);
        if (options.UserName is { } user)
            to.Text(user);
        if (options.Password is { } password)
            to.Text(password);

        return to.Finish(PacketType.Connect);
    }

    private static byte Flags(MqttOptions options)
    {
        var flags = 0;
        if (options.CleanStart)
            flags |= CleanStart;
        if (options.UserName is not null)
            flags |= HasUserName;
        if (options.Password is not null)
            flags |= HasPassword;
        if (options.Will is { } will)
            flags |= HasWill | (byte)will.Qos << 3 | (will.Retain ? WillRetain : 0);
        return (byte)flags;
    }

    private static void WriteProperties(ByteWriter to, MqttOptions options)
    {
        var start = to.OpenProperties();
        if (options.SessionExpirySeconds > 0)
        {
            to.Byte((byte)PropertyId.SessionExpiryInterval);
            to.UInt32(options.SessionExpirySeconds);
        }

        to.Byte((byte)PropertyId.ReceiveMaximum);
        to.UInt16(options.ReceiveMaximum);
        to.Byte((byte)PropertyId.MaximumPacketSize);
        to.UInt32(options.MaximumPacketSize);
        to.CloseProperties(start);
    }

    private static void WriteWill(ByteWriter to, in MqttMessage will, uint delaySeconds)
    {
        TopicName.CheckName(will.Topic);
        var start = to.OpenProperties();
        if (delaySeconds > 0)
        {
            to.Byte((byte)PropertyId.WillDelayInterval);
            to.UInt32(delaySeconds);
        }

        MessageProperties.Write(to, will);
        to.CloseProperties(start);
        to.Text(will.Topic);
        to.Binary(will.Payload.Span);
    }
}
