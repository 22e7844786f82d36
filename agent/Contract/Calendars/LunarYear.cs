namespace BorderInfo.Contract.Calendars;

/// <summary>One lunar year: first days of its months. Pure; made from new moons and solar terms.</summary>
/// <remarks>
/// Rules: a month begins on the civil day (UTC+7) of the new moon; the winter solstice lies in month 11; when 13 months begin from one month 11 up to the next, the first of them
/// without a major term (sun's longitude a multiple of 30°) repeats the number before it.
/// </remarks>
internal sealed class LunarYear
{
    /// <summary>Index of the leap month; −1 = none.</summary>
    private readonly int leap;

    /// <summary>Day numbers of the firsts of every month and of the next year.</summary>
    private readonly int[] starts;

    private LunarYear(int[] starts, int leap)
    {
        this.starts = starts;
        this.leap = leap;
    }

    public int Months => starts.Length - 1;

    /// <summary>Number of the month that comes twice; 0 = none.</summary>
    public int LeapMonth => leap < 0 ? 0 : leap;

    public int FirstDay => starts[0];

    public int NextYear => starts[^1];

    public int StartOf(int index) => starts[index];

    public int LengthOf(int index) => starts[index + 1] - starts[index];

    public bool IsLeap(int index) => index == leap;

    public int NumberOf(int index) => leap < 0 || index < leap ? index + 1 : index;

    /// <summary>−1 = there is no such month.</summary>
    public int IndexOf(int month, bool isLeap)
    {
        if (month is < 1 or > 12 || (isLeap && month != LeapMonth))
            return -1;
        return leap >= 0 && (isLeap || month > leap) ? month : month - 1;
    }

    /// <summary>Index of the month of a day of this year.</summary>
    public int IndexAt(int day)
    {
        var index = (day - starts[0]) / 30;
        return index + 1 < starts.Length - 1 && starts[index + 1] <= day ? index + 1 : index;
    }

    public static LunarYear Of(int year)
    {
        var before = MonthEleven(year - 1);
        var here = MonthEleven(year);
        var after = MonthEleven(year + 1);
        var leapBefore = LeapBetween(before, here);
        var leapAfter = LeapBetween(here, after);
        var first = MonthOne(before, leapBefore);
        var next = MonthOne(here, leapAfter);
        var starts = new int[next - first + 1];
        for (var i = 0; i < starts.Length; i++)
            starts[i] = DayOf(first + i);
        return new(starts, leapBefore >= first ? leapBefore.Value - first : leapAfter < next ? leapAfter.Value - first : -1);
    }

    /// <summary>Civil day of the new moon number <paramref name="k"/>.</summary>
    internal static int DayOf(int k) => CloseNewMoons.DayOf(k) ?? (int)Math.Floor(EarthTurn.LocalDays(NewMoons.JdeOf(k)));

    /// <summary>Number of the new moon that opens the month of the winter solstice.</summary>
    private static int MonthEleven(int year)
    {
        var k = NewMoons.NumberAt(EarthTurn.JdeOf(new DateOnly(year, 12, 31).DayNumber)) + 1;
        while (DayOf(k) > new DateOnly(year, 12, 31).DayNumber || Sector(DayOf(k)) is >= 9 or < 6)
            k--;
        return k;
    }

    private static int MonthOne(int eleven, int? leap) => leap == eleven + 1 || leap == eleven + 2 ? eleven + 3 : eleven + 2;

    /// <summary>Number of the new moon that opens the leap month between two months 11; null = none.</summary>
    private static int? LeapBetween(int eleven, int next)
    {
        if (next - eleven == 12)
            return null;
        var k = eleven + 1;
        while (Sector(DayOf(k)) != Sector(DayOf(k + 1)))
            k++;
        return k;
    }

    /// <summary>The twelfth of the ecliptic in which the sun stands at local midnight, 0…11.</summary>
    private static int Sector(int day) => (int)(Sun.ApparentLongitude(EarthTurn.JdeOf(day)) / 30);
}
