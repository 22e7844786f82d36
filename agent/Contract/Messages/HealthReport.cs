using BorderInfo.Contract.Health;

namespace BorderInfo.Contract.Messages;

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
    public IReadOnlyDictionary<string, long> Refused { get; set; } = new Dictionary<string, long>();

    public IReadOnlyList<Finding> Findings { get; set; } = [];
}
