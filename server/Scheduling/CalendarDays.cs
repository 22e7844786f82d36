using System.Text.Json;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Where calendar, warnings and cards ask on which local days a schedule plays, and which holidays there are.</summary>
internal static class CalendarDays
{
    private static readonly Lazy<HolidayTable> Shipped = new(() =>
        JsonSerializer.Deserialize<HolidayTable>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "content", "calendar", "holidays.json")), ApiJson.Options)!);

    /// <summary>The table that ships with the project.</summary>
    public static HolidayTable Holidays => Shipped.Value;

    /// <summary>The days from <paramref name="from"/> to <paramref name="to"/>, both inclusive, on which a window of the schedule starts, ascending.</summary>
    public static IEnumerable<DateOnly> Of(ScheduleView s, HolidayTable holidays, DateOnly from, DateOnly to)
    {
        _ = holidays;
        for (var day = s.From > from ? s.From : from; day <= to && !(day > s.To); day = day.AddDays(1))
        {
            if (s.Weekdays.HasFlag(ScheduleRules.FlagOf(day)))
                yield return day;
        }
    }
}
