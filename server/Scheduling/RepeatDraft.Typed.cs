using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Typed texts → rule.</summary>
public sealed partial class RepeatDraft
{
    /// <summary>The schedule with the rule that was typed. Refuses what can't be read, with <c>schedule.…</c>; whether the rule is sound is asked when it is saved.</summary>
    public Outcome<ScheduleView> Typed(ScheduleView plain, HolidayTable holidays)
    {
        if (!Base(plain).Is(out var view, out var why) || !Around(view).Is(out view, out why))
            return why;
        if (!Days(Added, "added").Is(out var added, out why))
            return why;
        if (Left.Trim().Length == 0 && added.Count == 0)
            return view;
        var rule = view.Days ?? new DayRule { Solar = new("FREQ=DAILY", view.From) };
        if (!LeftOut(view with { Days = rule }, holidays).Is(out var left, out why))
            return why;
        return view with { Days = rule with { Exclusions = left, Additions = added } };
    }

    private Outcome<ScheduleView> Base(ScheduleView view)
    {
        switch (Kind)
        {
            case RepeatKind.Every:
                return Solar(view);
            case RepeatKind.Rule when Rule.Trim().Length == 0:
                return new Refusal("schedule.rule-missing", "FREQ=WEEKLY;BYDAY=MO,FR") { Field = "rule" };
            case RepeatKind.Rule:
                return First(view).Is(out var first, out var why) ? view with { Days = new() { Solar = Started(new(Rule.Trim(), first), view) } } : why;
            case RepeatKind.Lunar:
                return Lunar().Is(out var lunar, out why) ? view with { Days = new() { Lunar = lunar } } : why;
            case RepeatKind.Market:
                return view with { Days = new() { Market = new(Branches) } };
            case RepeatKind.Holidays:
                return view with { Days = new() { Holidays = new(Named) { Years = Years } } };
            default:
                return view;
        }
    }

    private Outcome<ScheduleView> Solar(ScheduleView view)
    {
        if (!First(view).Is(out var start, out var why))
            return why;
        if (!int.TryParse(Every, NumberStyles.None, CultureInfo.InvariantCulture, out var every) || every < 1)
            return new Refusal("schedule.repeat-every", Every, "1") { Field = "every" };
        var ofMonth = Unit is Frequency.Monthly or Frequency.Yearly;
        if (!Numbers(ofMonth && !ByWeekday ? MonthDays : "", "monthDays").Is(out var days, out why))
            return why;
        if (ofMonth && !ByWeekday && days.Count == 0)
            return new Refusal("schedule.day-list", "", "1, 15") { Field = "monthDays" };
        if (!Hours().Is(out var hours, out why) || !Counted().Is(out var count, out why))
            return why;
        var numbered = ofMonth && ByWeekday;
        var shape = new SolarShape
        {
            Unit = Unit, Every = every, Count = count, Month = Month, Hours = hours, Missing = Missing, Ordinal = Ordinal, OrdinalDay = OrdinalDay,
            MonthDays = new([.. days]), Weekdays = numbered ? Weekdays.All : view.Weekdays,
        };
        return view with { Weekdays = numbered ? view.Weekdays : InTheRule(view.Weekdays), Days = new() { Solar = Started(new(shape.Rule().ToString(), start), view) } };
    }

    /// <summary>Weekdays that became part of the rule; none at all stays to be refused.</summary>
    private static Weekdays InTheRule(Weekdays weekdays) => weekdays == Weekdays.None ? Weekdays.None : Weekdays.All;

    /// <summary>A rule that names times within the day begins its first one with the window.</summary>
    private static SolarRule Started(SolarRule solar, ScheduleView view) =>
        view.Windows.Count > 0 && ScheduleDays.SetOf(new() { Solar = solar }, HolidayTable.Empty) is { HasStarts: true } ? solar with { StartTime = view.Windows[0].From } : solar;

    private Outcome<DateOnly> First(ScheduleView view) =>
        Start.Trim().Length == 0 ? view.From : LocalTime.ReadDay(Start).Is(out var day, out var why) ? day : why with { Field = "start" };

    private Outcome<LunarRule> Lunar()
    {
        if (!Numbers(LunarDays, "lunarDays").Is(out var days, out var why) || !Numbers(LunarMonths, "lunarMonths").Is(out var months, out why))
            return why;
        return new LunarRule { Days = days, Months = months, LeapMonths = Leap, Missing = LunarMissing, LastDayOfYear = YearEnd };
    }

    /// <summary>Offset, holidays, count: around whatever base there is.</summary>
    private Outcome<ScheduleView> Around(ScheduleView view)
    {
        var offset = 0;
        if (Offset.Trim().Length > 0 && !int.TryParse(Offset, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out offset))
            return new Refusal("schedule.offset", Offset, "0") { Field = "offset" };
        if (!Counted().Is(out var count, out var why))
            return why;
        var rule = view.Days;
        if (rule is null && (OnHolidays is not null || count is not null))
        {
            rule = new() { Solar = new(new SolarShape { Unit = Frequency.Daily, Weekdays = view.Weekdays, Count = count }.Rule().ToString(), view.From) };
            view = view with { Weekdays = InTheRule(view.Weekdays) };
        }

        if (rule is null)
            return view;
        return view with
        {
            Days = rule with
            {
                OffsetDays = Kind == RepeatKind.Plain ? 0 : offset,
                OnHolidays = OnHolidays is { } only ? new(only) { Ids = Filter } : null,
                Count = rule.Solar is null || Kind == RepeatKind.Rule ? count : null,
            },
        };
    }

    private Outcome<int?> Counted()
    {
        if (Count.Trim().Length == 0)
            return (int?)null;
        return int.TryParse(Count, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= DayRule.MaxCount
            ? count
            : new Refusal("day.count", Count, DayRule.MaxCount.ToString(CultureInfo.InvariantCulture)) { Field = "count" };
    }

    private Outcome<(int First, int Last)?> Hours()
    {
        if (Unit is not (Frequency.Hourly or Frequency.Minutely) || FirstHour.Trim().Length + LastHour.Trim().Length == 0)
            return ((int, int)?)null;
        var (first, last) = (Number(FirstHour), LastHour.Trim().Length == 0 ? 23 : Number(LastHour));
        return first is >= 0 and <= 23 && last >= first && last <= 23 ? ((int, int)?)(first, last) : new Refusal("schedule.hours", $"{FirstHour}–{LastHour}", "7–17") { Field = "firstHour" };
    }

    /// <summary><c>1, 15, cuối</c>: −1 is the last.</summary>
    private static Outcome<IReadOnlyList<int>> Numbers(string text, string field)
    {
        var numbers = new List<int>();
        foreach (var one in text.Split([',', ';', ' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (one.ToLowerInvariant() is "cuối" or "cuoi" or "last")
                numbers.Add(-1);
            else if (int.TryParse(one, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n))
                numbers.Add(n);
            else
                return new Refusal("schedule.day-list", one, "1, 15") { Field = field };
        }

        return numbers.Count > 40 ? new Refusal("schedule.day-list", text[..40], "1, 15") { Field = field } : numbers;
    }

    private static Outcome<IReadOnlyList<DateOnly>> Days(string text, string field)
    {
        var days = new SortedSet<DateOnly>();
        foreach (var line in Lines(text))
        {
            if (!LocalTime.ReadDay(line).Is(out var day, out var why))
                return why with { Field = field };
            days.Add(day);
        }

        return days.ToArray();
    }

    /// <summary>A day is written down by the name of its occurrence, so that it stays left out when the times or the offset change.</summary>
    private Outcome<IReadOnlyList<OccurrenceId>> LeftOut(ScheduleView view, HolidayTable holidays)
    {
        var ids = new List<OccurrenceId>();
        var before = Lines(LeftBefore).Select(l => l.Split('=')).Where(p => p.Length == 2).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.First()[1]);
        foreach (var line in Lines(Left))
        {
            if (OccurrenceId.TryParse(before.GetValueOrDefault(line) ?? (line.StartsWith('L') ? line : null), out var named))
            {
                ids.Add(named);
                continue;
            }

            if (!LocalTime.ReadDay(line).Is(out var day, out var why))
                return why with { Field = "left" };
            if (ScheduleDays.OccurrenceOn(view, holidays, day) is { } id)
                ids.Add(id);
            else if (ScheduleDays.Days(view, holidays, day, DaySet.LastDay).Cast<DateOnly?>().FirstOrDefault() is { } next)
                return new Refusal("schedule.left-not-on", LocalTime.Text(day), LocalTime.Text(next)) { Field = "left" };
            else
                ids.Add(OccurrenceId.Of(day));
        }

        return ids.Distinct().ToArray();
    }

    private static IEnumerable<string> Lines(string text) => text.Split(['\n', '\r', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
