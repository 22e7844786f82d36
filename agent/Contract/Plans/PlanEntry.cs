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

    /// <summary>When it was last published. Not due before; equal entries rotate newest first, then by id.</summary>
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
}
