using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The editor leaves out one day of a schedule, moves it to another day, or adds a day; the rest of the series stays. Another revision, to be published like any change.</summary>
/// <remarks>
/// All windows of the day go with it. Refuses with <c>schedule.unknown</c>, <c>schedule.occurrence-which</c>, <c>schedule.not-that-day</c>, <c>schedule.already-plays</c>, <c>schedule.only-day</c> and what saving refuses.
/// </remarks>
internal sealed class ChangeOccurrence(Schedules schedules, SaveSchedule save, IHolidays holidays, IClusters clusters)
{
    /// <param name="Day">A day on which it plays; null = only add <paramref name="To"/>.</param>
    /// <param name="To">Where the day goes; null = it is left out.</param>
    /// <param name="Revision">The revision the editor saw; null = do not ask.</param>
    public sealed record Ask(Actor Actor, long Schedule, DateOnly? Day, DateOnly? To, int? Revision = null);

    /// <param name="UndoTo">The revision that undoing brings back.</param>
    public sealed record Done(ScheduleStand Schedule, int UndoTo);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        if (await schedules.Of(ask.Schedule, stop) is not { } stand || !ScheduleRules.MaySee(ask.Actor, stand, clusters.All))
            return new Refusal("schedule.unknown");
        if (!Decide(stand.Newest, ask, await holidays.Table(stop)).Is(out var changed, out var why))
            return why;
        return (await save.Handle(new(ask.Actor, changed, ask.Revision ?? stand.Revision), stop)).Is(out var now, out why) ? new Done(now, stand.Revision) : why;
    }

    /// <summary>Pure: the schedule as it reads afterwards.</summary>
    internal static Outcome<ScheduleView> Decide(ScheduleView s, Ask ask, HolidayTable table)
    {
        if (ask is { Day: null, To: null })
            return new Refusal("schedule.occurrence-which") { Field = "day" };
        if (ask.Day is { } day && !ScheduleDays.Holds(s, table, day))
            return NotThatDay(s, table, day);
        if (ask.To is { } to && (to < DaySet.FirstDay || to > DaySet.LastDay))
            return new Refusal("day.range", LocalTime.Text(to), LocalTime.Text(to < DaySet.FirstDay ? DaySet.FirstDay : DaySet.LastDay)) { Field = "to" };
        if (ask.To is { } taken && ScheduleDays.Holds(s, table, taken))
            return new Refusal("schedule.already-plays", LocalTime.Text(taken)) { Field = "to" };
        if (ask.Day is not null && s.OneOff)
            return ask.To is { } other && s.Days is null ? s with { From = other, To = other, Weekdays = s.Weekdays | ScheduleRules.FlagOf(other) } : ask.To is null ? new Refusal("schedule.only-day", s.Name) { Field = "day" } : Changed(s, ask, table);
        return Changed(s, ask, table);
    }

    private static ScheduleView Changed(ScheduleView s, Ask ask, HolidayTable table)
    {
        s = s.Days is null ? s with { Days = new() { Solar = new("FREQ=DAILY", s.From) } } : s;
        if (ask.Day is { } day)
            s = Without(s, day, table);
        return ask.To is { } to ? With(s, to, table) : s;
    }

    private static ScheduleView Without(ScheduleView s, DateOnly day, HolidayTable table)
    {
        var rule = s.Days!;
        s = s with { Days = rule with { Additions = [.. rule.Additions.Where(a => a != day)] } };
        // Two occurrences may fall on one day.
        while (ScheduleDays.OccurrenceOn(s, table, day) is { } id && !s.Days!.Exclusions.Contains(id))
            s = s with { Days = s.Days! with { Exclusions = [.. s.Days!.Exclusions, id] } };
        return s;
    }

    /// <summary>A day that was left out comes back by its own name; any other is added.</summary>
    private static ScheduleView With(ScheduleView s, DateOnly day, HolidayTable table)
    {
        var rule = s.Days!;
        var whole = s with { Days = rule with { Exclusions = [], Additions = [] } };
        return ScheduleDays.OccurrenceOn(whole, table, day) is { } own && rule.Exclusions.Contains(own)
            ? s with { Days = rule with { Exclusions = [.. rule.Exclusions.Where(e => e != own)] } }
            : s with { Days = rule with { Additions = [.. rule.Additions.Append(day).Distinct().Order()] } };
    }

    private static Refusal NotThatDay(ScheduleView s, HolidayTable table, DateOnly day)
    {
        var near = ScheduleDays.Days(s, table, day, DaySet.LastDay).Cast<DateOnly?>().FirstOrDefault() ?? ScheduleDays.Days(s, table, s.From, day).Cast<DateOnly?>().LastOrDefault();
        return new("schedule.not-that-day", LocalTime.Text(day), near is { } next ? LocalTime.Text(next) : "–") { Field = "day" };
    }
}
