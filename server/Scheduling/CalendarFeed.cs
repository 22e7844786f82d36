using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>One bar of the calendar, in the words of its module. Times are local, without offset.</summary>
public sealed record CalendarBar(
    string Id, string Title, string Start, string End, bool AllDay, string Url, string BackgroundColor, string TextColor, bool StartEditable, bool DurationEditable, string[] ClassNames, CalendarBarDetail ExtendedProps);

public sealed record CalendarBarDetail(long Schedule, int Window, string Day, string Tier, string Standing);

/// <summary>What the calendar's module is given: the bars and what the days are called.</summary>
public sealed record CalendarAnswer(string From, IReadOnlyList<CalendarBar> Bars, IReadOnlyList<CalendarDay> Days);

/// <summary>Pure: schedules → bars of the days shown.</summary>
internal static class CalendarFeed
{
    /// <summary>A calendar shows six weeks at most.</summary>
    public const int MostDays = 62;

    public const int MostBars = 3000;

    public static CalendarAnswer Answer(IEnumerable<ScheduleStand> schedules, HolidayTable holidays, DateOnly from, DateOnly to, Texts texts, Func<ScheduleStand, bool> mayTouch) =>
        new(Iso(from), Bars(schedules, holidays, from, to, texts, mayTouch), CalendarDaysShown.Of(from, to, holidays, texts));

    public static IReadOnlyList<CalendarBar> Bars(IEnumerable<ScheduleStand> schedules, HolidayTable holidays, DateOnly from, DateOnly to, Texts texts, Func<ScheduleStand, bool> mayTouch)
    {
        to = to.DayNumber - from.DayNumber > MostDays ? from.AddDays(MostDays) : to;
        return [.. schedules.OrderBy(s => s.Newest.Tier).ThenBy(s => s.Newest.Number).SelectMany(s => Of(s, holidays, from, to, texts, mayTouch(s))).Take(MostBars)];
    }

    private static IEnumerable<CalendarBar> Of(ScheduleStand stand, HolidayTable holidays, DateOnly from, DateOnly to, Texts texts, bool may)
    {
        var s = stand.Newest;
        // A window that began the day before may run into the first day.
        DateOnly[] days = [.. ScheduleDays.Days(s, holidays, from.AddDays(-1), to)];
        for (var i = 0; i < s.Windows.Count; i++)
        {
            if (s.Windows[i] == TimeWindow.WholeDay)
            {
                foreach (var (first, last) in Runs(days.Where(d => d >= from)))
                    yield return Bar(stand, i, first, first.ToDateTime(default), last.AddDays(1).ToDateTime(default), true, texts, may);
                continue;
            }

            foreach (var day in days)
            {
                var start = day.ToDateTime(s.Windows[i].From);
                if (start + s.Windows[i].Length > from.ToDateTime(default))
                    yield return Bar(stand, i, day, start, start + s.Windows[i].Length, false, texts, may);
            }
        }
    }

    /// <summary>Days that follow one another, as first and last.</summary>
    internal static IEnumerable<(DateOnly First, DateOnly Last)> Runs(IEnumerable<DateOnly> days)
    {
        (DateOnly First, DateOnly Last)? run = null;
        foreach (var day in days)
        {
            if (run is { } held && held.Last.AddDays(1) == day)
            {
                run = (held.First, day);
                continue;
            }

            if (run is { } over)
                yield return over;
            run = (day, day);
        }

        if (run is { } last)
            yield return last;
    }

    private static CalendarBar Bar(ScheduleStand stand, int window, DateOnly day, DateTime start, DateTime end, bool allDay, Texts texts, bool may)
    {
        var look = TierLook.Of(stand.Newest.Tier);
        var standing = texts[$"schedule.standing.{stand.Standing}"];
        var title = $"{look.Shape} {stand.Newest.Name}" + (stand.Standing == ScheduleStanding.Published ? "" : $" ({standing.ToLower(CultureInfo.CurrentCulture)})");
        return new(
            $"{stand.Id}:{window}:{Iso(day)}", title, Iso(start), Iso(end), allDay, $"/lich/{stand.Id.ToString(CultureInfo.InvariantCulture)}/ngay/{Iso(day)}?khung={window.ToString(CultureInfo.InvariantCulture)}", look.Colour, look.Ink,
            may && (!allDay || stand.Newest.OneOff), may && !allDay, stand.Pending ? ["lich-pending"] : stand.Standing == ScheduleStanding.Stopped ? ["lich-stopped"] : [],
            new(stand.Id, window, Iso(day), texts[look.TextKey], standing));
    }

    private static string Iso(DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(DateTime t) => t.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
