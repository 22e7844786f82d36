namespace BorderInfo.Mqtt.Wire;

/// <summary>PUBACK (both ways), SUBACK and UNSUBACK (from the broker). Pure. Source: OASIS MQTT 5.0, 3.4, 3.9, 3.11.</summary>
/// <param name="Reasons">One code for PUBACK, one a filter for the others.</param>
internal sealed record AckPacket(PacketType Type, ushort PacketId, byte[] Reasons)
{
    private static readonly byte[] Accepted = [Reason.Success];

    /// <summary>PUBACK with success, in its short form of four bytes.</summary>
    public static byte[] Puback(ushort packetId) => [(byte)PacketType.Puback << 4, 2, (byte)(packetId >> 8), (byte)packetId];

    public static AckPacket Read(PacketType type, ReadOnlySpan<byte> body)
    {
        var bytes = new ByteReader(body);
        var packetId = bytes.UInt16();
        if (packetId == 0)
            throw new MqttException($"{type} for packet identifier 0.", Reason.ProtocolError);

        return new(type, packetId, type == PacketType.Puback ? ReadPuback(ref bytes) : ReadCodes(type, ref bytes));
    }

    private static byte[] ReadPuback(ref ByteReader bytes)
    {
        if (bytes.Remaining == 0)
            return Accepted;

        byte[] reasons = [bytes.Byte()];
        if (bytes.Remaining > 0)
            PropertyReader.ReasonString(ref bytes);
        bytes.MustBeEmpty();
        return reasons;
    }

    private static byte[] ReadCodes(PacketType type, ref ByteReader bytes)
    {
        PropertyReader.ReasonString(ref bytes);
        return bytes.Remaining > 0
            ? bytes.Rest().ToArray()
            : throw new MqttException($"{type} without a reason code.", Reason.ProtocolError);
    }
}
