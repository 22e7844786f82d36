using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Days, weekdays and windows of a schedule as a person reads them.</summary>
public static class ScheduleWords
{
    private static readonly Weekdays[] InOrder = [Weekdays.Monday, Weekdays.Tuesday, Weekdays.Wednesday, Weekdays.Thursday, Weekdays.Friday, Weekdays.Saturday, Weekdays.Sunday];

    private const int MostHours = 4;

    public static IReadOnlyList<Weekdays> Week => InOrder;

    /// <param name="holidays">Null = holidays are shown by their ids.</param>
    public static string Days(ScheduleView s, Texts texts, HolidayTable? holidays = null)
    {
        var days = s.To switch
        {
            null => texts["schedule.days-open", LocalTime.Text(s.From)],
            { } to when to == s.From => LocalTime.Text(s.From),
            { } to => $"{LocalTime.Text(s.From)} – {LocalTime.Text(to)}",
        };
        if (s.Weekdays != Weekdays.All && s.To != s.From)
            days += $" · {string.Join(", ", InOrder.Where(d => s.Weekdays.HasFlag(d)).Select(d => texts[$"schedule.day.{d}"]))}";
        return s.Days is null ? days : $"{days} · {RepeatWords.Of(s, texts, holidays)}";
    }

    public static string Windows(ScheduleView s, Texts texts)
    {
        // The times of the window mean nothing where the rule names its own, and says them itself.
        var windows = s is { Days.Solar: { } solar, Windows: [var each] } && ScheduleDays.SetOf(new() { Solar = solar }, HolidayTable.Empty) is { HasStarts: true }
            ? texts["schedule.each-lasts", (int)each.Length.TotalMinutes]
            : string.Join(", ", s.Windows.Select(w => w == TimeWindow.WholeDay ? texts["schedule.whole-day"] : $"{Text(w.From)}–{Text(w.To)}"));
        windows = s.EveryMinutes is { } every ? $"{windows} · {texts["schedule.every-short", every]}" : windows;
        return PaceWords.Of(s.Pace, texts) is { Length: > 0 } pace ? $"{windows} · {pace}" : windows;
    }

    /// <summary>The hours of one day: the windows, or what the rule of the schedule names then.</summary>
    public static string Hours(ScheduleView s, Texts texts, HolidayTable holidays, DateOnly day) =>
        ScheduleDays.NamesStarts(s, holidays) ? Stretches([.. ScheduleDays.Open(s, holidays, day, day)], texts) : Windows(s, texts);

    /// <summary>Long lists are cut and counted.</summary>
    private static string Stretches((DateTime From, DateTime To)[] open, Texts texts)
    {
        var told = string.Join(", ", open.Take(MostHours).Select(o => $"{Text(TimeOnly.FromDateTime(o.From))}–{Text(TimeOnly.FromDateTime(o.To))}"));
        return open.Length > MostHours ? $"{told} … ({texts["schedule.starts", open.Length]})" : told;
    }

    private static string Text(TimeOnly t) => t.ToString("HH:mm", CultureInfo.InvariantCulture);
}
