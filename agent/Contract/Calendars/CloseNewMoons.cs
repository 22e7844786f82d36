namespace BorderInfo.Contract.Calendars;

/// <summary>New moons so near a midnight of UTC+7 that no computation decides the day: decided here, once.</summary>
/// <remarks>
/// All new moons 1968–2100 that our computation puts within a minute of midnight; the next one is 72 s away (9/12/2072), before 2054 86 s (21/9/1998). What decides is how fast the earth will turn:
/// ΔT of those years is uncertain by more than the distance. NASA's catalogue of moon phases gives all three as 17:00 UT, to the minute, which leaves them open as well.
/// The days are those of the month tables of Việt Nam in circulation (H. N. Đức, tables of the 21st century; these three facts only). The State's calendar of the year has the last word: put its day here.
/// </remarks>
internal static class CloseNewMoons
{
    /// <summary>Number of the new moon, the day that counts, seconds from midnight of the computation (Meeus, ΔT by Espenak and Meeus).</summary>
    public static readonly (int K, DateOnly Day, double Seconds)[] All =
    [
        (672, new(2054, 5, 7), 22.5),
        (963, new(2077, 11, 15), -9.9),
        (1061, new(2085, 10, 18), -27.7),
    ];

    public static int? DayOf(int k)
    {
        if (k < 672)
            return null;
        foreach (var close in All)
        {
            if (close.K == k)
                return close.Day.DayNumber;
        }

        return null;
    }
}
