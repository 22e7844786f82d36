using System.Text.Json.Serialization;
using BorderInfo.Contract.Calendars;

namespace BorderInfo.Contract.Plans;

/// <summary>A schedule as it concerns this site.</summary>
public sealed record PlanEntry
{
    /// <summary>The schedule's id, for example <c>L-12</c>.</summary>
    public required string Id { get; init; }

    public required Tier Tier { get; init; }

    /// <summary>Within a tier the smaller number wins. 1–999, default 500.</summary>
    public int Number { get; set; } = 500;

    public TargetWidth Target { get; set; } = TargetWidth.Cluster;

    /// <summary>One-off wins over recurring.</summary>
    public bool OneOff { get; init; }

    /// <summary>Since when it counts: when it was published, or when the revision was that it takes over from. Not due before; equal entries rotate newest first, then by id.</summary>
    public required DateTimeOffset Since { get; init; }

    public required IReadOnlyList<ItemId> Items { get; init; }

    /// <summary>Level 2. How the items follow one another. Default: as listed.</summary>
    public PlayOrder Order { get; set; }

    /// <summary>Level 2. For <see cref="PlayOrder.Shuffled"/>: the same seed gives the same order everywhere. Default: 0.</summary>
    public int Seed { get; set; }

    /// <summary>Level 2. How often each item comes in one round, 1–20, in the order of <see cref="Items"/>; spread as evenly as whole items allow. Empty = once each.</summary>
    public IReadOnlyList<int> Weights { get; set; } = [];

    public required IReadOnlyList<OutputId> Outputs { get; init; }

    /// <summary>First local day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last local day, inclusive; null = open.</summary>
    public DateOnly? To { get; init; }

    public Weekdays Weekdays { get; set; } = Weekdays.All;

    /// <summary>Level 2. Narrows the days further: a day counts when it lies in <see cref="From"/>–<see cref="To"/>, on one of <see cref="Weekdays"/>, and this rule holds. Null = no further.</summary>
    /// <remarks>A rule that names starts within the day (every two hours) opens at each of them a window as long as the one in <see cref="Windows"/>, whose own start then means nothing.</remarks>
    public DayRule? Days { get; init; }

    /// <summary>Each starts on a day that counts. A rule that names starts has exactly one.</summary>
    public required IReadOnlyList<TimeWindow> Windows { get; init; }

    /// <summary>Speakers only: say it again every so many minutes (5–1440) within the window; null = once at its start. The beat runs from the first instant of the window at which an item is valid.</summary>
    public int? EveryMinutes { get; init; }

    /// <summary>Level 3, screens only: how much of every local hour it gets, 1–100 %; not together with <see cref="ShareSeconds"/>. Null = what the others leave.</summary>
    public int? SharePercent { get; init; }

    /// <summary>Level 3, screens only: the same in seconds of every local hour, 1–3600.</summary>
    public int? ShareSeconds { get; init; }

    /// <summary>Level 3, screens only: how often each of its items may begin in a local hour, 1–720. Null = as often as it comes.</summary>
    public int? MostPerHour { get; init; }

    /// <summary>Level 3, screens only: how long each of its items stays away after it was shown, 1–43,200 s. Null = not at all.</summary>
    public int? LeastGapSeconds { get; init; }

    /// <summary>Level 3, screens only: it comes in slots of so many minutes from every full local hour on: 5, 6, 10, 12, 15, 20, 30 or 60. No item is longer than a slot. Null = no slots.</summary>
    public int? SlotMinutes { get; init; }

    /// <summary>Level 3. On its screens each item is shown exactly while the first of its loudspeakers, by id, says it, and as long as that takes. Default: false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool InStep { get; init; }

    /// <summary>How the number came about where it is not simply the one typed; tells only. Null = it is.</summary>
    public CommuneOrder? Placed { get; init; }
}
