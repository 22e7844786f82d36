namespace BorderInfo.Mqtt.Wire;

/// <summary>The reason codes we act on, and words for all that a broker may send. Source: OASIS MQTT 5.0, table 2-6.</summary>
internal static class Reason
{
    public const byte Success = 0x00;
    public const byte FirstFailure = 0x80;
    public const byte Malformed = 0x81;
    public const byte ProtocolError = 0x82;
    public const byte ImplementationSpecific = 0x83;
    public const byte UnsupportedVersion = 0x84;
    public const byte ServerUnavailable = 0x88;
    public const byte KeepAliveTimeout = 0x8D;
    public const byte TopicNameInvalid = 0x90;
    public const byte ReceiveMaximumExceeded = 0x93;
    public const byte TopicAliasInvalid = 0x94;
    public const byte PacketTooLarge = 0x95;
    public const byte RetainNotSupported = 0x9A;
    public const byte QosNotSupported = 0x9B;

    /// <summary>For example <c>0x87 not authorized: certificate unknown</c>; <paramref name="said"/> is the broker's own reason string.</summary>
    public static string Describe(byte code, string? said = null) =>
        $"0x{code:X2} {Words(code)}{(string.IsNullOrEmpty(said) ? "" : $": {said}")}";

    private static string Words(byte code) => code switch
    {
        0x00 => "success",
        0x04 => "disconnect with will message",
        0x10 => "no matching subscribers",
        0x11 => "no subscription existed",
        0x80 => "unspecified error",
        0x81 => "malformed packet",
        0x82 => "protocol error",
        0x83 => "implementation specific error",
        0x84 => "unsupported protocol version",
        0x85 => "client identifier not valid",
        0x86 => "bad user name or password",
        0x87 => "not authorized",
        0x88 => "server unavailable",
        0x89 => "server busy",
        0x8A => "banned",
        0x8B => "server shutting down",
        0x8C => "bad authentication method",
        0x8D => "keep alive timeout",
        0x8E => "session taken over",
        0x8F => "topic filter invalid",
        0x90 => "topic name invalid",
        0x91 => "packet identifier in use",
        0x93 => "receive maximum exceeded",
        0x94 => "topic alias invalid",
        0x95 => "packet too large",
        0x96 => "message rate too high",
        0x97 => "quota exceeded",
        0x98 => "administrative action",
        0x99 => "payload format invalid",
        0x9A => "retain not supported",
        0x9B => "QoS not supported",
        0x9C => "use another server",
        0x9D => "server moved",
        0x9E => "shared subscriptions not supported",
        0x9F => "connection rate exceeded",
        0xA0 => "maximum connect time",
        0xA1 => "subscription identifiers not supported",
        0xA2 => "wildcard subscriptions not supported",
        _ => "unknown reason",
    };
}
