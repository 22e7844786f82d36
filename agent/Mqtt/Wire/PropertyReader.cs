namespace BorderInfo.Mqtt.Wire;

/// <summary>Walks one property section. Pure. Unknown and repeated properties are errors of the peer, never of the process.</summary>
/// <remarks>Source: OASIS MQTT 5.0, 2.2.2. Only user properties and subscription identifiers may repeat.</remarks>
internal ref struct PropertyReader
{
    private ByteReader _bytes;
    private ulong _seen;

    public PropertyReader(ref ByteReader packet)
    {
        var length = packet.VarInt();
        _bytes = new ByteReader(packet.Take((int)length));
    }

    public bool Next(out PropertyId id)
    {
        id = default;
        if (_bytes.Remaining == 0)
            return false;

        id = (PropertyId)_bytes.Byte();
        if ((byte)id > 63 || !Enum.IsDefined(id))
            throw new MqttException($"Unknown property 0x{(byte)id:X2}.", Reason.Malformed);

        var bit = 1UL << (byte)id;
        if ((_seen & bit) != 0 && id is not (PropertyId.UserProperty or PropertyId.SubscriptionIdentifier))
            throw new MqttException($"Property {id} stands twice.", Reason.ProtocolError);

        _seen |= bit;
        return true;
    }

    public bool Flag()
    {
        var value = _bytes.Byte();
        return value <= 1 ? value == 1 : throw new MqttException($"A property of {value} must be 0 or 1.", Reason.ProtocolError);
    }

    public ushort UInt16() => _bytes.UInt16();

    public uint UInt32() => _bytes.UInt32();

    public ushort NotZero16() => _bytes.UInt16() is var value and not 0 ? value : throw Zero();

    public uint NotZero32() => _bytes.UInt32() is var value and not 0 ? value : throw Zero();

    public uint VarInt() => _bytes.VarInt();

    public string Text() => _bytes.Text();

    public byte[] Binary() => _bytes.Binary().ToArray();

    public KeyValuePair<string, string> Pair()
    {
        var key = _bytes.Text();
        return new(key, _bytes.Text());
    }

    /// <summary>The section of PUBACK, SUBACK, UNSUBACK and DISCONNECT: the broker's own words, or null.</summary>
    public static string? ReasonString(ref ByteReader packet)
    {
        string? said = null;
        var properties = new PropertyReader(ref packet);
        while (properties.Next(out var id))
            switch (id)
            {
                case PropertyId.ReasonString: said = properties.Text(); break;
                case PropertyId.UserProperty: properties.Pair(); break;
                case PropertyId.ServerReference: properties.Text(); break;
                case PropertyId.SessionExpiryInterval: properties.UInt32(); break;
                default: throw Misplaced(id);
            }

        return said;
    }

    public static MqttException Misplaced(PropertyId id) => new($"Property {id} has no place in this packet.", Reason.ProtocolError);

    private static MqttException Zero() => new("A limit of 0 is not allowed.", Reason.ProtocolError);
}
