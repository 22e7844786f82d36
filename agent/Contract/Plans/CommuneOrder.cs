namespace BorderInfo.Contract.Plans;

/// <summary>Why a priority entry has its number where a bulletin of a wider source meets one of the commune itself (Circular 39/2020/TT-BTTTT): unless the commune has decided, the source goes first.</summary>
/// <remarks>It only tells; the number decides. So it needs no contract level.</remarks>
public sealed record CommuneOrder
{
    /// <summary>The number that was typed, 1–999.</summary>
    public required int Typed { get; init; }

    /// <summary>On an entry of the commune: the wider sources' at its outputs. Empty on theirs.</summary>
    public IReadOnlyList<CommuneMeeting> Meetings { get; set; } = [];
}

/// <summary>An entry of the commune meets one of a wider source.</summary>
public sealed record CommuneMeeting
{
    /// <summary>The schedule of the wider source, as entries name it: <c>L-12</c>.</summary>
    public required string With { get; init; }

    /// <summary>False = the source goes first.</summary>
    public required bool OwnFirst { get; init; }

    /// <summary>User name; null = the commune has not decided.</summary>
    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }
}
