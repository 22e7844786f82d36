using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Messages;

[JsonConverter(typeof(StrictWords<Presence>))]
public enum Presence
{
    Online,

    /// <summary>The last will: the link broke without a farewell.</summary>
    Lost,

    /// <summary>The agent was stopped by a person.</summary>
    Stopped,
}

/// <summary>Birth, farewell and last will on <c>up/state</c>, retained. A late will of an older boot must not overrule a newer birth.</summary>
public sealed record SiteState
{
    public required Presence State { get; init; }

    /// <summary>Rises at every start of the agent.</summary>
    public required long Boot { get; init; }

    /// <summary>Rises at every birth within a boot; the will of connection n carries n.</summary>
    public required long Birth { get; init; }

    public int Level { get; set; } = ContractLevel.Current;

    public string AgentVersion { get; set; } = "";

    /// <summary>The plan on air; null = none yet.</summary>
    public PlanNumber? Plan { get; init; }

    public int PlanEpoch { get; init; }

    public long PlanCounter { get; init; }

    /// <summary>Newest sequence number in the journal, so that the server knows what it still lacks.</summary>
    public long LastPlaySeq { get; init; }

    public long LastEventSeq { get; init; }

    public DateTimeOffset At { get; init; }

    public ClockTrust Clock { get; init; }
}
