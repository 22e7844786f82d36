using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Rules for days inside a plan. What each rule means is tested with the calendars; here: that the clock follows it, with windows, order and the ends of things.</summary>
public sealed class EntryDaysTests
{
    private static readonly DateTimeOffset Far = T("00:00", 3650);

    [Fact]
    public void Every_second_month_on_its_last_friday()
    {
        var clock = Clock(new() { Solar = new("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", new(2026, 11, 1)) }, W("08:00", "09:00"));

        var days = Opened(clock, 200);

        Assert.Equal(["2026-11-27", "2027-01-29", "2027-03-26", "2027-05-28"], days);
    }

    [Fact]
    public void The_evening_of_the_last_day_of_the_lunar_year_runs_into_Tet()
    {
        var clock = Clock(new() { Lunar = new() { LastDayOfYear = true } }, W("22:00", "01:00"));

        var eve = new DateTimeOffset(2027, 2, 5, 22, 0, 0, TimeSpan.FromHours(7));

        Assert.Equal((eve, true, false), (clock.Next(Lcd, T("00:00")), clock.At(Lcd, eve.AddHours(2.5)).Item is not null, clock.At(Lcd, eve.AddHours(3.1)).Item is not null));
    }

    [Fact]
    public void Market_days_come_round_by_the_branch()
    {
        var clock = Clock(new() { Market = new(Branches.Suu | Branches.Mui) }, W("06:00", "11:00"));

        var days = Opened(clock, 20);

        Assert.Equal(["2026-11-23", "2026-11-29", "2026-12-05"], days);
    }

    [Fact]
    public void Not_on_holidays_and_the_plan_carries_the_table()
    {
        Holiday independence = new() { Id = "quoc-khanh", Vi = "Quốc khánh", En = "National Day", Kind = HolidayKind.PublicHoliday, Solar = new(9, 2), Days = 2 };
        var rule = new DayRule { Solar = new("FREQ=DAILY", new(2027, 8, 31)), OnHolidays = new(false) };
        var clock = Clock(rule, W("08:00", "09:00"), independence);

        var days = Opened(clock, 300);

        Assert.Equal(["2027-08-31", "2027-09-01", "2027-09-04"], days.Take(3));
    }

    [Fact]
    public void An_excluded_occurrence_stays_excluded_and_an_added_day_counts()
    {
        var rule = new DayRule { Solar = new("FREQ=WEEKLY;BYDAY=SA", Day), Exclusions = [new("2026-11-28")], Additions = [new(2026, 11, 29)] };
        var clock = Clock(rule, W("08:00", "09:00"));

        var days = Opened(clock, 20);

        Assert.Equal(["2026-11-21", "2026-11-29", "2026-12-05"], days);
    }

    [Fact]
    public void A_rule_with_starts_opens_a_window_of_that_length_at_each()
    {
        var rule = new DayRule { Solar = new("FREQ=MINUTELY;INTERVAL=90", Day) { StartTime = new(22, 45) } };
        var plan = Plan([Item(1, 600)], [Entry("A", Tier.Programme, [1], W("00:00", "00:10")) with { Days = rule, From = Day }]);

        var day = plan.Walk(Lcd, T("22:00"), T("02:00", 22));

        Assert.Equal("22:00:00 - | 22:45:00 A:1 | 22:55:00 - | 00:15:00 A:1 | 00:25:00 - | 01:45:00 A:1 | 01:55:00 -", day);
    }

    [Fact]
    public void The_loudspeaker_speaks_at_each_start()
    {
        var rule = new DayRule { Solar = new("FREQ=HOURLY;INTERVAL=2", Day) { StartTime = new(5, 0) } };
        var plan = Plan([Item(1, 20)], [Entry("A", Tier.Programme, [1], W("00:00", "00:10")) with { Days = rule, From = Day }]);

        var day = plan.Walk(Loa, T("04:00"), T("08:00"));

        Assert.Equal("04:00:00 - | 05:00:00 A:1 | 05:00:20 - | 07:00:00 A:1 | 07:00:20 -", day);
    }

    [Fact]
    public void First_day_last_day_and_weekdays_narrow_the_rule()
    {
        var entry = Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { Days = new() { Solar = new("FREQ=DAILY;INTERVAL=2", Day) }, From = new(2026, 11, 22), To = new(2026, 11, 28), Weekdays = Weekdays.Monday | Weekdays.Wednesday | Weekdays.Friday };
        var clock = new PlanClock(Plan([Item(1, until: Far)], [entry]));

        Assert.Equal(["2026-11-23", "2026-11-25", "2026-11-27"], Opened(clock, 30));
    }

    [Fact]
    public void After_the_last_occurrence_nothing_is_due_for_ever()
    {
        var clock = Clock(new() { Solar = new("FREQ=DAILY;COUNT=3", Day) }, W("08:00", "09:00"));

        var next = clock.Next(Lcd, T("09:01", 23));

        Assert.Equal(DateTimeOffset.MaxValue, next);
    }

    private static PlanClock Clock(DayRule rule, TimeWindow window, params Holiday[] holidays) =>
        new(Plan([Item(1, 60, until: Far)], [Entry("A", Tier.Programme, [1], window) with { Days = rule, From = Day }]) with { Holidays = holidays });

    private static string[] Opened(PlanClock clock, int days) =>
        [.. clock.Scenes(Lcd, T("00:00"), T("00:00").AddDays(days)).Where(s => s.Entries.Count > 0).Select(s => s.From.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd", null))];
}
