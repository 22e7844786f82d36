using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Messages;

[JsonConverter(typeof(StrictWords<SiteEventKind>))]
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
