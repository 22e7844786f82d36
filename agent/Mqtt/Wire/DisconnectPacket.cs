namespace BorderInfo.Mqtt.Wire;

/// <summary>DISCONNECT, both ways. Pure. Source: OASIS MQTT 5.0, 3.14.</summary>
internal static class DisconnectPacket
{
    private const byte FirstByte = (byte)PacketType.Disconnect << 4;

    public static byte[] Bytes(byte reason) => reason == Reason.Success ? [FirstByte, 0] : [FirstByte, 1, reason];

    /// <summary>What the broker's DISCONNECT means to the owner of the link.</summary>
    public static MqttException Read(ReadOnlySpan<byte> body)
    {
        var bytes = new ByteReader(body);
        var reason = bytes.Remaining > 0 ? bytes.Byte() : Reason.Success;
        var said = bytes.Remaining > 0 ? PropertyReader.ReasonString(ref bytes) : null;
        bytes.MustBeEmpty();
        return new($"The broker ended the link: {Reason.Describe(reason, said)}.", reason);
    }
}
