namespace BorderInfo.Mqtt;

/// <summary>Quality of service as BorderInfo uses it; QoS 2 is deliberately absent.</summary>
public enum Qos : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
}

/// <summary>One MQTT 5 application message, sent or received.</summary>
/// <param name="Topic">UTF-8 topic name without wildcards.</param>
/// <param name="Payload">Up to the peer's maximum packet size; valid only until the handler's task ends.</param>
public readonly record struct MqttMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    public Qos Qos { get; init; }

    public bool Retain { get; init; }

    /// <summary>Message expiry interval in seconds; null = never expires.</summary>
    public uint? ExpirySeconds { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? UserProperties { get; init; }
}

/// <summary>How to reach one broker as one client.</summary>
public sealed record MqttOptions
{
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port, 1–65535. Default: 1883.</summary>
    public int Port { get; init; } = 1883;

    public required string ClientId { get; init; }

    public bool CleanStart { get; init; } = true;

    public uint SessionExpirySeconds { get; init; }

    /// <summary>How many unacknowledged QoS 1 messages we take at once. Default: 20.</summary>
    public ushort ReceiveMaximum { get; init; } = 20;

    /// <summary>Seconds. Default: 60. The link is given up after 1.5 × this without an answer.</summary>
    public ushort KeepAliveSeconds { get; init; } = 60;

    /// <summary>Largest packet we take, in bytes. Default: 256 KiB.</summary>
    public uint MaximumPacketSize { get; init; } = 256 * 1024;

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public MqttMessage? Will { get; init; }

    public uint WillDelaySeconds { get; init; }

    /// <summary>TLS settings (client certificate, trust, verification time); null = plain TCP.</summary>
    public System.Net.Security.SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>How long CONNECT may take, TCP and TLS included. Default: 20 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>What the broker said in CONNACK.</summary>
public readonly record struct ConnectResult(
    byte ReasonCode,
    bool SessionPresent,
    ushort ServerReceiveMaximum,
    uint ServerMaximumPacketSize,
    string ClientId,
    ushort KeepAliveSeconds);

/// <summary>
/// One life of one MQTT 5 connection. After <see cref="Closed"/> the object is spent; a supervisor makes a new one.
/// The only seam to a client library: an adapter over another library is one file.
/// </summary>
public interface IMqttLink : IAsyncDisposable
{
    /// <summary>Called for each PUBLISH, one at a time and in order; for QoS 1 the PUBACK follows the returned task. An exception ends the link, so that the broker redelivers.</summary>
    Func<MqttMessage, ValueTask>? OnMessage { get; set; }

    /// <summary>Completes when the link has ended; the value is the reason, null when we closed it ourselves.</summary>
    Task<Exception?> Closed { get; }

    /// <exception cref="MqttException">The broker refused, with its reason code, or spoke garbage.</exception>
    Task<ConnectResult> ConnectAsync(MqttOptions options, CancellationToken stop = default);

    /// <summary>QoS 0: completes when queued. QoS 1: when the broker acknowledged. Returns the MQTT 5 reason code (0x00 success, 0x10 no subscribers, ≥ 0x80 refused).</summary>
    Task<byte> PublishAsync(MqttMessage message, CancellationToken stop = default);

    /// <summary>Returns one SUBACK reason code a filter, in order.</summary>
    Task<IReadOnlyList<byte>> SubscribeAsync(IReadOnlyList<string> filters, Qos qos, CancellationToken stop = default);

    Task<IReadOnlyList<byte>> UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken stop = default);

    /// <summary>Sends DISCONNECT and ends the link; <paramref name="reason"/> 0x04 asks the broker to publish the will.</summary>
    Task DisconnectAsync(byte reason = 0, CancellationToken stop = default);
}

/// <summary>The peer refused or broke the protocol.</summary>
public sealed class MqttException(string message, byte reasonCode = 0x81, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>MQTT 5 reason code, for example 0x87 not authorised, 0x95 packet too large.</summary>
    public byte ReasonCode { get; } = reasonCode;
}
