using System.Globalization;
using System.Text.Json;
using System.Xml;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Scheduling;

/// <summary>Name, days and windows of a schedule as an iCalendar file gives them.</summary>
internal sealed record CalendarSchedule(string Name, DateOnly From, DateOnly? To, Weekdays Weekdays, IReadOnlyList<TimeWindow> Windows, DayRule? Days);

/// <summary>Pure: an iCalendar file → one schedule. What is not taken is refused and named; nothing is guessed.</summary>
/// <remarks>
/// Taken: one VEVENT, or several that differ only in their times (windows); DTSTART as a day, a floating time, in UTC or in Việt Nam's time; DTEND or DURATION up to 24 hours; RRULE, EXDATE, RDATE; what BorderInfo itself wrote
/// (<see cref="WriteCalendar.ExtraName"/>) whole. Refuses with <c>ical.…</c> and <c>rrule.…</c>.
/// </remarks>
internal static class ReadCalendar
{
    /// <summary>Longest file, in UTF-16 units.</summary>
    public const int Longest = 200_000;

    private const int MostEvents = PlanLimits.WindowsPerEntry;

    /// <summary>Zones whose local time is Việt Nam's, all year.</summary>
    private static readonly string[] Zones = [WriteCalendar.Zone, "Asia/Saigon", "Asia/Bangkok", "Asia/Hanoi", "SE Asia Standard Time", "Etc/GMT-7"];

    private static readonly string[] NotTaken = ["EXRULE", "RECURRENCE-ID"];

    private sealed record Read(CalendarEvent Event, string? Extra);

    public static Outcome<CalendarSchedule> From(string text)
    {
        if (text.Length > Longest)
            return No("ical.too-long", $"{text.Length}", $"{Longest}");
        var events = Events(CalendarLine.Read(text)).ToArray();
        if (events.Length is 0 or > MostEvents)
            return events.Length == 0 ? No("ical.no-event", "BEGIN:VEVENT") : No("ical.several", $"{events.Length}", "1");
        var all = new List<Read>();
        foreach (var lines in events)
        {
            if (!Of(lines).Is(out var read, out var why))
                return why;
            all.Add(read);
        }

        return all.Skip(1).Any(e => !e.Event.SameDays(all[0].Event)) ? No("ical.several", $"{events.Length}", "1") : Whole(all);
    }

    private static Outcome<CalendarSchedule> Whole(List<Read> all)
    {
        var windows = all.Select(e => e.Event.Window).Distinct().ToArray();
        var first = all[0].Event;
        if (all[0].Extra is not { } extra)
            return first.Schedule(windows);
        try
        {
            return JsonSerializer.Deserialize<CalendarExtra>(extra, ApiJson.Options) is { } own && !ScheduleRules.HasHoles(own.Days) ? new CalendarSchedule(first.Name, own.From, own.To, own.Weekdays, windows, own.Days) : first.Schedule(windows);
        }
        catch (JsonException)
        {
            return No("ical.extra", WriteCalendar.ExtraName);
        }
    }

    private static IEnumerable<CalendarLine[]> Events(IEnumerable<CalendarLine> lines)
    {
        List<CalendarLine>? current = null;
        var inner = 0;
        foreach (var line in lines)
        {
            var (begins, ends) = (line.Name == "BEGIN", line.Name == "END");
            if (current is null)
            {
                current = begins && line.Value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase) ? [] : null;
            }
            else if (ends && inner == 0)
            {
                yield return [.. current];
                current = null;
            }
            else
            {
                // Alarms and the like within an event are passed over.
                inner += begins ? 1 : ends ? -1 : 0;
                if (inner == 0 && !ends)
                    current.Add(line);
            }
        }
    }

    private static Outcome<Read> Of(CalendarLine[] lines)
    {
        if (lines.FirstOrDefault(l => NotTaken.Contains(l.Name)) is { } strange)
            return No("ical.not-taken", strange.Name, "EXDATE, RDATE");
        if (lines.GroupBy(l => l.Name).FirstOrDefault(g => g.Key is "DTSTART" or "RRULE" or "DTEND" or "DURATION" && g.Count() > 1) is { } twice)
            return No("ical.twice", twice.Key);
        if (lines.FirstOrDefault(l => l.Name == "DTSTART") is not { } begins)
            return No("ical.no-start", "DTSTART;TZID=Asia/Ho_Chi_Minh:20261130T070000");
        if (!Time(begins, begins.Value).Is(out var start, out var why) || !Length(lines, start).Is(out var length, out why))
            return why;
        if (!Times(lines, "EXDATE").Is(out var left, out why) || !Times(lines, "RDATE").Is(out var added, out why))
            return why;
        var rule = (Recurrence?)null;
        if (lines.FirstOrDefault(l => l.Name == "RRULE") is { } written)
        {
            if (!Recurrence.Parse(written.Value).Is(out rule, out why))
                return why with { Field = "ics" };
            if (begins.Value.EndsWith('Z') && start.Date != start.AddHours(-7).Date)
                return No("ical.utc", begins.Value, $"DTSTART;TZID={WriteCalendar.Zone}:{start.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}");
            if (rule.Until is { Form: UntilForm.Utc } until)
                rule = rule with { Until = new(until.Time > DateTime.MaxValue.AddHours(-7) ? DateTime.MaxValue : until.Time.AddHours(7), UntilForm.Local) };
        }

        var name = CalendarLine.Unescaped(lines.FirstOrDefault(l => l.Name == "SUMMARY")?.Value ?? "");
        var own = lines.FirstOrDefault(l => l.Name == WriteCalendar.ExtraName)?.Value;
        var read = new CalendarEvent(name.Length > ScheduleRules.LongestName ? name[..ScheduleRules.LongestName] : name, start, length, rule, left, added);
        return read.Check() is { } no ? no : new Read(read, own is null ? null : CalendarLine.Unescaped(own));
    }

    private static Outcome<TimeSpan> Length(CalendarLine[] lines, DateTime start)
    {
        var begins = lines.First(l => l.Name == "DTSTART");
        TimeSpan length;
        if (lines.FirstOrDefault(l => l.Name == "DTEND") is { } end)
        {
            if (!Time(end, end.Value).Is(out var ends, out var why))
                return why;
            length = ends - start;
        }
        else if (lines.FirstOrDefault(l => l.Name == "DURATION") is { } duration)
        {
            if (!Duration(duration.Value).Is(out length, out var why))
                return why;
        }
        else if (IsDay(begins, begins.Value))
        {
            length = TimeSpan.FromDays(1);
        }
        else
        {
            return No("ical.no-end", "DURATION:PT1H");
        }

        return length < TimeSpan.FromMinutes(1) || length > TimeSpan.FromDays(1) ? No("ical.length", length.ToString("c", CultureInfo.InvariantCulture), "PT1M–P1D") : length;
    }

    /// <summary>Weeks, days, hours, minutes; XML Schema knows all but weeks.</summary>
    private static Outcome<TimeSpan> Duration(string text)
    {
        try
        {
            return text.EndsWith('W') && int.TryParse(text.TrimStart('+', 'P').TrimEnd('W'), NumberStyles.None, CultureInfo.InvariantCulture, out var weeks) && weeks < 100
                ? TimeSpan.FromDays(7 * weeks)
                : XmlConvert.ToTimeSpan(text.TrimStart('+'));
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return No("ical.value", "DURATION", text, "PT1H");
        }
    }

    private static Outcome<IReadOnlyList<DateTime>> Times(CalendarLine[] lines, string name)
    {
        var times = new SortedSet<DateTime>();
        foreach (var line in lines.Where(l => l.Name == name))
        {
            if (line["VALUE"] == "PERIOD")
                return No("ical.not-taken", "VALUE=PERIOD", "DATE-TIME");
            foreach (var value in line.Value.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!Time(line, value.Trim()).Is(out var time, out var why))
                    return why;
                times.Add(time);
            }
        }

        return times.ToArray();
    }

    private static bool IsDay(CalendarLine line, string value) => line["VALUE"] == "DATE" || value.Length == 8;

    /// <summary>In Việt Nam's time.</summary>
    private static Outcome<DateTime> Time(CalendarLine line, string value)
    {
        if (line["TZID"] is { } zone && !Zones.Contains(zone))
            return No("ical.zone", zone, WriteCalendar.Zone);
        if (DateTime.TryParseExact(value, IsDay(line, value) ? "yyyyMMdd" : "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year is > 1968 and < 2100)
            return local;
        return DateTime.TryParseExact(value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out var utc) && utc.Year is > 1968 and < 2100
            ? utc.AddHours(7)
            : No("ical.value", line.Name, value, "20261130T070000");
    }

    internal static Refusal No(string code, params string[] with) => new(code, with) { Field = "ics" };
}
