using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>A published schedule whose days a change of the holiday table changes.</summary>
/// <param name="Before">Its next day by the table as it stands; null = none.</param>
/// <param name="After">Its next day after the change.</param>
public sealed record HolidayEffect(ScheduleView Schedule, DateOnly? Before, DateOnly? After)
{
    /// <summary>Days are compared so far ahead.</summary>
    private const int YearsAhead = 2;

    /// <summary>It would never play again.</summary>
    public bool LeavesNone => Before is not null && After is null;

    /// <summary>Pure: those left without a day first, then by name.</summary>
    public static HolidayEffect[] Of(IEnumerable<ScheduleStand> schedules, string holiday, HolidayTable before, HolidayTable after, DateOnly today) =>
    [
        .. schedules.Select(s => s.Published).OfType<ScheduleView>().Where(s => s.LooksAt(holiday)).Where(s => !Near(s, before, today).SequenceEqual(Near(s, after, today)))
            .Select(s => new HolidayEffect(s, Next(s, before, today), Next(s, after, today))).OrderByDescending(e => e.LeavesNone).ThenBy(e => e.Schedule.Name, StringComparer.CurrentCulture),
    ];

    private static IEnumerable<DateOnly> Near(ScheduleView s, HolidayTable table, DateOnly today) => ScheduleDays.Days(s, table, today, today.AddYears(YearsAhead));

    private static DateOnly? Next(ScheduleView s, HolidayTable table, DateOnly today) => ScheduleDays.Days(s, table, today, DaySet.LastDay).Cast<DateOnly?>().FirstOrDefault();
}
