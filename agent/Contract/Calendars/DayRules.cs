using System.Globalization;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: whether a <see cref="DayRule"/> may be used. The first thing wrong is told, with the field and, last in <c>With</c>, the proposal.</summary>
internal static class DayRules
{
    public static readonly IReadOnlyList<string> Codes =
    [
        "day.base", "day.malformed", "day.range", "day.order", "day.offset", "day.weekdays", "day.too-many", "day.exclusion", "day.count", "day.count-first", "day.count-twice",
        "day.too-often", "day.until-utc", "day.lunar-day", "day.lunar-month", "day.lunar-empty", "day.branches", "day.holiday-empty", "day.holiday-unknown", "day.holiday-year",
        "day.never", "day.never-at-all",
    ];

    /// <summary>Form, and at least one day.</summary>
    public static Refusal? Check(DayRule rule, HolidayTable holidays) => Form(rule, holidays) ?? Never(rule, holidays);

    /// <summary>What can be said without looking for days.</summary>
    public static Refusal? Form(DayRule rule, HolidayTable holidays)
    {
        var bases = (rule.Solar is null ? 0 : 1) + (rule.Lunar is null ? 0 : 1) + (rule.Market is null ? 0 : 1) + (rule.Holidays is null ? 0 : 1);
        if (bases != 1)
            return No("", "day.base");
        return Around(rule) ?? Exceptions(rule) ?? Counted(rule) ?? (rule.Solar is { } solar ? Solar(solar) : null) ?? (rule.Lunar is { } lunar ? Lunar(lunar) : null)
            ?? Market(rule.Market) ?? Names(rule, holidays);
    }

    private static Refusal? Around(DayRule rule)
    {
        if ((Outside("first", rule.First) ?? Outside("last", rule.Last)) is { } range)
            return range;
        if (rule.Last < rule.First)
            return No("last", "day.order", Text(rule.First!.Value), Text(rule.Last!.Value), Text(rule.First.Value));
        if (rule.OffsetDays is < -DayRule.MaxOffset or > DayRule.MaxOffset)
            return No("offsetDays", "day.offset", $"{rule.OffsetDays}", $"{DayRule.MaxOffset}", $"{Math.Clamp(rule.OffsetDays, -DayRule.MaxOffset, DayRule.MaxOffset)}");
        return rule.Weekdays is <= Weekdays.None or > Weekdays.All ? No("weekdays", "day.weekdays") : null;
    }

    private static Refusal? Exceptions(DayRule rule)
    {
        if ((TooMany("exclusions", rule.Exclusions.Count) ?? TooMany("additions", rule.Additions.Count)) is { } many)
            return many;
        foreach (var exclusion in rule.Exclusions)
        {
            if (exclusion.Value is null || Nominal.KeyOf(exclusion) is null || (rule.Lunar is not null) != exclusion.Value.StartsWith('L'))
                return No("exclusions", "day.exclusion", exclusion.Value ?? "", rule.Lunar is null ? "2026-11-30" : "L2026-08-15");
        }

        return rule.Additions.Select(a => Outside("additions", a)).FirstOrDefault(r => r is not null);
    }

    private static Refusal? TooMany(string field, int count) =>
        count > DayRule.MaxExceptions ? No(field, "day.too-many", $"{count}", $"{DayRule.MaxExceptions}") : null;

    private static Refusal? Counted(DayRule rule)
    {
        if (rule.Count is not { } count)
            return null;
        if (rule.Solar is not null)
            return No("count", "day.count-twice", $"COUNT={count}");
        if (rule.First is null)
            return No("first", "day.count-first");
        return count is < 1 or > DayRule.MaxCount ? No("count", "day.count", $"{count}", $"{DayRule.MaxCount}") : null;
    }

    private static Refusal? Solar(SolarRule solar)
    {
        if (!Recurrence.Parse(solar.Rule).Is(out var rule, out var why))
            return why with { Field = "solar.rule" };
        if (Outside("solar.start", solar.Start) is { } range)
            return range;
        if (rule.Frequency == Frequency.Secondly || rule.Seconds.Count > 1)
            return No("solar.rule", "day.too-often", "FREQ=MINUTELY");
        if (rule.Until is { Form: UntilForm.Utc } until)
            return No("solar.rule", "day.until-utc", "UNTIL=" + until.Time.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture));
        return rule.Count > DayRule.MaxCount ? No("solar.rule", "day.count", $"{rule.Count}", $"{DayRule.MaxCount}") : null;
    }

    private static Refusal? Lunar(LunarRule lunar)
    {
        if (!Enum.IsDefined(lunar.LeapMonths) || !Enum.IsDefined(lunar.Missing))
            return No("lunar", "day.malformed");
        foreach (var day in lunar.Days)
        {
            if (day is not (-1 or (>= 1 and <= 30)))
                return No("lunar.days", "day.lunar-day", $"{day}", day > 30 ? "30" : "1");
        }

        foreach (var month in lunar.Months)
        {
            if (month is < 1 or > 12)
                return No("lunar.months", "day.lunar-month", $"{month}", $"{Math.Clamp(month, 1, 12)}");
        }

        if (lunar.Days.Count > 31 || lunar.Months.Count > 12)
            return No("lunar", "day.malformed");
        return lunar.Days.Count == 0 && (!lunar.LastDayOfYear || lunar.Months.Count > 0) ? No("lunar.days", "day.lunar-empty", "1, 15") : null;
    }

    private static Refusal? Market(MarketRule? market) => market is { Branches: <= Branches.None or > Branches.All } ? No("market.branches", "day.branches") : null;

    private static Refusal? Names(DayRule rule, HolidayTable holidays)
    {
        if (rule.Holidays is { } named && (named.Ids.Count == 0 || !Enum.IsDefined(named.Years)))
            return No("holidays.ids", named.Ids.Count == 0 ? "day.holiday-empty" : "day.malformed");
        if (rule.Holidays is { Ids.Count: > HolidayTable.MaxEntries } or { Ids: null } || rule.OnHolidays is { Ids.Count: > HolidayTable.MaxEntries })
            return No("holidays.ids", "day.malformed");
        if ((Unknown("holidays.ids", rule.Holidays?.Ids, holidays) ?? Unknown("onHolidays.ids", rule.OnHolidays?.Ids, holidays)) is { } unknown)
            return unknown;
        var ageless = rule.Holidays is { Years: not AnniversaryYears.Every } round ? holidays.Entries.FirstOrDefault(e => e.SinceYear is null && round.Ids.Contains(e.Id)) : null;
        return ageless is null ? null : No("holidays.years", "day.holiday-year", ageless.Id);
    }

    private static Refusal? Unknown(string field, IReadOnlyList<string>? ids, HolidayTable holidays)
    {
        foreach (var id in ids ?? [])
        {
            if (holidays.Entries.All(e => e.Id != id))
                return No(field, "day.holiday-unknown", id ?? "");
        }

        return null;
    }

    /// <summary>A rule without a day: which field takes the last one away, and the first day there would be without it.</summary>
    private static Refusal? Never(DayRule rule, HolidayTable holidays)
    {
        if (FirstOf(rule, holidays) is not null)
            return null;
        (string Field, DayRule Without)[] relaxed =
        [
            ("weekdays", rule with { Weekdays = Weekdays.All }),
            ("onHolidays", rule with { OnHolidays = null }),
            ("exclusions", rule with { Exclusions = [] }),
            ("lunar.missing", rule.Lunar is { } lunar ? rule with { Lunar = lunar with { Missing = Skip.Backward } } : rule),
            ("lunar.leapMonths", rule.Lunar is { } leap ? rule with { Lunar = leap with { LeapMonths = LeapMonths.Regular } } : rule),
            ("last", rule with { Last = null }),
            ("first", rule with { First = rule.Count is null ? null : rule.First }),
            ("first", rule with { First = rule.Count is null ? null : rule.First, Last = null }),
            ("holidays.years", rule.Holidays is { } named ? rule with { Holidays = named with { Years = AnniversaryYears.Every } } : rule),
        ];
        foreach (var (field, without) in relaxed)
        {
            if (FirstOf(without, holidays) is { } day)
                return No(field, "day.never", Text(day));
        }

        return No(rule.Solar is null ? "" : "solar.rule", "day.never-at-all");
    }

    private static DateOnly? FirstOf(DayRule rule, HolidayTable holidays)
    {
        var from = rule.First ?? rule.Solar?.Start.AddDays(-DayRule.MaxOffset) ?? DaySet.FirstDay;
        var set = new DaySet(rule, holidays);
        return set.Next(from.AddDays(-1)) ?? (rule.Additions.Count > 0 ? rule.Additions.Min() : null);
    }

    private static Refusal? Outside(string field, DateOnly? day) =>
        day < DaySet.FirstDay || day > DaySet.LastDay ? No(field, "day.range", Text(day.Value), Text(day < DaySet.FirstDay ? DaySet.FirstDay : DaySet.LastDay)) : null;

    private static string Text(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static Refusal No(string field, string code, params string[] with) => new(code, with) { Field = field.Length == 0 ? null : field };
}
