using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The editor copies an event of the calendar to a day: a new draft for that one day, with the same items and targets. Undone by deleting it.</summary>
/// <remarks>Refuses with <c>schedule.unknown</c>, <c>schedule.no-such-window</c> and what saving refuses.</remarks>
internal sealed class CopySchedule(Schedules schedules, SaveSchedule save, IClusters clusters, IHolidays holidays, Texts texts)
{
    /// <param name="Window">Which window, from 0, in the order of the schedule.</param>
    /// <param name="Times">Null = as the window says, or the rule that names the starts within the day.</param>
    public sealed record Ask(Actor Actor, long Schedule, int Window, DateOnly Day, TimeWindow? Times = null);

    public async Task<Outcome<ScheduleStand>> Handle(Ask ask, CancellationToken stop)
    {
        if (await schedules.Of(ask.Schedule, stop) is not { } stand || !ScheduleRules.MaySee(ask.Actor, stand, clusters.All))
            return new Refusal("schedule.unknown");
        if (!Decide(stand.Newest, ask, await holidays.Table(stop), texts["schedule.copy-name", stand.Newest.Name]).Is(out var copy, out var why))
            return why;
        return await save.Handle(new(ask.Actor, copy, null, stand.Area), stop);
    }

    /// <summary>Pure: the new schedule.</summary>
    internal static Outcome<ScheduleView> Decide(ScheduleView s, Ask ask, HolidayTable holidays, string name)
    {
        if (ask.Window < 0 || ask.Window >= s.Windows.Count)
            return new Refusal("schedule.no-such-window");
        var shown = name.Length <= ScheduleRules.LongestName ? name : name[..ScheduleRules.LongestName];
        // Starts named by a rule go along with it, on the one day that is added to it.
        var days = ask.Times is null && ScheduleDays.NamesStarts(s, holidays) ? s.Days! with { First = ask.Day, Last = ask.Day, Exclusions = [], Additions = [ask.Day], OnHolidays = null, Count = null } : null;
        return s with { Id = 0, Name = shown, From = ask.Day, To = ask.Day, Weekdays = Weekdays.All, Windows = [ask.Times ?? s.Windows[ask.Window]], Days = days, Published = false };
    }
}
