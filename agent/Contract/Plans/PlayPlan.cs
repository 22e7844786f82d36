using BorderInfo.Contract.Calendars;

namespace BorderInfo.Contract.Plans;

/// <summary>
/// Everything a site needs to play for weeks without a link: rules (never expanded occurrences), the items they name, their files and the outputs.
/// </summary>
/// <remarks>
/// Travels signed and Brotli-compressed as one retained message, at most <see cref="MaxSealedBytes"/>.
/// A plan replaces the one before it only when (<see cref="Epoch"/>, <see cref="Counter"/>) is greater.
/// </remarks>
public sealed record PlayPlan
{
    /// <summary>Largest sealed plan in bytes, refused at compile time beyond.</summary>
    public const int MaxSealedBytes = 240 * 1024;

    public required int Level { get; init; }

    public required SiteId Site { get; init; }

    public required PlanNumber Number { get; init; }

    /// <summary>Raised by hand after the server was restored from a backup.</summary>
    public required int Epoch { get; init; }

    /// <summary>1, 2, 3 … per site and epoch.</summary>
    public required long Counter { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>After this the site reports an expired plan; items go on until their own end.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>IANA zone of the site's local times.</summary>
    public string TimeZone { get; set; } = "Asia/Ho_Chi_Minh";

    /// <summary>Name of the cluster, for the safe screen and the technician.</summary>
    public string ClusterName { get; set; } = "";

    public required IReadOnlyList<PlanOutput> Outputs { get; init; }

    public required IReadOnlyList<PlanFile> Files { get; init; }

    public required IReadOnlyList<PlanItem> Items { get; init; }

    public required IReadOnlyList<PlanEntry> Entries { get; init; }

    /// <summary>Level 2. The holidays and anniversaries that the entries' <see cref="PlanEntry.Days"/> name, and no others.</summary>
    public IReadOnlyList<Holiday> Holidays { get; set; } = [];

    /// <summary>Level 2. Themes that are silent for a time.</summary>
    public IReadOnlyList<PlanStop> Stops { get; set; } = [];

    /// <summary>What may not be shown or said any more although an earlier plan allowed it. The plan on air when this one arrives drops it at once, before this one's files are complete.</summary>
    public IReadOnlyList<WithdrawnItem> Withdrawn { get; set; } = [];
}

/// <summary>A withdrawn item: this <paramref name="Version"/> and every one before it.</summary>
public sealed record WithdrawnItem(ItemId Item, int Version);
