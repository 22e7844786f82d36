using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Calendars;

[JsonConverter(typeof(StrictWords<HolidayKind>))]
public enum HolidayKind
{
    /// <summary>A paid day off; “on holidays” means these.</summary>
    PublicHoliday,

    /// <summary>Anniversary of an event or founding.</summary>
    Anniversary,

    /// <summary>Day of the folk calendar.</summary>
    Tradition,

    /// <summary>Day of a neighbouring country or an international day.</summary>
    Foreign,
}

/// <summary>Which years of an anniversary. The age is the year less <see cref="Holiday.SinceYear"/>.</summary>
[JsonConverter(typeof(StrictWords<AnniversaryYears>))]
public enum AnniversaryYears
{
    Every,

    /// <summary>Năm tròn: the age ends in 0.</summary>
    Round,

    /// <summary>Năm tròn và năm lẻ 5: the age ends in 0 or 5, what plans usually mean by “năm chẵn”.</summary>
    RoundOrFive,

    /// <summary>Năm chẵn by the word: the age is an even number.</summary>
    Even,
}

/// <summary>Day and month; 29/2 exists in leap years only.</summary>
public sealed record MonthDay(int Month, int Day);

/// <summary>One named day, or run of days, of every year. Exactly one of <see cref="Solar"/> and <see cref="Lunar"/> is given.</summary>
public sealed record Holiday
{
    /// <summary>Lower-case letters, digits and hyphens, at most 40.</summary>
    public required string Id { get; init; }

    public required string Vi { get; init; }

    public required string En { get; init; }

    public required HolidayKind Kind { get; init; }

    public MonthDay? Solar { get; set; }

    /// <summary>In the regular month; day 30 of a month with 29 days means its last.</summary>
    public MonthDay? Lunar { get; set; }

    /// <summary>From the date to the first day, −60…60. Default: 0.</summary>
    public int OffsetDays { get; set; }

    /// <summary>1…31. Default: 1.</summary>
    public int Days { get; set; } = 1;

    /// <summary>First year, of the solar or lunar calendar as the date; null = always.</summary>
    public int? FromYear { get; set; }

    /// <summary>Last year; null = until further notice.</summary>
    public int? ToYear { get; set; }

    /// <summary>Years in which it does not hold although they lie between; at most 150.</summary>
    public IReadOnlyList<int> ExceptYears { get; set; } = [];

    /// <summary>Year of the event, for round anniversaries; null = not counted.</summary>
    public int? SinceYear { get; set; }

    /// <summary>Law, decree or other source of the entry.</summary>
    public string Source { get; set; } = "";
}
