using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Scheduling;

/// <summary>What a day of the calendar is called, for a cell and for a reader who hears it.</summary>
/// <param name="Date"><c>2026-11-24</c>.</param>
/// <param name="Lunar">Day and month of the lunar calendar, <c>16/10</c>, <c>1/6n</c> in a leap month; empty outside 1968–2100.</param>
/// <param name="Strong">The first and the fifteenth of a lunar month.</param>
/// <param name="Branch">Market-day branch, for example <c>Sửu</c>.</param>
/// <param name="Holidays">Public holidays, anniversaries and folk days by name.</param>
/// <param name="DayOff">One of them is a public holiday.</param>
/// <param name="Words">All of it as one sentence.</param>
public sealed record CalendarDay(string Date, string Lunar, bool Strong, string Branch, IReadOnlyList<string> Holidays, bool DayOff, string Words);

/// <summary>Pure but for the language of the request.</summary>
internal static class CalendarDaysShown
{
    public static IReadOnlyList<CalendarDay> Of(DateOnly from, DateOnly to, HolidayTable holidays, Texts texts) =>
        [.. Enumerable.Range(0, Math.Min(to.DayNumber - from.DayNumber + 1, CalendarFeed.MostDays)).Select(n => Of(from.AddDays(n), holidays, texts))];

    public static CalendarDay Of(DateOnly day, HolidayTable holidays, Texts texts)
    {
        var iso = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (day < LunarCalendar.FirstDay || day > LunarCalendar.LastDay)
            return new(iso, "", false, "", [], false, "");
        var lunar = LunarCalendar.FromSolar(day);
        var name = LunarCalendar.DayName(day);
        var named = holidays.On(day).ToArray();
        string[] shown = [.. named.Select(h => Name(h, lunar.Year, day.Year, texts))];
        var words = texts[lunar.Leap ? "schedule.lunar-words-leap" : "schedule.lunar-words", lunar.Day, lunar.Month, LunarCalendar.YearName(lunar.Year), name];
        return new(
            iso, $"{lunar.Day}/{lunar.Month}{(lunar.Leap ? "n" : "")}", lunar.Day is 1 or 15, name.BranchName, shown,
            named.Any(h => h.Kind == HolidayKind.PublicHoliday), shown.Length == 0 ? words : $"{words}; {string.Join(", ", shown)}");
    }

    /// <summary>With the age where it ends in 0 or 5.</summary>
    private static string Name(Holiday h, int lunarYear, int solarYear, Texts texts)
    {
        var name = Texts.Current == "en" ? h.En : h.Vi;
        var age = (h.Lunar is null ? solarYear : lunarYear) - h.SinceYear;
        return age is > 0 && age % 5 == 0 ? texts["schedule.holiday-age", name, age] : name;
    }
}
