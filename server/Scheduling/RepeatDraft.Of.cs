using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Rule → texts of the form.</summary>
public sealed partial class RepeatDraft
{
    /// <summary>The rule as the form shows it. Nothing is lost: a solar rule that the form has no fields for is shown as its text.</summary>
    /// <returns>With the weekdays that the rule itself names.</returns>
    public static (RepeatDraft Draft, Weekdays Weekdays) Of(ScheduleView view, HolidayTable holidays)
    {
        if (view.Days is not { } rule)
            return (new(), view.Weekdays);
        var draft = new RepeatDraft
        {
            Offset = Text(rule.OffsetDays),
            OnHolidays = rule.OnHolidays?.Only,
            Filter = [.. rule.OnHolidays?.Ids ?? []],
            Count = rule.Count is { } count ? Text(count) : "",
            Added = string.Join('\n', rule.Additions.Distinct().Order().Select(LocalTime.Text)),
        };
        draft.Fill(view, rule);
        draft.FillLeft(view, rule, holidays);
        var shape = rule.Solar is { } solar ? SolarShape.Of(solar) : null;
        return (draft, view.Weekdays & rule.Weekdays & (shape?.Weekdays ?? Weekdays.All));
    }

    private void Fill(ScheduleView view, DayRule rule)
    {
        if (rule.Lunar is { } lunar)
            (Kind, LunarDays, LunarMonths, Leap, LunarMissing, YearEnd) = (RepeatKind.Lunar, List(lunar.Days), List(lunar.Months), lunar.LeapMonths, lunar.Missing, lunar.LastDayOfYear);
        else if (rule.Market is { } market)
            (Kind, Branches) = (RepeatKind.Market, market.Branches);
        else if (rule.Holidays is { } named)
            (Kind, Named, Years) = (RepeatKind.Holidays, [.. named.Ids], named.Years);
        else if (rule.Solar is { } solar)
            Fill(view, rule, solar);
    }

    private void Fill(ScheduleView view, DayRule rule, SolarRule solar)
    {
        Start = solar.Start == view.From ? "" : solar.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (SolarShape.Of(solar) is not { } shape)
        {
            (Kind, Rule) = (RepeatKind.Rule, solar.Rule);
            return;
        }

        Kind = shape is { Unit: Frequency.Daily, Every: 1 } && rule.OffsetDays == 0 && Start.Length == 0 ? RepeatKind.Plain : RepeatKind.Every;
        (Unit, Every, Missing) = (shape.Unit, Text(shape.Every), shape.Missing);
        Count = shape.Count is { } count ? Text(count) : "";
        ByWeekday = shape.Ordinal != 0;
        if (ByWeekday)
            (Ordinal, OrdinalDay) = (shape.Ordinal, shape.OrdinalDay);
        if (shape.MonthDays.Count > 0)
            MonthDays = List(shape.MonthDays);
        Month = Math.Max(1, shape.Month);
        if (shape.Hours is var (first, last))
            (FirstHour, LastHour) = (Text(first), Text(last));
    }

    private void FillLeft(ScheduleView view, DayRule rule, HolidayTable holidays)
    {
        if (rule.Exclusions.Count == 0)
            return;
        // A rule that is not sound any more (its holiday is gone) can't say on which days they fell: they keep their names until it is put right.
        var set = ScheduleDays.Planned(view with { Days = rule with { Exclusions = [], Additions = [] } }).Rule is { } whole ? ScheduleDays.SetOf(whole, holidays) : null;
        var shown = rule.Exclusions.Distinct().Select(id => (Id: id, Line: set is not null && DayOf(id, set, rule) is { } day ? LocalTime.Text(day) : id.Value)).ToArray();
        Left = string.Join('\n', shown.Select(s => s.Line));
        LeftBefore = string.Join(';', shown.Select(s => $"{s.Line}={s.Id.Value}"));
    }

    /// <summary>The day on which an occurrence would play; null = the rule no longer names it.</summary>
    internal static DateOnly? DayOf(OccurrenceId id, DaySet set, DayRule rule)
    {
        if (Nominal(id.Value) is not { } nominal)
            return null;
        // Where a month lacks the day it may play a day earlier or later.
        for (var near = 0; near <= 2; near++)
        {
            foreach (var day in new[] { nominal.AddDays(rule.OffsetDays - near), nominal.AddDays(rule.OffsetDays + near) })
            {
                if (set.IdOf(day) == id)
                    return day;
            }
        }

        return null;
    }

    private static DateOnly? Nominal(string id)
    {
        if (!id.StartsWith('L'))
            return DateOnly.TryParseExact(id, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var solar) && solar > DaySet.FirstDay.AddDays(70) && solar < DaySet.LastDay.AddDays(-70) ? solar : null;
        var (year, month, leap, day) = (Number(id[1..5]), Number(id[6..8]), id[8] == 'n', Number(id[^2..]));
        if (year is <= 1968 or >= 2100)
            return null;
        return month == 13 ? LunarCalendar.LastDayOf(year) : LunarCalendar.ToSolar(new(year, month, 1, leap))?.AddDays(Math.Min(day, 30) - 1);
    }

    private static string List(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(Text));

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
