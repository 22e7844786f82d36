using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>A day rule as a person reads it, in the language of the request.</summary>
public static class RepeatWords
{
    /// <summary>For example “hằng tháng vào ngày 30, tháng thiếu thì phát ngày cuối tháng; trừ ngày nghỉ lễ”. Empty without a rule.</summary>
    /// <param name="holidays">Null = holidays are shown by their ids.</param>
    public static string Of(ScheduleView s, Texts texts, HolidayTable? holidays = null) =>
        s.Days is { } rule ? string.Join("; ", Pieces(rule, texts, holidays).Where(p => p.Length > 0)) : "";

    /// <summary>Names of branches as days are called: Sửu, Mùi.</summary>
    public static string Names(Branches branches) =>
        string.Join(", ", Enumerable.Range(0, 12).Where(i => branches.HasFlag((Branches)(1 << i))).Select(i => new CanChi(i).BranchName));

    public static string Name(Holiday holiday) => Texts.Current == "en" ? holiday.En : holiday.Vi;

    private static IEnumerable<string> Pieces(DayRule rule, Texts texts, HolidayTable? holidays)
    {
        yield return rule switch
        {
            { Lunar: { } lunar } => Lunar(lunar, texts),
            { Market: { } market } => texts["schedule.say.market", Names(market.Branches)],
            { Holidays: { } named } => texts["schedule.say.holidays", Names(named.Ids, holidays)] + (named.Years == AnniversaryYears.Every ? "" : $" ({texts[$"schedule.years.{named.Years}"]})"),
            { Solar: { } solar } => Solar(solar, texts),
            _ => "",
        };
        if (rule.OffsetDays != 0)
            yield return texts[rule.OffsetDays < 0 ? "schedule.say.before" : "schedule.say.after", Math.Abs(rule.OffsetDays)];
        if (rule.Weekdays != Weekdays.All)
            yield return Week(rule.Weekdays, texts);
        if (rule.OnHolidays is { } filter)
            yield return filter.Ids.Count == 0 ? texts[filter.Only ? "schedule.say.only-holidays" : "schedule.say.not-holidays"] : texts[filter.Only ? "schedule.say.only-on" : "schedule.say.not-on", Names(filter.Ids, holidays)];
        if (rule.Count is { } count)
            yield return texts["schedule.say.count", count];
        if (rule.Exclusions.Count > 0)
            yield return texts["schedule.say.left", rule.Exclusions.Count];
        if (rule.Additions.Count > 0)
            yield return texts["schedule.say.added", rule.Additions.Count];
    }

    private static string Solar(SolarRule solar, Texts texts)
    {
        if (SolarShape.Of(solar) is not { } shape)
            return texts["schedule.say.rule", solar.Rule];
        var said = shape.Every == 1 ? texts[$"schedule.say.{shape.Unit}"] : texts[$"schedule.say.{shape.Unit}-n", shape.Every];
        if (shape.Hours is var (first, last))
            said += " " + texts["schedule.say.hours", first, last];
        if (shape.Weekdays != Weekdays.All)
            said += " · " + Week(shape.Weekdays, texts);
        if (shape.Ordinal != 0)
            said += " " + texts[shape.Unit == Frequency.Yearly ? "schedule.say.ordinal-of" : "schedule.say.ordinal", texts[$"schedule.weekday.{shape.OrdinalDay}"], texts[$"schedule.ordinal.{shape.Ordinal.ToString(CultureInfo.InvariantCulture)}"], Month(shape.Month, texts)];
        else if (shape.MonthDays.Count > 0)
            said += " " + texts[shape.Unit == Frequency.Yearly ? "schedule.say.days-of" : "schedule.say.days", Numbers(shape.MonthDays, texts), Month(shape.Month, texts)];
        if (shape.Unit == Frequency.Monthly && shape.MonthDays.Any(d => d > 28))
            said += ", " + texts[$"schedule.say.missing-{shape.Missing}"];
        return shape.Count is { } count ? said + "; " + texts["schedule.say.count", count] : said;
    }

    private static string Lunar(LunarRule lunar, Texts texts)
    {
        var said = lunar.Days.Count == 0 ? "" : lunar.Months.Count == 0
            ? texts["schedule.say.lunar", Numbers(lunar.Days, texts)]
            : texts["schedule.say.lunar-of", Numbers(lunar.Days, texts), string.Join(", ", lunar.Months)];
        if (lunar.Days.Contains(30))
            said += ", " + texts[$"schedule.say.missing-{lunar.Missing}"];
        if (lunar.LeapMonths != LeapMonths.Regular)
            said += ", " + texts[$"schedule.say.leap-{lunar.LeapMonths}"];
        return string.Join("; ", new[] { said, lunar.LastDayOfYear ? texts["schedule.say.year-end"] : "" }.Where(p => p.Length > 0));
    }

    private static string Week(Weekdays days, Texts texts) => string.Join(", ", ScheduleWords.Week.Where(d => days.HasFlag(d)).Select(d => texts[$"schedule.day.{d}"]));

    private static string Numbers(IEnumerable<int> days, Texts texts) =>
        string.Join(", ", days.OrderBy(d => d < 0 ? 100 - d : d).Select(d => d == -1 ? texts["schedule.say.last"] : d < 0 ? texts["schedule.say.from-end", -d] : d.ToString(CultureInfo.InvariantCulture)));

    private static string Month(int month, Texts texts) => month is >= 1 and <= 12 ? texts[$"schedule.month.{month.ToString(CultureInfo.InvariantCulture)}"] : "";

    private static string Names(IReadOnlyList<string> ids, HolidayTable? holidays) =>
        string.Join(", ", ids.Select(id => holidays?.Entries.FirstOrDefault(e => e.Id == id) is { } entry ? Name(entry) : id));
}
