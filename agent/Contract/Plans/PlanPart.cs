using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

[JsonConverter(typeof(StrictWords<PartKind>))]
public enum PartKind
{
    Still,
    Clip,
    Speech,
}

/// <summary>One page, clip or spoken text of an item in one language at one output.</summary>
public sealed record PlanPart
{
    public required OutputId Output { get; init; }

    /// <summary>BCP 47; <c>zxx</c> = no words, fits every language.</summary>
    public required string Language { get; init; }

    /// <summary>From 1, in order.</summary>
    public int Page { get; set; } = 1;

    public required PartKind Kind { get; init; }

    public required MediaHash File { get; init; }

    /// <summary>How long it is on air, 500 ms to 4 h.</summary>
    public required int DurationMs { get; init; }
}
