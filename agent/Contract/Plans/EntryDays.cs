using BorderInfo.Contract.Calendars;

namespace BorderInfo.Contract.Plans;

/// <summary>The local days on which an entry's windows start: its first and last day, its weekdays, and its rule.</summary>
internal sealed class EntryDays(PlanEntry entry, HolidayTable holidays)
{
    private readonly DaySet? rule = entry.Days is { } days ? new(days, holidays) : null;

    /// <summary>The rule names the starts within a day.</summary>
    public bool HasStarts => rule is { HasStarts: true };

    public bool Holds(DateOnly day) => day >= entry.From && !(day > entry.To) && (entry.Weekdays & FlagOf(day)) != 0 && rule?.Holds(day) != false;

    /// <summary>Empty unless <see cref="HasStarts"/>.</summary>
    public ReadOnlySpan<TimeOnly> StartsOn(DateOnly day) => rule is null ? [] : rule.StartsOn(day);

    /// <summary>The first day it holds, this one or later; null = none.</summary>
    public DateOnly? From(DateOnly day)
    {
        day = day > entry.From ? day : entry.From;
        while (!(day > entry.To) && day < DateOnly.MaxValue.AddDays(-2))
        {
            if (Holds(day))
                return day;
            if (rule is null)
                day = day.AddDays(1);
            else if (rule.Next(day) is { } next)
                day = next;
            else
                return null;
        }

        return null;
    }

    /// <summary>The rule would hold but for its exclusions.</summary>
    public bool Excluded(DateOnly day) =>
        entry.Days is { Exclusions.Count: > 0 } rule && new DaySet(rule with { Exclusions = [] }, holidays).Holds(day);

    internal static Weekdays FlagOf(DateOnly day) => day.DayOfWeek == DayOfWeek.Sunday ? Weekdays.Sunday : (Weekdays)(1 << ((int)day.DayOfWeek - 1));
}

/// <summary>The days of every entry of a plan, made ready once for all outputs.</summary>
internal sealed class PlanDays(PlayPlan plan)
{
    private readonly HolidayTable holidays = new(plan.Holidays);
    private readonly System.Collections.Concurrent.ConcurrentDictionary<PlanEntry, EntryDays> known = new(ReferenceEqualityComparer.Instance);

    public EntryDays Of(PlanEntry entry) => known.GetOrAdd(entry, e => new(e, holidays));
}
