using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>The days of a schedule in the form in which a plan carries them.</summary>
/// <param name="Rule">Null = every day of <paramref name="Weekdays"/> between <paramref name="From"/> and <paramref name="To"/>.</param>
public sealed record PlannedDays(DateOnly From, DateOnly? To, Weekdays Weekdays, DayRule? Rule);

/// <summary>Pure island: on which local days a schedule plays. Calendar, preview and plan ask here, so they agree.</summary>
public static class ScheduleDays
{
    /// <summary>A rule whose last day lies within so many years of the end of all calendars has none: the rarest comes every ten.</summary>
    private const int Unending = 20;

    /// <summary>The days from <paramref name="from"/> to <paramref name="to"/>, both inclusive, ascending. None when the rule is not sound.</summary>
    /// <param name="holidays">The whole table (<see cref="IHolidays"/>).</param>
    public static IEnumerable<DateOnly> Days(ScheduleView view, HolidayTable holidays, DateOnly from, DateOnly to)
    {
        var planned = Planned(view);
        if (planned.Rule is not null)
            return SetOf(planned.Rule, holidays) is { } set ? Days(set, Later(planned.From, from), Earlier(planned.To, to)) : [];
        return Plain(planned, Later(planned.From, from), Earlier(planned.To, to));
    }

    /// <summary>When it opens on these days: at the windows, or where its rule names starts within the day (every so many minutes or hours) at those, each as long as its one window. In order of time.</summary>
    public static IEnumerable<PlannedStretch> Starts(ScheduleView view, HolidayTable holidays, DateOnly from, DateOnly to)
    {
        var named = Named(view, holidays);
        var windows = view.Windows.Select((w, i) => (Window: w, Index: i)).OrderBy(w => w.Window.From).ToArray();
        foreach (var day in Days(view, holidays, from, to))
        {
            if (named is null)
            {
                foreach (var (window, index) in windows)
                    yield return new(day, window.From, window.Length, index);
                continue;
            }

            foreach (var start in named.StartsOn(day).ToArray())
                yield return new(day, start, view.Windows[0].Length, 0);
        }
    }

    /// <summary>The stretches of <see cref="Starts"/>, joined where they meet or overlap: local, without overlap, in order.</summary>
    public static IEnumerable<(DateTime From, DateTime To)> Open(ScheduleView view, HolidayTable holidays, DateOnly from, DateOnly to)
    {
        (DateTime From, DateTime To)? open = null;
        foreach (var start in Starts(view, holidays, from, to))
        {
            if (open is { } held && start.Begins <= held.To)
            {
                open = (held.From, start.Ends > held.To ? start.Ends : held.To);
                continue;
            }

            if (open is { } over)
                yield return over;
            open = (start.Begins, start.Ends);
        }

        if (open is { } last)
            yield return last;
    }

    /// <summary>Its rule names starts within the day; the times of its window say no more than how long each lasts.</summary>
    public static bool NamesStarts(ScheduleView view, HolidayTable holidays) => Named(view, holidays) is not null;

    /// <summary>The last day on which it plays; null = it goes on for longer than anybody plans, or plays on no day at all.</summary>
    public static DateOnly? LastDay(ScheduleView view, HolidayTable holidays)
    {
        var planned = Planned(view);
        if (planned.Rule is not { } rule)
            return planned.To is { } end && Plain(planned, Later(planned.From, end.AddDays(-6)), end).ToArray() is [.., var last] ? last : null;
        var after = SetOf(rule, holidays)?.Previous(planned.To < DaySet.LastDay ? planned.To.Value.AddDays(1) : DateOnly.MaxValue);
        return after > DaySet.LastDay.AddYears(-Unending) ? null : after;
    }

    /// <summary>True when a window of the schedule starts on the day.</summary>
    public static bool Holds(ScheduleView view, HolidayTable holidays, DateOnly day) => Days(view, holidays, day, day).Any();

    /// <summary>First and last day and weekdays become part of the rule, so that days added to it play although they lie outside.</summary>
    public static PlannedDays Planned(ScheduleView view)
    {
        if (view.Days is not { } rule)
            return new(view.From, view.To, view.Weekdays, null);
        var first = rule.First is { } later && later > view.From ? later : view.From;
        var last = rule.Last is { } end && !(end > view.To) ? end : view.To;
        var whole = rule with { First = first, Last = last, Weekdays = rule.Weekdays & view.Weekdays };
        return rule.Additions.Count == 0
            ? new(first, last, Weekdays.All, whole)
            : new(Earlier(first, rule.Additions.Min()), last is { } to ? Later(to, rule.Additions.Max()) : null, Weekdays.All, whole);
    }

    /// <summary>The occurrence that plays on a day, by the name that survives edits; null = it does not play then, or the schedule has no rule.</summary>
    public static OccurrenceId? OccurrenceOn(ScheduleView view, HolidayTable holidays, DateOnly day) =>
        Planned(view).Rule is { } rule && Holds(view, holidays, day) ? SetOf(rule, holidays)?.IdOf(day) : null;

    /// <summary>Null = the rule is not sound with this table.</summary>
    public static DaySet? SetOf(DayRule rule, HolidayTable holidays)
    {
        try
        {
            return new DaySet(rule, holidays);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static DaySet? Named(ScheduleView view, HolidayTable holidays) =>
        view.Days?.Solar is not null && view.Windows.Count > 0 && Planned(view).Rule is { } rule && SetOf(rule, holidays) is { HasStarts: true } set ? set : null;

    internal static bool IsOneOff(ScheduleView view)
    {
        if (view.Days is not { } rule)
            return view.To == view.From;
        var planned = Planned(view);
        if (planned.To == planned.From)
            return true;
        return rule.Additions.Count == 0 && (rule.Count == 1 || (rule.Solar is { } solar && Recurrence.Parse(solar.Rule).Is(out var once, out _) && once.Count == 1));
    }

    private static IEnumerable<DateOnly> Days(DaySet set, DateOnly from, DateOnly to)
    {
        // A rule that is over would be looked for up to the end of all calendars.
        if (to < DaySet.LastDay)
        {
            for (var day = from; day <= to; day = day.AddDays(1))
            {
                if (set.Holds(day))
                    yield return day;
            }

            yield break;
        }

        for (var day = from > DateOnly.MinValue ? set.Next(from.AddDays(-1)) : set.Next(from); day <= to; day = set.Next(day.Value))
            yield return day.Value;
    }

    private static IEnumerable<DateOnly> Plain(PlannedDays planned, DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (planned.Weekdays.HasFlag(ScheduleRules.FlagOf(day)))
                yield return day;
            if (day == DateOnly.MaxValue)
                yield break;
        }
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly? a, DateOnly b) => a < b ? a.Value : b;
}
