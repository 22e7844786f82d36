using System.Globalization;
using System.Text;
using System.Text.Json;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>What of a schedule an iCalendar file carries beside the rule for other programs, so that it reads back whole.</summary>
internal sealed record CalendarExtra(DateOnly From, DateOnly? To, Weekdays Weekdays, DayRule? Days);

/// <summary>Pure: a schedule as iCalendar (RFC 5545), one event for each window.</summary>
/// <remarks>
/// Days that RFC 5545 can say travel as RRULE with EXDATE and RDATE; lunar days, market days, holidays and offsets as the days of the next <see cref="Ahead"/> days. The rule itself always stands in
/// <c>X-BORDERINFO-DAYS</c>, so nothing is lost on the way back.
/// </remarks>
internal static class WriteCalendar
{
    public const string ExtraName = "X-BORDERINFO-DAYS";
    public const string Zone = "Asia/Ho_Chi_Minh";

    /// <summary>How far days are written out that no RRULE can say.</summary>
    public const int Ahead = 730;

    public static string Of(ScheduleView s, HolidayTable holidays, DateOnly today, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//BorderInfo//Schedules//VI");
        Line(text, "BEGIN:VTIMEZONE");
        Line(text, $"TZID:{Zone}");
        Line(text, "BEGIN:STANDARD");
        Line(text, "DTSTART:19750613T000000");
        Line(text, "TZOFFSETFROM:+0700");
        Line(text, "TZOFFSETTO:+0700");
        Line(text, "END:STANDARD");
        Line(text, "END:VTIMEZONE");
        var extra = JsonSerializer.Serialize(new CalendarExtra(s.From, s.To, s.Weekdays, s.Days), ApiJson.Options);
        for (var i = 0; i < s.Windows.Count; i++)
            Event(text, s, i, CalendarSeries.Of(s, s.Windows[i], holidays, today), extra, now);
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static void Event(StringBuilder text, ScheduleView s, int window, CalendarSeries? series, string extra, DateTimeOffset now)
    {
        if (series is null)
            return;
        Line(text, "BEGIN:VEVENT");
        Line(text, FormattableString.Invariant($"UID:{s.EntryId}-{window + 1}@borderinfo"));
        Line(text, $"DTSTAMP:{now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        Line(text, $"SUMMARY:{Escaped(s.Name)}");
        Line(text, $"DTSTART;TZID={Zone}:{Local(series.Start)}");
        Line(text, FormattableString.Invariant($"DURATION:PT{(int)series.Length.TotalMinutes}M"));
        if (series.Rule is { } rule)
            Line(text, $"RRULE:{InUtc(rule)}");
        if (series.Left.Count > 0)
            Line(text, $"EXDATE;TZID={Zone}:{string.Join(',', series.Left.Select(Local))}");
        if (series.Added.Count > 0)
            Line(text, $"RDATE;TZID={Zone}:{string.Join(',', series.Added.Select(Local))}");
        Line(text, $"{ExtraName}:{Escaped(extra)}");
        Line(text, "END:VEVENT");
    }

    /// <summary>Beside a start with a zone, UNTIL is an instant (RFC 5545 §3.3.10).</summary>
    private static Recurrence InUtc(Recurrence rule)
    {
        if (rule.Until is not { Form: not UntilForm.Utc } until)
            return rule;
        var local = until.Form == UntilForm.Date ? until.Time.AddDays(1).AddSeconds(-1) : until.Time;
        return rule with { Until = new(LocalTime.Utc(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)).UtcDateTime, UntilForm.Utc) };
    }

    /// <summary>Folded at 75 octets (RFC 5545 §3.1), never within a character.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                text.Append("\r\n ");
                octets = 1;
            }

            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        text.Append("\r\n");
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Local(DateTime time) => time.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
