namespace BorderInfo.Mqtt.Wire;

/// <summary>The upper four bits of a packet's first byte. Source: OASIS MQTT 5.0, 2.1.2; the QoS 2 and AUTH packets are absent on purpose.</summary>
internal enum PacketType : byte
{
    Connect = 1,
    Connack = 2,
    Publish = 3,
    Puback = 4,
    Subscribe = 8,
    Suback = 9,
    Unsubscribe = 10,
    Unsuback = 11,
    Pingreq = 12,
    Pingresp = 13,
    Disconnect = 14,
}
