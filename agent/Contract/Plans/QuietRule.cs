namespace BorderInfo.Contract.Plans;

/// <summary>A named window in which a loudspeaker is silent, or no louder than so much, but for emergencies: night hours, school hours, prayer hours.</summary>
public sealed record QuietRule
{
    /// <summary>For people, at most 300 UTF-16 units.</summary>
    public required string Name { get; init; }

    /// <summary>First local day on which the window starts; null = always.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last one; null = until further notice.</summary>
    public DateOnly? To { get; set; }

    /// <summary>Local days of the week on which the window starts. Default: all.</summary>
    public Weekdays Weekdays { get; set; } = Weekdays.All;

    public required TimeWindow Window { get; init; }

    /// <summary>1–100: no louder than this; where several hold, the lowest. Null = silent.</summary>
    public int? VolumePercent { get; set; }

    /// <summary>The window starts on the local day.</summary>
    public bool StartsOn(DateOnly day) => !(day < From) && !(day > To) && (Weekdays & EntryDays.FlagOf(day)) != 0;
}
