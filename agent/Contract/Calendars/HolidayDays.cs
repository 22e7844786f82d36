namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: on which days an entry of the holiday table falls.</summary>
internal static class HolidayDays
{
    /// <summary>Day numbers within a stretch, ascending for one entry.</summary>
    public static IEnumerable<int> Between(Holiday entry, int from, int to, AnniversaryYears years = AnniversaryYears.Every)
    {
        var last = Math.Min(DateOnly.FromDayNumber(to).Year + 1, LunarCalendar.LastYear);
        for (var year = Math.Max(DateOnly.FromDayNumber(from).Year - 1, LunarCalendar.FirstYear); year <= last; year++)
        {
            if (!HoldsIn(entry, year) || !IsRound(entry, year, years) || DateIn(entry, year) is not { } date)
                continue;
            for (var i = 0; i < entry.Days; i++)
            {
                var day = date.DayNumber + entry.OffsetDays + i;
                if (day >= from && day <= to)
                    yield return day;
            }
        }
    }

    private static bool HoldsIn(Holiday entry, int year) =>
        year >= (entry.FromYear ?? year) && year <= (entry.ToYear ?? year) && !entry.ExceptYears.Contains(year);

    private static bool IsRound(Holiday entry, int year, AnniversaryYears years)
    {
        if (years == AnniversaryYears.Every)
            return true;
        var age = year - (entry.SinceYear ?? year);
        return age > 0 && age % (years switch { AnniversaryYears.Round => 10, AnniversaryYears.RoundOrFive => 5, _ => 2 }) == 0;
    }

    /// <summary>Null = the year has no such day.</summary>
    private static DateOnly? DateIn(Holiday entry, int year)
    {
        if (entry.Solar is { } solar)
            return solar.Day <= DateTime.DaysInMonth(year, solar.Month) ? new DateOnly(year, solar.Month, solar.Day) : null;
        var lunar = entry.Lunar!;
        var table = LunarCalendar.Year(year);
        var index = table.IndexOf(lunar.Month, false);
        return DateOnly.FromDayNumber(table.StartOf(index) + Math.Min(lunar.Day, table.LengthOf(index)) - 1);
    }
}
