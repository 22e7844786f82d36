namespace BorderInfo.Mqtt.Wire;

/// <summary>SUBSCRIBE and UNSUBSCRIBE. Pure. Source: OASIS MQTT 5.0, 3.8 and 3.10.</summary>
/// <remarks>Subscription options other than the QoS stay 0: own messages come back, Retain is set only on what was kept, kept messages are sent at every subscribe.</remarks>
internal static class SubscribePacket
{
    private const byte RequiredFlags = 0x02;

    /// <exception cref="ArgumentException">No filter, or one that is none.</exception>
    public static ReadOnlySpan<byte> Write(ByteWriter to, IReadOnlyList<string> filters, Qos qos, ushort packetId)
    {
        WriteStart(to, filters, packetId);
        foreach (var filter in filters)
        {
            to.Text(filter);
            to.Byte((byte)qos);
        }

        return to.Finish(PacketType.Subscribe, RequiredFlags);
    }

    /// <exception cref="ArgumentException">No filter, or one that is none.</exception>
    public static ReadOnlySpan<byte> WriteRemoval(ByteWriter to, IReadOnlyList<string> filters, ushort packetId)
    {
        WriteStart(to, filters, packetId);
        foreach (var filter in filters)
            to.Text(filter);

        return to.Finish(PacketType.Unsubscribe, RequiredFlags);
    }

    private static void WriteStart(ByteWriter to, IReadOnlyList<string> filters, ushort packetId)
    {
        TopicName.CheckFilters(filters);
        to.UInt16(packetId);
        to.CloseProperties(to.OpenProperties());
    }
}
