namespace BorderInfo.Contract.Calendars;

/// <summary>A nominal day of a rule: the solar day it falls on, and what its occurrence is called.</summary>
/// <param name="Day">Day number, before the offset.</param>
/// <param name="Key">Packed name of the occurrence: see <see cref="OccurrenceId"/>.</param>
internal readonly record struct Nominal(int Day, int Key)
{
    private const int LunarMark = 1_000_000_000;

    /// <summary>Month 13 day 1 = the last day of the lunar year; day 31 = the last of the month.</summary>
    public static int LunarKey(int year, int month, bool leap, int day) => LunarMark + year * 100_000 + month * 1_000 + (leap ? 500 : 0) + day;

    public static int SolarKey(int dayNumber) => dayNumber;

    public static Nominal Solar(int dayNumber) => new(dayNumber, SolarKey(dayNumber));

    /// <summary>Null = no date of either calendar.</summary>
    public static int? KeyOf(OccurrenceId id)
    {
        if (!OccurrenceId.TryParse(id.Value, out _))
            return null;
        var text = id.Value.AsSpan();
        if (text[0] != 'L')
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day.DayNumber : null;
        var leap = text[8] == 'n';
        var (year, month, number) = (Number(text[1..5]), Number(text[6..8]), Number(text[^2..]));
        return month is < 1 or > 13 || number is < 1 or > 31 ? null : LunarKey(year, month, leap, number);
    }

    public static OccurrenceId IdOf(int key)
    {
        if (key < LunarMark)
            return OccurrenceId.Of(DateOnly.FromDayNumber(key));
        key -= LunarMark;
        var leap = key % 1000 >= 500 ? "n" : "";
        return new(FormattableString.Invariant($"L{key / 100_000:D4}-{key / 1000 % 100:D2}{leap}-{key % 500:D2}"));
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
}
