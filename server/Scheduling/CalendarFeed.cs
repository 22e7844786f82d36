using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>One bar of the calendar, in the words of its module. Times are local, without offset.</summary>
internal sealed record CalendarBar(
    string Id, string Title, string Start, string End, bool AllDay, string Url, string BackgroundColor, string TextColor, bool StartEditable, bool DurationEditable, string[] ClassNames, CalendarBarDetail ExtendedProps);

internal sealed record CalendarBarDetail(long Schedule, int Window, string Day, string Tier, string Standing);

/// <summary>Pure: schedules → bars of the days shown.</summary>
internal static class CalendarFeed
{
    /// <summary>A calendar shows six weeks at most.</summary>
    public const int MostDays = 62;

    public const int MostBars = 3000;

    public static IReadOnlyList<CalendarBar> Bars(IEnumerable<ScheduleStand> schedules, DateOnly from, DateOnly to, Texts texts, Func<ScheduleStand, bool> mayTouch)
    {
        to = to.DayNumber - from.DayNumber > MostDays ? from.AddDays(MostDays) : to;
        return [.. schedules.OrderBy(s => s.Newest.Tier).ThenBy(s => s.Newest.Number).SelectMany(s => Of(s, from, to, texts, mayTouch(s))).Take(MostBars)];
    }

    private static IEnumerable<CalendarBar> Of(ScheduleStand stand, DateOnly from, DateOnly to, Texts texts, bool may)
    {
        var s = stand.Newest;
        var first = s.From > from ? s.From : from;
        var last = s.To is { } end && end < to ? end : to;
        for (var i = 0; i < s.Windows.Count; i++)
        {
            if (s.Windows[i] == TimeWindow.WholeDay && s.Weekdays == Weekdays.All)
            {
                if (first <= last)
                    yield return Bar(stand, i, first, first.ToDateTime(default), last.AddDays(1).ToDateTime(default), true, texts, may);
                continue;
            }

            // A window that began the day before may run into the first day.
            for (var day = s.From > from.AddDays(-1) ? s.From : from.AddDays(-1); day <= last; day = day.AddDays(1))
            {
                if (s.Weekdays.HasFlag(ScheduleRules.FlagOf(day)))
                    yield return Bar(stand, i, day, day.ToDateTime(s.Windows[i].From), day.ToDateTime(s.Windows[i].From) + s.Windows[i].Length, s.Windows[i] == TimeWindow.WholeDay, texts, may);
            }
        }
    }

    private static CalendarBar Bar(ScheduleStand stand, int window, DateOnly day, DateTime start, DateTime end, bool allDay, Texts texts, bool may)
    {
        var look = TierLook.Of(stand.Newest.Tier);
        var standing = texts[$"schedule.standing.{stand.Standing}"];
        var title = $"{look.Shape} {stand.Newest.Name}" + (stand.Standing == ScheduleStanding.Published ? "" : $" ({standing.ToLower(CultureInfo.CurrentCulture)})");
        return new(
            $"{stand.Id}:{window}:{Iso(day)}", title, Iso(start), Iso(end), allDay, $"/lich/{stand.Id.ToString(CultureInfo.InvariantCulture)}", look.Colour, look.Ink,
            may && (!allDay || stand.Newest.OneOff), may && !allDay, stand.Pending ? ["lich-pending"] : stand.Standing == ScheduleStanding.Stopped ? ["lich-stopped"] : [],
            new(stand.Id, window, Iso(day), texts[look.TextKey], standing));
    }

    private static string Iso(DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(DateTime t) => t.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
