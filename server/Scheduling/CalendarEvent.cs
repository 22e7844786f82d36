using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure: a VEVENT as read, in local times, and the schedule it means.</summary>
internal sealed record CalendarEvent(string Name, DateTime Start, TimeSpan Length, Recurrence? Rule, IReadOnlyList<DateTime> Left, IReadOnlyList<DateTime> Added)
{
    private DateOnly First => DateOnly.FromDateTime(Start);

    public TimeWindow Window => new(TimeOnly.FromDateTime(Start), TimeOnly.FromDateTime(Start + Length));

    private DaySet? Set => Rule is null ? null : ScheduleDays.SetOf(new() { Solar = Solar(Rule) }, HolidayTable.Empty);

    /// <summary>Null = a schedule can say it.</summary>
    public Refusal? Check()
    {
        if (Rule is not null && new DayRule { Solar = Solar(Rule) }.Check(HolidayTable.Empty) is { } unsound)
            return unsound with { Field = "ics" };
        if (Set is { } whole && !whole.Holds(First))
            return ReadCalendar.No("ical.start-not-in-rule", Text(First), whole.Next(First) is { } next ? Text(next) : "–");
        var set = Set;
        return Added.Where(a => a.TimeOfDay != Start.TimeOfDay).Select(a => OtherTime("RDATE", a)).FirstOrDefault()
            ?? Left.GroupBy(DateOnly.FromDateTime).Select(day => LeftWhole(day.Key, [.. day.Select(TimeOnly.FromDateTime)], set)).FirstOrDefault(r => r is not null);
    }

    /// <summary>A day is left out whole, by its date alone or by every time it has.</summary>
    private Refusal? LeftWhole(DateOnly day, TimeOnly[] times, DaySet? set)
    {
        TimeOnly[] starts = set is { HasStarts: true } ? set.StartsOn(day).ToArray() : [Window.From];
        if (starts.All(times.Contains) || (times is [{ Ticks: 0 }] && !starts.Contains(TimeOnly.MinValue)))
            return null;
        return set is { HasStarts: true }
            ? ReadCalendar.No("ical.some-times", Text(day), $"EXDATE;VALUE=DATE:{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}")
            : OtherTime("EXDATE", day.ToDateTime(times[0]));
    }

    private Refusal OtherTime(string part, DateTime time) => ReadCalendar.No("ical.other-time", part, time.ToString("HH:mm", CultureInfo.InvariantCulture), Window.From.ToString("HH:mm", CultureInfo.InvariantCulture));

    private static string Text(DateOnly day) => LocalTime.Text(day);

    public bool SameDays(CalendarEvent other) =>
        First == other.First && Rule == other.Rule && Left.Select(DateOnly.FromDateTime).SequenceEqual(other.Left.Select(DateOnly.FromDateTime)) && Added.Select(DateOnly.FromDateTime).SequenceEqual(other.Added.Select(DateOnly.FromDateTime));

    public CalendarSchedule Schedule(IReadOnlyList<TimeWindow> windows)
    {
        var (rule, to) = Ended();
        var exceptions = Left.Count + Added.Count > 0;
        if (rule is null)
            return new(Name, First, exceptions ? null : First, Weekdays.All, windows, exceptions ? Excepted(new() { Solar = new("FREQ=DAILY;COUNT=1", First) }) : null);
        if (!exceptions && rule.Count is null && SolarShape.Of(rule) is { Every: 1, Unit: Frequency.Daily or Frequency.Weekly } shape)
            return new(Name, First, to, shape.Weekdays, windows, null);
        return new(Name, First, to, Weekdays.All, windows, Excepted(new() { Solar = Solar(rule) }));
    }

    private DayRule Excepted(DayRule rule) => rule with
    {
        Exclusions = [.. Left.Select(DateOnly.FromDateTime).Distinct().Select(OccurrenceId.Of)],
        Additions = [.. Added.Select(DateOnly.FromDateTime).Distinct()],
    };

    /// <summary>UNTIL becomes the schedule's last day, unless the rule names times within the day.</summary>
    private (Recurrence? Rule, DateOnly? To) Ended()
    {
        if (Rule?.Until is not { } until || Set is { HasStarts: true })
            return (Rule, null);
        var last = DateOnly.FromDateTime(until.Time);
        return (Rule with { Until = null }, until.Form == UntilForm.Date || TimeOnly.FromDateTime(until.Time) >= Window.From ? last : last.AddDays(-1));
    }

    private SolarRule Solar(Recurrence rule)
    {
        var solar = new SolarRule(rule.ToString(), First);
        return ScheduleDays.SetOf(new() { Solar = solar }, HolidayTable.Empty) is { HasStarts: true } ? solar with { StartTime = TimeOnly.FromDateTime(Start) } : solar;
    }
}
