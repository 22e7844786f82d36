namespace BorderInfo.Mqtt.Wire;

/// <summary>PINGREQ; its answer PINGRESP has no body. Source: OASIS MQTT 5.0, 3.12 and 3.13.</summary>
internal static class PingPacket
{
    public static ReadOnlySpan<byte> Request => [(byte)PacketType.Pingreq << 4, 0];
}
