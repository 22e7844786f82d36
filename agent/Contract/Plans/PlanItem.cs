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
}
