using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>One bar of the calendar, in the words of its module. Times are local, without offset.</summary>
public sealed record CalendarBar(
    string Id, string Title, string Start, string End, bool AllDay, string Url, string BackgroundColor, string TextColor, bool StartEditable, bool DurationEditable, string[] ClassNames, CalendarBarDetail ExtendedProps);

/// <param name="Quiet">Says that its loudspeakers are silent for a part of it, or all of it; empty = they are not, or it has none.</param>
public sealed record CalendarBarDetail(long Schedule, int Window, string Day, string Tier, string Standing, string Quiet);

/// <summary>What the calendar's module is given: the bars and what the days are called.</summary>
public sealed record CalendarAnswer(string From, IReadOnlyList<CalendarBar> Bars, IReadOnlyList<CalendarDay> Days);

/// <summary>Pure: schedules → bars of the days shown.</summary>
internal static class CalendarFeed
{
    /// <summary>A calendar shows six weeks at most.</summary>
    public const int MostDays = 62;

    public const int MostBars = 3000;

    /// <summary>More bars of one schedule on a day are shown as one.</summary>
    public const int MostOfADay = 12;

    public static CalendarAnswer Answer(IEnumerable<ScheduleStand> schedules, HolidayTable holidays, DateOnly from, DateOnly to, Texts texts, Func<ScheduleStand, bool> mayTouch, QuietMarks quiet) =>
        new(Iso(from), Bars(schedules, holidays, from, to, texts, mayTouch, quiet), CalendarDaysShown.Of(from, to, holidays, texts));

    public static IReadOnlyList<CalendarBar> Bars(IEnumerable<ScheduleStand> schedules, HolidayTable holidays, DateOnly from, DateOnly to, Texts texts, Func<ScheduleStand, bool> mayTouch, QuietMarks quiet)
    {
        to = to.DayNumber - from.DayNumber > MostDays ? from.AddDays(MostDays) : to;
        return [.. schedules.OrderBy(s => s.Newest.Tier).ThenBy(s => s.Newest.Number).SelectMany(s => Of(s, holidays, from, to, texts, mayTouch(s), quiet)).Take(MostBars)];
    }

    private static IEnumerable<CalendarBar> Of(ScheduleStand stand, HolidayTable holidays, DateOnly from, DateOnly to, Texts texts, bool may, QuietMarks quiet)
    {
        var named = ScheduleDays.NamesStarts(stand.Newest, holidays);
        // A window that began the day before may run into the first day.
        var starts = ScheduleDays.Starts(stand.Newest, holidays, from.AddDays(-1), to);
        var shown = (named ? Joined(starts) : starts.Select(s => new Shown(s.Begins, s.Ends, s.Window, 1))).Where(s => s.To > from.ToDateTime(default)).ToArray();
        var silent = shown.Length > 0 ? quiet.Of(stand) : null;
        foreach (var (first, last) in Runs(shown.Where(s => s.WholeDay).Select(s => s.Day)))
            yield return Bar(stand, shown.First(s => s.WholeDay) with { From = first.ToDateTime(default), To = last.AddDays(1).ToDateTime(default) }, true, named, texts, may, silent);
        foreach (var one in shown.Where(s => !s.WholeDay))
            yield return Bar(stand, one, false, named, texts, may, silent);
    }

    /// <summary>Starts that a rule names: joined where they meet, and more than a day's cell can hold as one, counted.</summary>
    private static IEnumerable<Shown> Joined(IEnumerable<PlannedStretch> starts)
    {
        foreach (var day in starts.GroupBy(s => s.Day))
        {
            var joined = new List<Shown>();
            foreach (var start in day)
            {
                if (joined.Count > 0 && start.Begins <= joined[^1].To)
                    joined[^1] = joined[^1] with { To = start.Ends, Times = joined[^1].Times + 1 };
                else
                    joined.Add(new(start.Begins, start.Ends, 0, 1));
            }

            foreach (var one in joined.Count <= MostOfADay ? joined : [new(joined[0].From, joined[^1].To, 0, day.Count())])
                yield return one;
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

    /// <param name="named">Its rule names the starts: they are not dragged; how long one lasts may be, where it stands alone.</param>
    private static CalendarBar Bar(ScheduleStand stand, Shown shown, bool allDay, bool named, Texts texts, bool may, Func<DateTime, DateTime, bool>? silent)
    {
        var hushed = silent?.Invoke(shown.From, shown.To) == true;
        var look = TierLook.Of(stand.Newest.Tier);
        var standing = texts[$"schedule.standing.{stand.Standing}"];
        var title = $"{look.Shape} {stand.Newest.Name}" + (stand.Standing == ScheduleStanding.Published ? "" : $" ({standing.ToLower(CultureInfo.CurrentCulture)})") + (shown.Times > 1 && !allDay ? $" · {texts["schedule.starts", shown.Times]}" : "") + (hushed ? " ☾" : "");
        return new(
            $"{stand.Id}:{shown.Window}:{Iso(shown.Day)}{(named ? shown.From.ToString(":HHmm", CultureInfo.InvariantCulture) : "")}", title, Iso(shown.From), Iso(shown.To), allDay,
            $"/lich/{stand.Id.ToString(CultureInfo.InvariantCulture)}/ngay/{Iso(shown.Day)}?khung={shown.Window.ToString(CultureInfo.InvariantCulture)}", look.Colour, look.Ink,
            may && !named && (!allDay || stand.Newest.OneOff), may && !allDay && shown.Times == 1, stand.Pending ? ["lich-pending"] : stand.Standing == ScheduleStanding.Stopped ? ["lich-stopped"] : [],
            new(stand.Id, shown.Window, Iso(shown.Day), texts[look.TextKey], standing, hushed ? texts["schedule.bar-quiet"] : ""));
    }

    /// <summary>A bar without its looks.</summary>
    /// <param name="Times">How often it starts within.</param>
    private readonly record struct Shown(DateTime From, DateTime To, int Window, int Times)
    {
        public DateOnly Day => DateOnly.FromDateTime(From);

        public bool WholeDay => From.TimeOfDay == TimeSpan.Zero && To - From == TimeSpan.FromDays(1);
    }

    private static string Iso(DateOnly d) => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(DateTime t) => t.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
