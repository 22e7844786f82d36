using System.Text.Json.Serialization;

namespace BorderInfo.Contract.Calendars;

/// <summary>FREQ of RFC 5545, finest first.</summary>
[JsonConverter(typeof(StrictWords<Frequency>))]
public enum Frequency
{
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>What becomes of a date that a month or year lacks (RFC 7529 §4.1): left out, the last day before it, or the first day after it.</summary>
[JsonConverter(typeof(StrictWords<Skip>))]
public enum Skip
{
    Omit,
    Backward,
    Forward,
}

/// <summary>One BYDAY value. <paramref name="Ordinal"/> 0 = every such weekday, 1 = the first, −1 = the last of the month or year.</summary>
public readonly record struct DayOrdinal(int Ordinal, DayOfWeek Day);

/// <summary>How an UNTIL was written.</summary>
public enum UntilForm
{
    /// <summary><c>20261130</c>: that local day is the last.</summary>
    Date,

    /// <summary><c>20261130T073000</c>: local time, inclusive.</summary>
    Local,

    /// <summary><c>20261130T003000Z</c>: an instant, inclusive; <see cref="Recurrence.InZone"/> makes it local.</summary>
    Utc,
}

/// <summary>UNTIL as it was written; <paramref name="Time"/> has midnight when the form is a date.</summary>
public readonly record struct Until(DateTime Time, UntilForm Form);

/// <summary>
/// A recurrence rule of RFC 5545 §3.3.10 with SKIP of RFC 7529 (RSCALE=GREGORIAN). Pure; occurrences are local date-times without a zone.
/// </summary>
/// <remarks>
/// Lists are sorted and without repetition, empty = part absent. Equality is by value; <c>Parse(ToString())</c> gives an equal rule.
/// How the RFC's open points are read stands in the folder's README.
/// </remarks>
public sealed partial record Recurrence
{
    public required Frequency Frequency { get; init; }

    /// <summary>1 or more. Default: 1.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>1 or more; null = no limit. Never together with <see cref="Until"/>.</summary>
    public int? Count { get; init; }

    public Until? Until { get; init; }

    /// <summary>WKST. Default: Monday.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    public Skip Skip { get; init; }

    /// <summary>1…12.</summary>
    public Parts<int> Months { get; init; }

    /// <summary>±1…±53, only yearly.</summary>
    public Parts<int> WeekNumbers { get; init; }

    /// <summary>±1…±366.</summary>
    public Parts<int> YearDays { get; init; }

    /// <summary>±1…±31.</summary>
    public Parts<int> MonthDays { get; init; }

    public Parts<DayOrdinal> Days { get; init; }

    public Parts<int> Hours { get; init; }

    public Parts<int> Minutes { get; init; }

    /// <summary>0…60; a second 60 is played as 59 (RFC 5545 §3.3.12).</summary>
    public Parts<int> Seconds { get; init; }

    /// <summary>±1…±366.</summary>
    public Parts<int> Positions { get; init; }
}
