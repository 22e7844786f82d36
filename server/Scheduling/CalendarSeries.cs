using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure: one window of a schedule in the words of RFC 5545. Local times.</summary>
/// <param name="Rule">Null = the days are written out.</param>
internal sealed record CalendarSeries(DateTime Start, TimeSpan Length, Recurrence? Rule, IReadOnlyList<DateTime> Left, IReadOnlyList<DateTime> Added)
{
    /// <summary>Null = it plays on no day.</summary>
    public static CalendarSeries? Of(ScheduleView s, TimeWindow window, HolidayTable holidays, DateOnly today)
    {
        if (Ruled(s, window, holidays) is { } ruled)
            return ruled;
        var from = s.From > today ? s.From : today;
        var days = ScheduleDays.Days(s, holidays, from, from.AddDays(WriteCalendar.Ahead)).ToArray();
        // Further off or over: at least one day, so that the rule has an event to stand in.
        if (days.Length == 0)
            days = [.. ScheduleDays.Days(s, holidays, from, DaySet.LastDay).Take(1)];
        if (days.Length == 0)
            days = [.. ScheduleDays.Days(s, holidays, DaySet.FirstDay, from).TakeLast(1)];
        return days.Length == 0 ? null : new(days[0].ToDateTime(window.From), window.Length, null, [], [.. days.Skip(1).Select(d => d.ToDateTime(window.From))]);
    }

    /// <summary>Null = RFC 5545 has no words for it.</summary>
    private static CalendarSeries? Ruled(ScheduleView s, TimeWindow window, HolidayTable holidays)
    {
        var rule = s.Days ?? new DayRule { Solar = new(new SolarShape { Unit = Frequency.Daily, Weekdays = s.Weekdays }.Rule().ToString(), s.From) };
        if (s.OneOff || rule.Solar is not { } solar || rule.OffsetDays != 0 || rule.OnHolidays is not null || !Recurrence.Parse(solar.Rule).Is(out var written, out _) || !Filtered(written, s.Days is null ? Weekdays.All : rule.Weekdays & s.Weekdays).Is(out var recurrence, out _))
            return null;
        var plain = s with { Days = rule with { Exclusions = [], Additions = [] } };
        var set = ScheduleDays.SetOf(ScheduleDays.Planned(plain).Rule!, holidays);
        if (set?.Next(s.From.AddDays(-1)) is not { } first)
            return null;
        TimeOnly[] Starts(DateOnly day) => set.HasStarts ? set.StartsOn(day).ToArray() : [window.From];
        var to = ScheduleDays.Planned(plain).To;
        if (recurrence.Count is null && to is { } end && recurrence.Until is null)
            recurrence = recurrence with { Until = new(end.ToDateTime(new TimeOnly(23, 59)), UntilForm.Local) };
        else if (recurrence.Count is not null && (to is not null || s.From > solar.Start))
            recurrence = recurrence with { Count = null, Until = new((set.Previous(DaySet.LastDay) ?? first).ToDateTime(new TimeOnly(23, 59)), UntilForm.Local) };
        else if (recurrence.Until is not null && to is not null)
            return null;
        var left = rule.Exclusions.Select(e => DateOnly.TryParse(e.Value, System.Globalization.CultureInfo.InvariantCulture, out var day) && set.Holds(day) ? day : (DateOnly?)null).OfType<DateOnly>().Distinct().Order();
        return new(
            first.ToDateTime(Starts(first)[0]), window.Length, recurrence,
            [.. left.SelectMany(d => Starts(d).Select(t => d.ToDateTime(t)))],
            [.. rule.Additions.Distinct().Order().SelectMany(d => Starts(set.HasStarts ? first : d).Select(t => d.ToDateTime(t)))]);
    }

    /// <summary>The weekdays of the schedule as part of the rule; refused where BYDAY would mean something else.</summary>
    private static Outcome<Recurrence> Filtered(Recurrence rule, Weekdays weekdays)
    {
        if (weekdays == Weekdays.All)
            return rule;
        var limits = rule.Days.Count == 0 && rule.Positions.Count == 0 && rule.Count is null && rule.WeekNumbers.Count == 0
            && (rule.Frequency is Frequency.Daily or Frequency.Hourly or Frequency.Minutely || rule.MonthDays.Count > 0 || rule.YearDays.Count > 0);
        return limits
            ? rule with { Days = new([.. Enumerable.Range(1, 7).Select(d => (DayOfWeek)(d % 7)).Where(d => weekdays.HasFlag(SolarShape.Flag(d))).Select(d => new DayOrdinal(0, d))]) }
            : new Refusal("day.weekdays");
    }
}
