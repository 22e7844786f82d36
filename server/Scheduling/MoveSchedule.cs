using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The editor drags or stretches a schedule in the calendar: another revision, to be published like any change.</summary>
/// <remarks>
/// A recurring schedule keeps its days; only the window's times move. Where its rule names the starts within the day, only how long each lasts is changed.
/// Refuses with <c>schedule.unknown</c>, <c>schedule.recurring-day</c>, <c>schedule.no-such-window</c>, <c>schedule.starts-by-rule</c> and what saving refuses.
/// </remarks>
internal sealed class MoveSchedule(Schedules schedules, SaveSchedule save, IHolidays holidays, IClusters clusters)
{
    /// <param name="Window">Which window, from 0, in the order of the schedule.</param>
    /// <param name="Day">The day it was dropped on, of the occurrence that began on <paramref name="From"/>.</param>
    /// <param name="Times">The window's new times.</param>
    public sealed record Ask(Actor Actor, long Schedule, int Window, DateOnly From, DateOnly Day, TimeWindow Times);

    /// <param name="UndoTo">The revision that undoing brings back.</param>
    public sealed record Done(ScheduleStand Schedule, int UndoTo);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        if (await schedules.Of(ask.Schedule, stop) is not { } stand || !ScheduleRules.MaySee(ask.Actor, stand, clusters.All))
            return new Refusal("schedule.unknown");
        if (!Decide(stand.Newest, ask, await holidays.Table(stop)).Is(out var moved, out var why))
            return why;
        return (await save.Handle(new(ask.Actor, moved, stand.Revision), stop)).Is(out var now, out why) ? new Done(now, stand.Revision) : why;
    }

    /// <summary>Pure: the schedule as it reads after the move.</summary>
    internal static Outcome<ScheduleView> Decide(ScheduleView s, Ask ask, HolidayTable holidays)
    {
        if (ask.Window < 0 || ask.Window >= s.Windows.Count)
            return new Refusal("schedule.no-such-window");
        if (ScheduleDays.NamesStarts(s, holidays))
            return Stretched(s, ask, [.. ScheduleDays.Starts(s, holidays, ask.From, ask.From).Select(p => p.From)]);
        if (ask.Day != ask.From && (!s.OneOff || s.Days is not null))
            return new Refusal("schedule.recurring-day");
        var windows = s.Windows.Select((w, i) => i == ask.Window ? ask.Times : w).ToArray();
        if (ask.Day == ask.From)
            return s with { Windows = windows };
        return s with { Windows = windows, From = ask.Day, To = ask.Day, Weekdays = s.Weekdays | ScheduleRules.FlagOf(ask.Day) };
    }

    /// <param name="starts">Of the day, by the rule.</param>
    private static Outcome<ScheduleView> Stretched(ScheduleView s, Ask ask, TimeOnly[] starts)
    {
        var window = s.Windows[0];
        if (ask.Day != ask.From || !starts.Contains(ask.Times.From) || ask.Times.Length == window.Length)
            return new Refusal("schedule.starts-by-rule", ScheduleRules.Text(window));
        return s with { Windows = [new(window.From, window.From.Add(ask.Times.Length))] };
    }
}
