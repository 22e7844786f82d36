namespace BorderInfo.Contract.Calendars;

/// <summary>
/// The Vietnamese lunar calendar as official since 1968: astronomical, civil days of UTC+7. Pure; conversions are table look-ups once a year was asked for, safe for many threads.
/// </summary>
/// <remarks>Right for solar days from <see cref="FirstDay"/> to <see cref="LastDay"/>; sources and the decided close cases stand in the folder's README.</remarks>
public static class LunarCalendar
{
    /// <summary>1 January 1968, the day Decision 121/CP of 8/8/1967 took effect.</summary>
    public static readonly DateOnly FirstDay = new(1968, 1, 1);

    public static readonly DateOnly LastDay = new(2100, 12, 31);

    /// <summary>The lunar year of <see cref="FirstDay"/>; only its days from then on are answered for.</summary>
    internal const int FirstYear = 1967;

    internal const int LastYear = 2100;

    private static readonly LunarYear?[] Years = new LunarYear?[LastYear - FirstYear + 1];

    /// <summary>First days of months that astronomy cannot decide (new moon within a minute of midnight), for a notice on pages.</summary>
    public static IReadOnlyList<DateOnly> Undecided { get; } = [.. CloseNewMoons.All.Select(c => c.Day)];

    /// <exception cref="ArgumentOutOfRangeException">The day lies outside <see cref="FirstDay"/>…<see cref="LastDay"/>.</exception>
    public static LunarDate FromSolar(DateOnly day)
    {
        if (day < FirstDay || day > LastDay)
            throw new ArgumentOutOfRangeException(nameof(day), day, "outside 1968–2100");
        var number = day.DayNumber;
        var year = day.Year;
        var table = Year(year);
        if (number < table.FirstDay)
            table = Year(--year);
        var index = table.IndexAt(number);
        return new(year, table.NumberOf(index), number - table.StartOf(index) + 1, table.IsLeap(index));
    }

    /// <summary>Null = there is no such day (month of 29 days, no such leap month, out of range).</summary>
    public static DateOnly? ToSolar(LunarDate date)
    {
        if (date.Year is < FirstYear or > LastYear || date.Day < 1)
            return null;
        var table = Year(date.Year);
        var index = table.IndexOf(date.Month, date.Leap);
        if (index < 0 || date.Day > table.LengthOf(index))
            return null;
        var day = DateOnly.FromDayNumber(table.StartOf(index) + date.Day - 1);
        return day < FirstDay || day > LastDay ? null : day;
    }

    /// <summary>29 or 30; 0 = there is no such month. Lunar years 1968…2100.</summary>
    public static int MonthLength(int year, int month, bool leap = false)
    {
        if (year is <= FirstYear or > LastYear)
            return 0;
        var index = Year(year).IndexOf(month, leap);
        return index < 0 ? 0 : Year(year).LengthOf(index);
    }

    /// <summary>1…12 = the month that comes twice; 0 = a year of twelve months.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lunar year lies outside 1968…2100; so everywhere below.</exception>
    public static int LeapMonth(int year) => Year(Known(year)).LeapMonth;

    /// <summary>Tết: the first day of the lunar year.</summary>
    public static DateOnly NewYear(int year) => DateOnly.FromDayNumber(Year(Known(year)).FirstDay);

    /// <summary>The day before the next 1/1, 29 or 30 of the twelfth month: its evening is giao thừa.</summary>
    public static DateOnly LastDayOf(int year) => DateOnly.FromDayNumber(Year(Known(year)).NextYear - 1);

    /// <summary>Name of a lunar year, for example 2026 Bính Ngọ.</summary>
    public static CanChi YearName(int year) => new((((year - 4) % 60) + 60) % 60);

    /// <summary>Name of a day, for example 1/1/2000 Mậu Ngọ. Any day.</summary>
    public static CanChi DayName(DateOnly day) => new((day.DayNumber + 15) % 60);

    /// <summary>The branch of a day, for market days. Any day.</summary>
    public static Branches BranchOf(DateOnly day) => DayName(day).Branch;

    internal static LunarYear Year(int year)
    {
        ref var place = ref Years[year - FirstYear];
        var known = Volatile.Read(ref place);
        if (known is not null)
            return known;
        known = LunarYear.Of(year);
        Volatile.Write(ref place, known);
        return known;
    }

    private static int Known(int year) => year is > FirstYear and <= LastYear ? year : throw new ArgumentOutOfRangeException(nameof(year), year, "outside 1968–2100");
}
