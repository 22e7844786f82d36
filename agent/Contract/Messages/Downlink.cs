namespace BorderInfo.Contract.Messages;

/// <summary>Which durable stream of the agent is meant.</summary>
public enum Stream
{
    Play,
    Event,
}

/// <summary>Sent on <c>dn/ack</c> after the server has committed everything up to and including <see cref="UpTo"/>; only then may the agent prune.</summary>
public sealed record StreamAck(Stream Stream, long UpTo);

public enum Verb
{
    /// <summary>Grab the real output named in <see cref="Command.Output"/> and send it.</summary>
    Screenshot,

    /// <summary>Start the player of the output anew.</summary>
    RestartPlayer,

    /// <summary>Hash every file on the shelf again and fetch what is wrong.</summary>
    VerifyShelf,
}

/// <summary>A signed order on <c>dn/command</c> (envelope type <c>bi.command.v1</c>). Sending it twice is harmless.</summary>
public sealed record Command
{
    public required string Id { get; init; }

    public required SiteId Site { get; init; }

    public required Verb Verb { get; init; }

    public OutputId? Output { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Ignored after this.</summary>
    public required DateTimeOffset NotAfter { get; init; }
}

/// <summary>Signed time and newest plan on <c>dn/pulse</c> (envelope type <c>bi.pulse.v1</c>): confirms the clock and shows a withheld plan.</summary>
public sealed record Pulse
{
    public required SiteId Site { get; init; }

    public required DateTimeOffset Utc { get; init; }

    public int PlanEpoch { get; init; }

    public long PlanCounter { get; init; }

    /// <summary>Boot and birth that this pulse answers; a pulse for another connection confirms nothing.</summary>
    public required long Boot { get; init; }

    public required long Birth { get; init; }
}
