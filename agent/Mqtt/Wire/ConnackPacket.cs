namespace BorderInfo.Mqtt.Wire;

/// <summary>CONNACK → what the broker allows. Pure. Source: OASIS MQTT 5.0, 3.2.</summary>
/// <remarks>Defaults are those of the standard for an absent property.</remarks>
internal sealed record ConnackPacket(byte Reason, bool SessionPresent)
{
    public ushort ReceiveMaximum { get; init; } = ushort.MaxValue;

    public uint MaximumPacketSize { get; init; } = uint.MaxValue;

    /// <summary>The highest QoS the broker takes from us is 1 unless this is false.</summary>
    public bool TakesQos1 { get; init; } = true;

    public bool TakesRetain { get; init; } = true;

    public string? AssignedClientId { get; init; }

    public ushort? KeepAliveSeconds { get; init; }

    public string? ReasonString { get; init; }

    /// <exception cref="MqttException">0x81 or 0x82 for garbage; 0x84 when it is the answer of an MQTT 3.1.1 broker.</exception>
    public static ConnackPacket Read(ReadOnlySpan<byte> body)
    {
        var bytes = new ByteReader(body);
        var flags = bytes.Byte();
        if (flags > 1)
            throw new MqttException($"CONNACK flags 0x{flags:X2} are reserved.", Wire.Reason.Malformed);

        var reason = bytes.Byte();
        if (bytes.Remaining == 0)
            throw new MqttException($"The broker answered as MQTT 3.1.1 (return code {reason}); MQTT 5 is needed.", Wire.Reason.UnsupportedVersion);

        var packet = ReadProperties(new ConnackPacket(reason, flags == 1), ref bytes);
        bytes.MustBeEmpty();
        return packet;
    }

    private static ConnackPacket ReadProperties(ConnackPacket packet, ref ByteReader bytes)
    {
        var properties = new PropertyReader(ref bytes);
        while (properties.Next(out var id))
            packet = id switch
            {
                PropertyId.ReceiveMaximum => packet with { ReceiveMaximum = properties.NotZero16() },
                PropertyId.MaximumPacketSize => packet with { MaximumPacketSize = properties.NotZero32() },
                PropertyId.MaximumQos => packet with { TakesQos1 = properties.Flag() },
                PropertyId.RetainAvailable => packet with { TakesRetain = properties.Flag() },
                PropertyId.AssignedClientIdentifier => packet with { AssignedClientId = properties.Text() },
                PropertyId.ServerKeepAlive => packet with { KeepAliveSeconds = properties.UInt16() },
                PropertyId.ReasonString => packet with { ReasonString = properties.Text() },
                _ => PassOver(packet, id, ref properties),
            };

        return packet;
    }

    /// <summary>What the broker may say and we have no use for.</summary>
    private static ConnackPacket PassOver(ConnackPacket packet, PropertyId id, ref PropertyReader properties)
    {
        switch (id)
        {
            case PropertyId.SessionExpiryInterval: properties.UInt32(); break;
            case PropertyId.TopicAliasMaximum: properties.UInt16(); break;
            case PropertyId.UserProperty: properties.Pair(); break;
            case PropertyId.WildcardSubscriptionAvailable or PropertyId.SubscriptionIdentifierAvailable or PropertyId.SharedSubscriptionAvailable: properties.Flag(); break;
            case PropertyId.ResponseInformation or PropertyId.ServerReference or PropertyId.AuthenticationMethod: properties.Text(); break;
            case PropertyId.AuthenticationData: properties.Binary(); break;
            default: throw PropertyReader.Misplaced(id);
        }

        return packet;
    }
}
