using System.Globalization;

namespace BorderInfo.Server.Platform.Pages;

/// <summary>Days and instants as people in Việt Nam read and write them: UTC+7 all year, <c>dd/MM/yyyy HH:mm</c>.</summary>
public static class LocalTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static DateTimeOffset Of(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Of(at).DateTime);

    public static DateTimeOffset Utc(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public static DateTimeOffset Noon(DateOnly day) => Utc(day, new TimeOnly(12, 0));

    /// <summary><c>23/11/2026 08:00</c></summary>
    public static string Text(DateTimeOffset at) => Of(at).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary><c>23/11/2026</c></summary>
    public static string Text(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>23/11/2026</c></summary>
    public static string DayText(DateTimeOffset at) => Text(Day(at));

    /// <summary><c>23/11/2026 08:00:07</c></summary>
    public static string Exact(DateTimeOffset at) => Of(at).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>For <c>input type="datetime-local"</c>.</summary>
    public static string Field(DateTimeOffset at) => Of(at).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    /// <returns>Null = no instant, or of a year so near the ends of the calendar that others could not reckon with it.</returns>
    public static DateTimeOffset? FromField(string? text) =>
        DateTime.TryParseExact(text, ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1900 and < 9000
            ? new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime()
            : null;

    /// <summary>1:05 or 1:02:05, to the nearest second.</summary>
    public static string Length(int ms)
    {
        var length = TimeSpan.FromSeconds(Math.Round(ms / 1000.0, MidpointRounding.AwayFromZero));
        return length.ToString(length.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads <c>2026-11-30</c> or <c>30/11/2026</c>. A day that the month does not have is refused with <c>schedule.no-such-day</c> and the last day that it has.</summary>
    public static Outcome<DateOnly> ReadDay(string text)
    {
        text = text.Trim();
        if (DateOnly.TryParseExact(text, ["yyyy-MM-dd", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        var parts = text.Contains('/', StringComparison.Ordinal) ? text.Split('/').Reverse().ToArray() : text.Split('-');
        if (parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 2000 and < 3000
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12)
            return new Refusal("schedule.no-such-day", text, Text(new DateOnly(year, month, DateTime.DaysInMonth(year, month))));
        return new Refusal("schedule.not-a-day", text);
    }
}
