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

    public required IReadOnlyList<OutputId> Outputs { get; init; }

    /// <summary>First local day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last local day, inclusive; null = open.</summary>
    public DateOnly? To { get; init; }

    public Weekdays Weekdays { get; set; } = Weekdays.All;

    public required IReadOnlyList<TimeWindow> Windows { get; init; }

    /// <summary>Speakers only: say it again every so many minutes (5–1440) within the window; null = once at its start. The beat runs from the first instant of the window at which an item is valid.</summary>
    public int? EveryMinutes { get; init; }
}
