namespace BorderInfo.Mqtt;

/// <summary>Whom an <see cref="MqttSession"/> calls, and how patiently.</summary>
public sealed record MqttSessionOptions
{
    /// <summary>The brokers in the order they are tried; at least one. Each is asked for its options before every attempt, since certificates change; an exception counts as a failed attempt.</summary>
    public required IReadOnlyList<Func<MqttOptions>> Brokers { get; init; }

    /// <summary>The wait before the first new round is spread over this long; it doubles with each failed round. Default: 1 s.</summary>
    public TimeSpan RetryBase { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The spread grows no longer than this. Default: 60 s. A link that lived as long as this starts the count anew.</summary>
    public TimeSpan RetryCap { get; init; } = TimeSpan.FromSeconds(60);
}
