using BorderInfo.Contract.Health;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Contract.Messages;

/// <summary>What the agent knows of its clock: <c>Confirmed</c> by a signed pulse this boot, <c>Plausible</c> (not before the floor), <c>False</c>.</summary>
public enum ClockTrust
{
    Confirmed,
    Plausible,
    False,
}

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

    public int Level { get; init; } = ContractLevel.Current;

    public string AgentVersion { get; init; } = "";

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

/// <summary>What one output does, as read back from the player.</summary>
public sealed record OutputHealth
{
    public required OutputId Output { get; init; }

    /// <summary>What the plan wants now; null = safe screen or silence.</summary>
    public ItemId? Wanted { get; init; }

    /// <summary>What the player says it shows.</summary>
    public ItemId? Shown { get; init; }

    public string? Language { get; init; }

    public int? Page { get; init; }

    public bool PlayerAlive { get; init; }

    /// <summary>True when what is on air is what the plan says (a safe screen that the plan implies counts).</summary>
    public bool AsPlanned { get; init; }

    /// <summary>Players started anew since boot.</summary>
    public int Restarts { get; init; }

    /// <summary>Mean luma of the last grab, 0–255; null = none taken.</summary>
    public double? Luma { get; init; }
}

/// <summary>Health of a site on <c>up/health</c>, QoS 0, about every 30 s.</summary>
public sealed record HealthReport
{
    public required long Boot { get; init; }

    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    public ClockTrust Clock { get; init; }

    public PlanNumber? Plan { get; init; }

    public required IReadOnlyList<OutputHealth> Outputs { get; init; }

    public long UptimeSeconds { get; init; }

    /// <summary>1-minute load average.</summary>
    public double Load { get; init; }

    public long MemoryAvailableBytes { get; init; }

    public long DiskFreeBytes { get; init; }

    /// <summary>CPU temperature in °C; null where the machine has no sensor.</summary>
    public double? CpuTempC { get; init; }

    /// <summary>Records and events not yet acknowledged by the server.</summary>
    public int OutboxCount { get; init; }

    /// <summary>Refused messages since boot, by refusal code.</summary>
    public IReadOnlyDictionary<string, long> Refused { get; init; } = new Dictionary<string, long>();

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

public enum SiteEventKind
{
    PlanReceived,
    PlanOnDisk,
    PlanOnAir,
    PlanRefused,
    FindingRaised,
    FindingCleared,
    PlayerRestarted,
    AgentStarted,
}

/// <summary>Something worth telling once, in order, through the durable outbox.</summary>
public sealed record SiteEvent
{
    /// <summary>1, 2, 3 … per site, never reused.</summary>
    public required long Seq { get; init; }

    public required long Boot { get; init; }

    public required DateTimeOffset At { get; init; }

    public ClockTrust Clock { get; init; }

    public required SiteEventKind Kind { get; init; }

    public PlanNumber? Plan { get; init; }

    public OutputId? Output { get; init; }

    /// <summary>Refusal or finding code.</summary>
    public string? Code { get; init; }

    /// <summary>At most 500 characters, English.</summary>
    public string? Detail { get; init; }
}

/// <summary>Events in order on <c>up/event</c>, at most 100.</summary>
public sealed record EventBatch(IReadOnlyList<SiteEvent> Events);

public enum PlayEnd
{
    /// <summary>Ran its time.</summary>
    Completed,

    /// <summary>Something of a higher tier, a new plan or a stop took its place.</summary>
    Cut,

    /// <summary>The player or the agent died; the end is the last instant it was known to run.</summary>
    Broken,
}

public enum ProofGrade
{
    /// <summary>The player reported start and end.</summary>
    Played,

    /// <summary>A grab of the real output agreed with the part.</summary>
    Verified,
}

/// <summary>One line of the proof journal: what was really on air, from when to when.</summary>
public sealed record PlayRecord
{
    /// <summary>1, 2, 3 … per site across boots, never reused; the server's key against doubles.</summary>
    public required long Seq { get; init; }

    public required long Boot { get; init; }

    public required PlanNumber Plan { get; init; }

    public required string Entry { get; init; }

    public required Tier Tier { get; init; }

    public required OutputId Output { get; init; }

    public required ItemId Item { get; init; }

    public required int Version { get; init; }

    public required string Language { get; init; }

    public int Page { get; init; } = 1;

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>By the monotonic clock; true even when the wall clock jumped.</summary>
    public required long DurationMs { get; init; }

    public required PlayEnd End { get; init; }

    public ProofGrade Grade { get; init; }

    public ClockTrust Clock { get; init; }
}

/// <summary>Records in order on <c>up/play</c>, at most 100. Removed from the outbox only at a <see cref="StreamAck"/>.</summary>
public sealed record PlayBatch(IReadOnlyList<PlayRecord> Records);

/// <summary>Answer to a command on <c>up/answer</c>.</summary>
public sealed record Answer
{
    public required string Id { get; init; }

    /// <summary>False = refused or failed, with the code.</summary>
    public required bool Done { get; init; }

    public string? Code { get; init; }

    public string? Detail { get; init; }
}
