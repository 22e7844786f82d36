using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Calendars;

/// <summary>What is refused, with the field and a proposal.</summary>
public sealed class DayRuleTests
{
    private static readonly HolidayTable Holidays = new([new() { Id = "tet", Vi = "Tết", En = "Tết", Kind = HolidayKind.PublicHoliday, Lunar = new(1, 1) }]);

    public static TheoryData<string, string, string, DayRule> Wrong => new()
    {
        { "day.base", "", "", new() },
        { "day.base", "", "", new() { Market = new(Branches.Ty), Lunar = new() { Days = [1] } } },
        { "rrule.never", "solar.rule", "31/11 30/11", Solar("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=31") },
        { "rrule.malformed", "solar.rule", "OFTEN", Solar("often") },
        { "day.too-often", "solar.rule", "FREQ=MINUTELY", Solar("FREQ=SECONDLY") },
        { "day.too-often", "solar.rule", "FREQ=MINUTELY", Solar("FREQ=DAILY;BYSECOND=0,30") },
        { "day.until-utc", "solar.rule", "UNTIL=20261231T170000", Solar("FREQ=DAILY;UNTIL=20261231T170000Z") },
        { "day.count", "solar.rule", "50001 50000", Solar("FREQ=DAILY;COUNT=50001") },
        { "day.count-twice", "count", "COUNT=3", Solar("FREQ=DAILY") with { Count = 3 } },
        { "day.count-first", "first", "", Lunar(1) with { Count = 3 } },
        { "day.count", "count", "0 50000", Lunar(1) with { Count = 0, First = new(2026, 1, 1) } },
        { "day.range", "solar.start", "01/01/1950 01/01/1968", new() { Solar = new("FREQ=DAILY", new(1950, 1, 1)) } },
        { "day.range", "last", "01/01/2150 31/12/2100", Lunar(1) with { Last = new(2150, 1, 1) } },
        { "day.order", "last", "02/05/2026 01/05/2026 02/05/2026", Lunar(1) with { First = new(2026, 5, 2), Last = new(2026, 5, 1) } },
        { "day.offset", "offsetDays", "-61 60 -60", Lunar(1) with { OffsetDays = -61 } },
        { "day.weekdays", "weekdays", "", Lunar(1) with { Weekdays = Weekdays.None } },
        { "day.lunar-day", "lunar.days", "31 30", Lunar(31) },
        { "day.lunar-day", "lunar.days", "0 1", Lunar(0) },
        { "day.lunar-month", "lunar.months", "13 12", new() { Lunar = new() { Days = [1], Months = [13] } } },
        { "day.lunar-empty", "lunar.days", "1, 15", new() { Lunar = new() } },
        { "day.branches", "market.branches", "", new() { Market = new(Branches.None) } },
        { "day.holiday-empty", "holidays.ids", "", new() { Holidays = new([]) } },
        { "day.holiday-unknown", "holidays.ids", "xmas", new() { Holidays = new(["xmas"]) } },
        { "day.holiday-unknown", "onHolidays.ids", "xmas", Lunar(1) with { OnHolidays = new(true) { Ids = ["xmas"] } } },
        { "day.holiday-year", "holidays.years", "tet", new() { Holidays = new(["tet"]) { Years = AnniversaryYears.Round } } },
        { "day.too-many", "exclusions", "10000 1000", Lunar(1) with { Exclusions = [.. Enumerable.Repeat(new OccurrenceId("L2026-01-01"), 10_000)] } },
        { "day.exclusion", "exclusions", "2026-02-30 2026-11-30", new() { Market = new(Branches.Ty), Exclusions = [new("2026-02-30")] } },
        { "day.exclusion", "exclusions", "2026-02-17 L2026-08-15", Lunar(1) with { Exclusions = [new("2026-02-17")] } },
        { "day.never", "weekdays", "03/11/2026", Solar("FREQ=WEEKLY;BYDAY=TU") with { Weekdays = Weekdays.Monday } },
        { "day.never", "onHolidays", "17/02/2026", new() { Lunar = new() { Days = [1], Months = [1] }, First = new(2026, 1, 1), Last = new(2026, 12, 31), OnHolidays = new(false) } },
        { "day.never", "last", "17/02/2026", new() { Lunar = new() { Days = [1], Months = [1] }, First = new(2026, 1, 1), Last = new(2026, 1, 31) } },
        { "day.never", "lunar.missing", "16/02/2026", new() { Lunar = new() { Days = [30], Months = [12] }, First = new(2026, 1, 1), Last = new(2026, 12, 31) } },
        { "day.never", "lunar.leapMonths", "17/02/2026", new() { Lunar = new() { Days = [1], Months = [1], LeapMonths = LeapMonths.Leap }, First = new(2026, 1, 1) } },
        { "day.never-at-all", "solar.rule", "", Solar("FREQ=HOURLY;INTERVAL=24;BYHOUR=5") },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_rule_that_cannot_be_is_refused_with_field_and_proposal(string code, string field, string with, DayRule rule)
    {
        var why = rule.Check(Holidays)!;

        Assert.Equal((code, field, with), (why.Code, why.Field ?? "", string.Join(' ', why.With)));
        Assert.Contains(code, DayRule.Codes.Concat(Recurrence.Codes));
    }

    [Fact]
    public void An_unsound_rule_makes_no_set() => Assert.Throws<ArgumentException>(() => new DaySet(Lunar(31), Holidays));

    [Fact]
    public void A_rule_that_never_holds_is_found_out_quickly_and_its_set_is_empty()
    {
        var rule = Solar("FREQ=WEEKLY;BYDAY=TU") with { Weekdays = Weekdays.Monday };

        var set = new DaySet(rule, Holidays);

        Assert.Null(set.Next(DateOnly.MinValue));
        Assert.Null(set.Previous(DateOnly.MaxValue));
    }

    private static DayRule Solar(string rule) => new() { Solar = new(rule, new(2026, 11, 1)) };

    private static DayRule Lunar(int day) => new() { Lunar = new() { Days = [day] } };
}
