using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Plans;

/// <summary>The three legal classes of a bulletin (Circular 39/2020/TT-BTTTT).</summary>
[JsonConverter(typeof(StrictWords<BulletinClass>))]
public enum BulletinClass
{
    /// <summary>Thông thường.</summary>
    Normal,

    /// <summary>Ưu tiên.</summary>
    Priority,

    /// <summary>Khẩn cấp.</summary>
    Emergency,
}

/// <summary>One approved version of an item with the files that this site's outputs show.</summary>
public sealed record PlanItem
{
    public required ItemId Id { get; init; }

    /// <summary>From 1; a change makes a new version that is approved anew.</summary>
    public required int Version { get; init; }

    public required string Title { get; init; }

    public string Theme { get; set; } = "";

    public BulletinClass Class { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>First instant at which it may no longer be shown or said.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>Who released it (user name) and when.</summary>
    public required string ApprovedBy { get; init; }

    public required DateTimeOffset ApprovedAt { get; init; }

    public required IReadOnlyList<PlanPart> Parts { get; init; }

    /// <summary>Level 5. When alone it may be shown or said: in order, never two at once (one may begin as another ends), all within its validity, at most <see cref="PlanLimits.TimesPerItem"/>. Empty = as long as it is valid.</summary>
    [JsonIgnore]
    public IReadOnlyList<AirTime> Times { get; set; } = [];

    /// <summary>After this it is never shown again: the end of its last time, else of its validity.</summary>
    [JsonIgnore]
    public DateTimeOffset LastUntil => Times.Count > 0 ? Times[^1].Until : ValidUntil;

    /// <summary>The member on the wire. Left out without times, so that a plan without them is byte for byte what it was.</summary>
    [JsonInclude]
    [JsonPropertyName("times")]
    [DisallowNull]
    internal IReadOnlyList<AirTime>? TimesIfAny
    {
        get => Times.Count > 0 ? Times : null;
        set => Times = value;
    }

    /// <summary>Valid, and in one of its times where it has any; stops are another matter.</summary>
    public bool InForceAt(DateTimeOffset instant) =>
        ValidFrom <= instant && instant < ValidUntil && (Times.Count == 0 || Times.Any(t => t.Holds(instant)));
}
