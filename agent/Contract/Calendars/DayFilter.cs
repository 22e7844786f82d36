namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: the parts of a rule that look at one day, as bit sets. Allocation-free after building.</summary>
internal sealed class DayFilter
{
    private readonly Recurrence rule;
    private readonly int months;
    private readonly int weekdays;
    private readonly bool ofMonth;
    private readonly bool numbered;

    /// <param name="months">Months that count, empty = all; so the weekdays. With what DTSTART fills in.</param>
    public DayFilter(Recurrence rule, ReadOnlySpan<int> months, ReadOnlySpan<DayOrdinal> weekdays)
    {
        this.rule = rule;
        foreach (var month in months)
            this.months |= 1 << month;
        foreach (var day in weekdays)
            this.weekdays |= day.Ordinal == 0 ? 1 << (int)day.Day : 0;
        numbered = rule.Days.Any(d => d.Ordinal != 0);
        AnyWeekday = weekdays.Length == 0;
        ofMonth = rule.Frequency == Frequency.Monthly || rule.Months.Count > 0;
    }

    public bool AnyWeekday { get; }

    public bool Month(int month) => months == 0 || (months & (1 << month)) != 0;

    /// <summary>BYDAY, plain or numbered within month or year.</summary>
    public bool Weekday(DateOnly day)
    {
        if (AnyWeekday || (weekdays & (1 << (int)day.DayOfWeek)) != 0)
            return true;
        return numbered && Numbered(day);
    }

    public bool MonthDay(DateOnly day) =>
        rule.MonthDays.Count == 0 || rule.MonthDays.Contains(day.Day) || rule.MonthDays.Contains(day.Day - 1 - DateTime.DaysInMonth(day.Year, day.Month));

    public bool YearDay(DateOnly day) =>
        rule.YearDays.Count == 0 || rule.YearDays.Contains(day.DayOfYear) || rule.YearDays.Contains(day.DayOfYear - 1 - DaysIn(day.Year));

    /// <summary>BYWEEKNO by ISO 8601 with the week start of the rule: week 1 is the first with four days in the year. The last days of December may lie in week 1, the first of January in week 52 or 53.</summary>
    public bool WeekNumber(DateOnly day)
    {
        if (rule.WeekNumbers.Count == 0)
            return true;
        var year = day.Year;
        if (day.DayNumber < WeekOne(year))
            year--;
        else if (year < 9999 && day.DayNumber >= WeekOne(year + 1))
            year++;
        var number = (day.DayNumber - WeekOne(year)) / 7 + 1;
        var weeks = year < 9999 ? (WeekOne(year + 1) - WeekOne(year)) / 7 : 52;
        return rule.WeekNumbers.Contains(number) || rule.WeekNumbers.Contains(number - 1 - weeks);
    }

    public bool All(DateOnly day) => Month(day.Month) && MonthDay(day) && YearDay(day) && WeekNumber(day) && Weekday(day);

    public static int DaysIn(int year) => DateTime.IsLeapYear(year) ? 366 : 365;

    /// <summary>Day number of the start of the week in which a day lies.</summary>
    public static int WeekOf(int dayNumber, DayOfWeek weekStart) => dayNumber - (dayNumber + 1 - (int)weekStart + 7) % 7;

    private int WeekOne(int year) => year < 1 ? -365 : WeekOf(new DateOnly(year, 1, 4).DayNumber, rule.WeekStart);

    private bool Numbered(DateOnly day)
    {
        var (at, length) = ofMonth ? (day.Day, DateTime.DaysInMonth(day.Year, day.Month)) : (day.DayOfYear, DaysIn(day.Year));
        var (forward, backward) = ((at - 1) / 7 + 1, -((length - at) / 7 + 1));
        foreach (var wanted in rule.Days.Span)
        {
            if (wanted.Day == day.DayOfWeek && (wanted.Ordinal == forward || wanted.Ordinal == backward))
                return true;
        }

        return false;
    }
}
