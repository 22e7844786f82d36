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
    public string TimeZone { get; init; } = "Asia/Ho_Chi_Minh";

    /// <summary>Name of the cluster, for the safe screen and the technician.</summary>
    public string ClusterName { get; init; } = "";

    public required IReadOnlyList<PlanOutput> Outputs { get; init; }

    public required IReadOnlyList<PlanFile> Files { get; init; }

    public required IReadOnlyList<PlanItem> Items { get; init; }

    public required IReadOnlyList<PlanEntry> Entries { get; init; }
}

public enum OutputKind
{
    /// <summary>A whole screen (LCD, TV, notice board).</summary>
    Screen,

    /// <summary>A region of an LED wall at exact pixels.</summary>
    LedRegion,

    /// <summary>A loudspeaker line.</summary>
    Speaker,
}

/// <summary>One surface or line that plays one part at a time.</summary>
public sealed record PlanOutput
{
    public required OutputId Id { get; init; }

    public required OutputKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>Which screen of the site PC, from 1; for a speaker which audio device, from 1. The agent's own settings say what that is.</summary>
    public int Screen { get; init; } = 1;

    /// <summary>Left edge in pixels on that screen.</summary>
    public int X { get; init; }

    /// <summary>Top edge in pixels on that screen.</summary>
    public int Y { get; init; }

    /// <summary>Exact size in pixels; 0 for a speaker.</summary>
    public int WidthPx { get; init; }

    public int HeightPx { get; init; }

    /// <summary>BCP 47 tags in the order they rotate.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>0–100, speakers only. Default: 80.</summary>
    public int VolumePercent { get; init; } = 80;

    /// <summary>Local windows in which a speaker is silent but for emergencies.</summary>
    public IReadOnlyList<TimeWindow> QuietHours { get; init; } = [];
}

/// <summary>A file on the shelf.</summary>
/// <param name="Size">Exact size in bytes; a download stops one byte beyond.</param>
/// <param name="MediaType">One of <c>image/png</c>, <c>image/jpeg</c>, <c>video/mp4</c>, <c>audio/mp4</c>, <c>audio/flac</c>.</param>
public sealed record PlanFile(MediaHash Hash, long Size, string MediaType);

/// <summary>The three legal classes of a bulletin (Circular 39/2020/TT-BTTTT).</summary>
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

    public string Theme { get; init; } = "";

    public BulletinClass Class { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>First instant at which it may no longer be shown or said.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>Who released it (user name) and when.</summary>
    public required string ApprovedBy { get; init; }

    public required DateTimeOffset ApprovedAt { get; init; }

    public required IReadOnlyList<PlanPart> Parts { get; init; }
}

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
    public int Page { get; init; } = 1;

    public required PartKind Kind { get; init; }

    public required MediaHash File { get; init; }

    /// <summary>How long it is on air, 500 ms to 4 h.</summary>
    public required int DurationMs { get; init; }
}

/// <summary>Order of what wins, first wins.</summary>
public enum Tier
{
    Emergency,
    Live,
    Priority,
    Programme,
    Filler,
    ClusterDefault,
    ProvinceDefault,
    SafeScreen,
}

/// <summary>How a schedule reached this site; the narrower wins.</summary>
public enum TargetWidth
{
    Device,
    Cluster,
    Commune,
    Sector,
    GateClass,
    Tag,
    Province,
}

[Flags]
public enum Weekdays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    All = 127,
}

/// <summary>A half-open local window. <c>To</c> at or before <c>From</c> runs over midnight and belongs to the day it starts; 00:00–00:00 is the whole day.</summary>
public sealed record TimeWindow(TimeOnly From, TimeOnly To)
{
    public static readonly TimeWindow WholeDay = new(TimeOnly.MinValue, TimeOnly.MinValue);

    public bool OverMidnight => To <= From;

    /// <summary>1 minute to 24 hours.</summary>
    public TimeSpan Length => OverMidnight ? TimeSpan.FromDays(1) - (From - To) : To - From;
}

/// <summary>A schedule as it concerns this site.</summary>
public sealed record PlanEntry
{
    /// <summary>The schedule's id, for example <c>L-12</c>.</summary>
    public required string Id { get; init; }

    public required Tier Tier { get; init; }

    /// <summary>Within a tier the smaller number wins. 1–999, default 500.</summary>
    public int Number { get; init; } = 500;

    public TargetWidth Target { get; init; } = TargetWidth.Cluster;

    /// <summary>One-off wins over recurring.</summary>
    public bool OneOff { get; init; }

    /// <summary>When it was last published; the rotation starts anew with the newest entry first.</summary>
    public required DateTimeOffset Since { get; init; }

    public required IReadOnlyList<ItemId> Items { get; init; }

    public required IReadOnlyList<OutputId> Outputs { get; init; }

    /// <summary>First local day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last local day, inclusive; null = open.</summary>
    public DateOnly? To { get; init; }

    public Weekdays Weekdays { get; init; } = Weekdays.All;

    public required IReadOnlyList<TimeWindow> Windows { get; init; }

    /// <summary>Speakers only: say it again every so many minutes (5–1440) within the window; null = once at its start.</summary>
    public int? EveryMinutes { get; init; }
}
