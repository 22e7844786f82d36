using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure: the rules of RFC 5545 that the form can ask for, as the form asks. A rule of another shape is shown and edited as its text.</summary>
internal sealed record SolarShape
{
    public required Frequency Unit { get; init; }

    public int Every { get; init; } = 1;

    /// <summary>All = no matter.</summary>
    public Weekdays Weekdays { get; init; } = Weekdays.All;

    /// <summary>Monthly and yearly: 1…31, −1 = the last. Empty = by <see cref="Ordinal"/>.</summary>
    public Parts<int> MonthDays { get; init; }

    public Skip Missing { get; init; }

    /// <summary>Monthly and yearly without <see cref="MonthDays"/>: ±1…±5, with <see cref="OrdinalDay"/>.</summary>
    public int Ordinal { get; init; }

    public DayOfWeek OrdinalDay { get; init; }

    /// <summary>Yearly: 1…12.</summary>
    public int Month { get; init; }

    /// <summary>Hourly and minutely: from the first to the last hour; null = round the clock.</summary>
    public (int First, int Last)? Hours { get; init; }

    public int? Count { get; init; }

    private bool OfMonth => Unit is Frequency.Monthly or Frequency.Yearly;

    public Recurrence Rule() => new()
    {
        Frequency = Unit,
        Interval = Every,
        Count = Count,
        Months = Unit == Frequency.Yearly ? new(Month) : default,
        MonthDays = OfMonth ? new([.. MonthDays.Distinct().Order()]) : default,
        Skip = OfMonth && MonthDays.Any(d => d > 28) ? Missing : Skip.Omit,
        Days = Days(),
        Hours = Unit is Frequency.Hourly or Frequency.Minutely && Hours is var (first, last) ? new([.. Enumerable.Range(first, Math.Max(0, last - first + 1))]) : default,
    };

    /// <summary>Null = a rule of another shape.</summary>
    public static SolarShape? Of(Recurrence rule)
    {
        var numbered = rule.Days.FirstOrDefault(d => d.Ordinal != 0);
        var shape = new SolarShape
        {
            Unit = rule.Frequency,
            Every = rule.Interval,
            Count = rule.Count,
            Weekdays = numbered.Ordinal != 0 || rule.Days.Count == 0 ? Weekdays.All : rule.Days.Aggregate(Weekdays.None, (all, d) => all | Flag(d.Day)),
            MonthDays = rule.MonthDays,
            Missing = rule.Skip,
            Ordinal = numbered.Ordinal,
            OrdinalDay = numbered.Day,
            Month = rule.Months.FirstOrDefault(),
            Hours = rule.Hours.Count > 0 ? (rule.Hours[0], rule.Hours[^1]) : null,
        };
        return rule.Frequency != Frequency.Secondly && (shape.OfMonth && shape.MonthDays.Count == 0) == (shape.Ordinal != 0) && shape.Rule() == rule ? shape : null;
    }

    public static SolarShape? Of(SolarRule solar) => Recurrence.Parse(solar.Rule).Is(out var rule, out _) ? Of(rule) : null;

    private Parts<DayOrdinal> Days()
    {
        if (OfMonth && MonthDays.Count == 0)
            return new(new DayOrdinal(Ordinal, OrdinalDay));
        // Without BYDAY a weekly rule would take the weekday of its first day.
        return Weekdays == Weekdays.All && Unit != Frequency.Weekly ? default : new([.. Enumerable.Range(1, 7).Select(d => (DayOfWeek)(d % 7)).Where(d => Weekdays.HasFlag(Flag(d))).Select(d => new DayOrdinal(0, d))]);
    }

    public static Weekdays Flag(DayOfWeek day) => (Weekdays)(1 << (((int)day + 6) % 7));
}
