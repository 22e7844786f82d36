using System.Text.Json.Serialization;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Contract.Calendars;

/// <summary>
/// On which local days something runs: a rule, never expanded days. Exactly one of <see cref="Solar"/>, <see cref="Lunar"/>, <see cref="Market"/>, <see cref="Holidays"/> is given.
/// </summary>
/// <remarks>
/// Order of work: nominal days of the base → <see cref="OffsetDays"/> → <see cref="Weekdays"/>, <see cref="OnHolidays"/> → <see cref="First"/>/<see cref="Last"/> → <see cref="Count"/> →
/// <see cref="Exclusions"/> → <see cref="Additions"/>. The id of an occurrence is made from its nominal date (before the offset), so it survives edits of times, offset, filters and validity.
/// </remarks>
public sealed record DayRule
{
    public SolarRule? Solar { get; set; }

    public LunarRule? Lunar { get; set; }

    public MarketRule? Market { get; set; }

    public HolidayRule? Holidays { get; set; }

    /// <summary>Days before (−) or after the nominal day, −60…60. Default: 0. With <see cref="Solar"/> rules of several starts a day the starts move along.</summary>
    public int OffsetDays { get; set; }

    /// <summary>Only on these weekdays (of the day after the offset). Default: all.</summary>
    public Weekdays Weekdays { get; set; } = Weekdays.All;

    /// <summary>Null = holidays make no difference.</summary>
    public HolidayFilter? OnHolidays { get; set; }

    /// <summary>No day before this one.</summary>
    public DateOnly? First { get; set; }

    /// <summary>No day after this one.</summary>
    public DateOnly? Last { get; set; }

    /// <summary>At most this many days, counted from <see cref="First"/>, which must be given; excluded days are counted. Solar rules use COUNT instead.</summary>
    public int? Count { get; set; }

    /// <summary>Occurrences that are left out.</summary>
    public IReadOnlyList<OccurrenceId> Exclusions { get; set; } = [];

    /// <summary>Days on top, whatever the rule says.</summary>
    public IReadOnlyList<DateOnly> Additions { get; set; } = [];

    public const int MaxOffset = 60;

    /// <summary>Exclusions and additions, each.</summary>
    public const int MaxExceptions = 1000;

    /// <summary>Largest <see cref="Count"/> and COUNT.</summary>
    public const int MaxCount = 50_000;

    /// <summary>Every code that <see cref="Check"/> can give besides <see cref="Recurrence.Codes"/>; each needs a text.</summary>
    public static IReadOnlyList<string> Codes => DayRules.Codes;

    /// <summary>Null = the rule is sound and holds on at least one day. <see cref="Refusal.Field"/> names the member (camelCase), <c>With</c> ends with the proposal.</summary>
    public Refusal? Check(HolidayTable holidays) => DayRules.Check(this, holidays);
}

/// <summary>A recurrence rule with its DTSTART.</summary>
/// <param name="Rule">RRULE text without the name, FREQ from MINUTELY to YEARLY, UNTIL as a date or local time.</param>
/// <param name="Start">Day of DTSTART; the interval is counted from here.</param>
public sealed record SolarRule(string Rule, DateOnly Start)
{
    /// <summary>Time of DTSTART; only rules with start times ask for it. Default: midnight.</summary>
    public TimeOnly StartTime { get; set; }
}

/// <summary>Which of two months of the same number.</summary>
[JsonConverter(typeof(StrictWords<LeapMonths>))]
public enum LeapMonths
{
    /// <summary>Once, in the first of the two (default).</summary>
    Regular,

    /// <summary>Only in leap months, so not every year.</summary>
    Leap,

    /// <summary>In both.</summary>
    Both,
}

/// <summary>Days of the lunar calendar.</summary>
public sealed record LunarRule
{
    /// <summary>1…30, −1 = last day of the month.</summary>
    public IReadOnlyList<int> Days { get; set; } = [];

    /// <summary>1…12; empty = every month.</summary>
    public IReadOnlyList<int> Months { get; set; } = [];

    public LeapMonths LeapMonths { get; set; }

    /// <summary>What becomes of day 30 in months of 29 days: left out (default), day 29, or the first of the next month.</summary>
    public Skip Missing { get; set; }

    /// <summary>The day before 1/1, whose evening is giao thừa; alone or besides <see cref="Days"/>.</summary>
    public bool LastDayOfYear { get; set; }
}

/// <summary>Market days: days of these branches, for example Sửu and Mùi.</summary>
public sealed record MarketRule(Branches Branches);

/// <summary>Days of named holidays and anniversaries.</summary>
/// <param name="Ids">Entries of the <see cref="HolidayTable"/>.</param>
public sealed record HolidayRule(IReadOnlyList<string> Ids)
{
    public AnniversaryYears Years { get; set; }
}

/// <summary>Only on holidays, or never on holidays.</summary>
public sealed record HolidayFilter(bool Only)
{
    /// <summary>Which entries count; empty = every public holiday of the table.</summary>
    public IReadOnlyList<string> Ids { get; set; } = [];
}
