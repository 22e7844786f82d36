using System.Globalization;
using BorderInfo.Contract.Calendars;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>A day on which a schedule plays, in both calendars.</summary>
/// <param name="Lunar">Null outside 1968–2100.</param>
/// <param name="Branch">Name of the day's branch: Sửu.</param>
/// <param name="Starts">Start times that the rule itself names; empty = the windows of the schedule.</param>
/// <param name="Occurrence">By which it is left out; null = the schedule has no rule.</param>
/// <param name="Holidays">What falls on the day.</param>
public sealed record NextDay(DateOnly Day, LunarDate? Lunar, string Branch, IReadOnlyList<TimeOnly> Starts, OccurrenceId? Occurrence, IReadOnlyList<Holiday> Holidays)
{
    /// <summary><c>10/10</c>, <c>15/6 nhuận</c>: day and month, the year where it begins.</summary>
    public static string LunarText(LunarDate lunar, string leap) =>
        FormattableString.Invariant($"{lunar.Day}/{lunar.Month}") + (lunar.Leap ? " " + leap : "") + (lunar is { Day: 1, Month: 1 } ? "/" + lunar.Year.ToString(CultureInfo.InvariantCulture) : "");
}

/// <summary>Pure island: the next days of a schedule, told in full.</summary>
public static class NextDays
{
    /// <summary>At most <paramref name="most"/> days from <paramref name="from"/> on.</summary>
    public static IReadOnlyList<NextDay> Of(ScheduleView view, HolidayTable holidays, DateOnly from, int most, DateOnly? to = null)
    {
        var set = ScheduleDays.Planned(view).Rule is { } rule ? ScheduleDays.SetOf(rule, holidays) : null;
        return [.. ScheduleDays.Days(view, holidays, from, to ?? DaySet.LastDay).Take(most).Select(day => new NextDay(
            day,
            day >= LunarCalendar.FirstDay && day <= LunarCalendar.LastDay ? LunarCalendar.FromSolar(day) : null,
            LunarCalendar.DayName(day).BranchName,
            set is { HasStarts: true } ? set.StartsOn(day).ToArray() : [],
            set?.IdOf(day),
            [.. holidays.On(day)]))];
    }
}
