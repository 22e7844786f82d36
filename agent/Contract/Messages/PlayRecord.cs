using System.Text.Json.Serialization;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Contract.Messages;

[JsonConverter(typeof(StrictWords<PlayEnd>))]
public enum PlayEnd
{
    /// <summary>Ran its time.</summary>
    Completed,

    /// <summary>Something of a higher tier, a new plan or a stop took its place.</summary>
    Cut,

    /// <summary>The player or the agent died; the end is the last instant it was known to run.</summary>
    Broken,
}

[JsonConverter(typeof(StrictWords<ProofGrade>))]
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

    public int Page { get; set; } = 1;

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
