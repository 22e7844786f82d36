using System.Globalization;
using BorderInfo.Contract.Calendars;

namespace BorderInfo.Tests.Contract.Calendars;

/// <summary>Against an independent computation, published dates of Tết and the calendar's own rules.</summary>
public sealed class LunarCalendarTests
{
    [Fact]
    public void All_months_from_1968_to_2100_begin_as_an_independent_computation_says_but_for_one_that_nobody_can_decide()
    {
        var own = Enumerable.Range(1968, 133).Select(Written).ToArray();

        var differing = Facts.Lines("lunar-months.txt").Zip(own).Where(p => p.First != p.Second).SelectMany(p => p.First.Split(' ').Except(p.Second.Split(' ')));

        Assert.Equal(133, own.Length);
        Assert.Equal(["4:2054-05-08"], differing);
        Assert.Contains(new DateOnly(2054, 5, 7), LunarCalendar.Undecided);
    }

    /// <summary>Dates of Tết as announced or printed in calendars; where Việt Nam and China differ the Chinese date stands behind.</summary>
    [Theory]
    [InlineData("1968-01-29")] // China 30/1
    [InlineData("1969-02-16")] // China 17/2
    [InlineData("1985-01-21")] // China 20/2
    [InlineData("2007-02-17")] // China 18/2
    [InlineData("2020-01-25")]
    [InlineData("2021-02-12")]
    [InlineData("2022-02-01")]
    [InlineData("2023-01-22")]
    [InlineData("2024-02-10")]
    [InlineData("2025-01-29")]
    [InlineData("2026-02-17")]
    [InlineData("2027-02-06")]
    [InlineData("2028-01-26")]
    [InlineData("2029-02-13")]
    [InlineData("2030-02-02")] // China 3/2
    [InlineData("2053-02-18")] // China 19/2
    public void Tet_falls_on_the_published_day(string day)
    {
        var tet = Facts.Day(day);

        var lunar = LunarCalendar.FromSolar(tet);

        Assert.Equal(new LunarDate(tet.Year, 1, 1), lunar);
        Assert.Equal(tet, LunarCalendar.NewYear(tet.Year));
        Assert.Equal(tet.AddDays(-1), tet.Year > 1968 ? LunarCalendar.LastDayOf(tet.Year - 1) : tet.AddDays(-1));
    }

    [Fact]
    public void Tet_differs_from_the_Chinese_new_year_in_six_years()
    {
        var chinese = new ChineseLunisolarCalendar();

        var differing = Enumerable.Range(1968, 133).Where(y => DateOnly.FromDateTime(chinese.ToDateTime(y, 1, 1, 0, 0, 0, 0)) != LunarCalendar.NewYear(y));

        Assert.Equal([1968, 1969, 1985, 2007, 2030, 2053], differing);
    }

    [Theory]
    [InlineData(2020, 4)]
    [InlineData(2023, 2)]
    [InlineData(2025, 6)]
    [InlineData(2028, 5)]
    [InlineData(2031, 3)]
    [InlineData(2033, 11)]
    [InlineData(2026, 0)]
    public void Leap_months_are_the_published_ones(int year, int month) => Assert.Equal(month, LunarCalendar.LeapMonth(year));

    [Fact]
    public void Every_day_goes_to_the_lunar_calendar_and_back_and_the_day_after_follows()
    {
        var before = LunarCalendar.FromSolar(LunarCalendar.FirstDay);
        for (var day = LunarCalendar.FirstDay.AddDays(1); day <= LunarCalendar.LastDay; day = day.AddDays(1))
        {
            var lunar = LunarCalendar.FromSolar(day);

            Assert.Equal(day, LunarCalendar.ToSolar(lunar));
            Assert.True(lunar.Day == before.Day + 1 || (lunar.Day == 1 && before.Day >= 29), $"{before} then {lunar}");
            Assert.True(lunar.CompareTo(before) > 0);
            before = lunar;
        }
    }

    [Fact]
    public void A_month_has_29_or_30_days_and_a_year_twelve_months_or_thirteen()
    {
        foreach (var year in Enumerable.Range(1968, 133))
        {
            var months = Enumerable.Range(1, 12).Select(m => LunarCalendar.MonthLength(year, m)).ToList();
            if (LunarCalendar.LeapMonth(year) is > 0 and var leap)
                months.Add(LunarCalendar.MonthLength(year, leap, true));

            Assert.All(months, m => Assert.InRange(m, 29, 30));
            Assert.Equal(LunarCalendar.LastDayOf(year).DayNumber + 1 - LunarCalendar.NewYear(year).DayNumber, months.Sum());
        }
    }

    [Fact]
    public void Tet_eve_is_the_29th_in_every_year_that_ends_from_2025_to_2032() =>
        Assert.All(Enumerable.Range(2024, 8), y => Assert.Equal(29, LunarCalendar.FromSolar(LunarCalendar.LastDayOf(y)).Day));

    [Theory]
    [InlineData(2026, 1, 30, false)] // a month of 30 days has it, this one has 29 only if the table says so
    [InlineData(2026, 2, 1, true)]
    [InlineData(2026, 13, 1, false)]
    [InlineData(2026, 1, 0, false)]
    [InlineData(2101, 1, 1, false)]
    [InlineData(1967, 11, 1, false)]
    public void A_day_that_does_not_exist_has_no_solar_day(int year, int month, int day, bool leap) =>
        Assert.Equal(day == 30 && LunarCalendar.MonthLength(year, month) == 30, LunarCalendar.ToSolar(new(year, month, day, leap)) is not null);

    [Fact]
    public void Days_outside_the_table_are_an_error_not_a_guess() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LunarCalendar.FromSolar(new DateOnly(2101, 1, 1)));

    [Fact]
    public void Days_and_years_have_their_names_of_the_sixty()
    {
        Assert.Equal("Mậu Ngọ", LunarCalendar.DayName(new DateOnly(2000, 1, 1)).ToString());
        Assert.Equal(Branches.Ngo, LunarCalendar.BranchOf(new DateOnly(2000, 1, 1)));
        Assert.Equal("Bính Ngọ", LunarCalendar.YearName(2026).ToString());
        Assert.Equal("Mậu Thân", LunarCalendar.YearName(1968).ToString());
    }

    [Fact]
    public void A_conversion_allocates_nothing_once_the_year_is_known()
    {
        var sum = LunarCalendar.FromSolar(new DateOnly(2026, 8, 1)).Day;
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 300; i++)
            sum += LunarCalendar.FromSolar(new DateOnly(2026, 1, 1).AddDays(i)).Day + (LunarCalendar.ToSolar(new(2026, 3, 1 + i % 29)) is null ? 0 : 1);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2000, $"{sum}");
    }

    private static string Written(int year)
    {
        var months = new List<(DateOnly Day, string Text)>();
        foreach (var (month, leap) in Enumerable.Range(1, 12).SelectMany(m => new[] { (m, false), (m, true) }))
        {
            if (LunarCalendar.ToSolar(new(year, month, 1, leap)) is { } first)
                months.Add((first, FormattableString.Invariant($"{month}{(leap ? "n" : "")}:{first:yyyy-MM-dd}")));
        }

        return year + " " + string.Join(' ', months.OrderBy(m => m.Day).Select(m => m.Text));
    }
}
