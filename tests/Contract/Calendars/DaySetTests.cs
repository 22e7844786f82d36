using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Calendars;

/// <summary>Which days a rule holds on, by solar and lunar dates, market days and holidays.</summary>
public sealed class DaySetTests
{
    private static readonly HolidayTable Holidays = new(
    [
        new() { Id = "tet", Vi = "Tết", En = "Tết", Kind = HolidayKind.PublicHoliday, Lunar = new(1, 1), OffsetDays = -1, Days = 5 },
        new() { Id = "2-9", Vi = "Quốc khánh", En = "National Day", Kind = HolidayKind.PublicHoliday, Solar = new(9, 2), SinceYear = 1945 },
        new() { Id = "3-3", Vi = "Biên phòng", En = "Border Guard", Kind = HolidayKind.Anniversary, Solar = new(3, 3), SinceYear = 1959 },
    ]);

    [Fact]
    public void A_solar_rule_holds_on_its_days() =>
        Holds(Solar("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2026-11-02"), "2026-11-01", "2026-12-10", "2026-11-02 2026-11-06 2026-11-16 2026-11-20 2026-11-30 2026-12-04");

    [Fact]
    public void The_full_moon_and_the_first_come_every_lunar_month_and_once_in_a_leap_one() =>
        Holds(new() { Lunar = new() { Days = [1, 15] } }, "2025-06-01", "2025-09-10", "2025-06-10 2025-06-25 2025-07-09 2025-08-23 2025-09-06");

    [Theory]
    [InlineData(LeapMonths.Regular, "2025-07-09")]
    [InlineData(LeapMonths.Leap, "2025-08-08")]
    [InlineData(LeapMonths.Both, "2025-07-09 2025-08-08")]
    public void A_leap_month_counts_as_chosen(LeapMonths leap, string days) =>
        Holds(new() { Lunar = new() { Days = [15], Months = [6], LeapMonths = leap } }, "2025-01-01", "2025-12-31", days);

    [Theory]
    [InlineData(Skip.Omit, "2024-02-09 2033-01-30")]
    [InlineData(Skip.Backward, "2024-02-09 2025-01-28 2026-02-16 2027-02-05 2028-01-25 2029-02-12 2030-02-01 2031-01-22 2032-02-10 2033-01-30")]
    public void The_thirtieth_of_the_twelfth_month_is_there_as_chosen(Skip missing, string days) =>
        Holds(new() { Lunar = new() { Days = [30], Months = [12], Missing = missing } }, "2024-01-30", "2033-02-01", days);

    [Fact]
    public void Tet_eve_is_the_day_before_the_first_of_the_first()
    {
        var asLastDay = new DaySet(new DayRule { Lunar = new() { LastDayOfYear = true } }, HolidayTable.Empty);
        var asOffset = new DaySet(new DayRule { Lunar = new() { Days = [1], Months = [1] }, OffsetDays = -1 }, HolidayTable.Empty);

        for (var day = DaySet.FirstDay; day < new DateOnly(2100, 2, 20); day = day.AddDays(1))
            Assert.Equal(asOffset.Holds(day), asLastDay.Holds(day));

        Assert.Equal(new DateOnly(2026, 2, 16), asLastDay.Next(new DateOnly(2026, 1, 1)));
    }

    [Fact]
    public void Market_days_of_Suu_and_Mui_come_every_six_days()
    {
        var set = new DaySet(new DayRule { Market = new(Branches.Suu | Branches.Mui) }, HolidayTable.Empty);

        var first = set.Next(new DateOnly(2000, 1, 1))!.Value;

        Assert.Equal(new DateOnly(2000, 1, 2), first); // 1/1/2000 is a day of Ngọ, the next of Mùi
        Assert.Equal(first.AddDays(6), set.Next(first));
        Assert.Equal(first.AddDays(-6), set.Previous(first));
    }

    [Fact]
    public void Offset_weekday_and_validity_are_of_the_day_that_plays() =>
        Holds(
            new() { Lunar = new() { Days = [15] }, OffsetDays = -1, Weekdays = Weekdays.Saturday | Weekdays.Sunday, First = new(2026, 3, 1), Last = new(2026, 12, 31) },
            "2026-01-01",
            "2027-12-31",
            "2026-05-30 2026-06-28 2026-11-22");

    [Fact]
    public void On_and_not_on_holidays_ask_the_table()
    {
        Holds(Solar("FREQ=DAILY", "2026-01-01") with { OnHolidays = new(true) }, "2026-01-01", "2026-12-31", "2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-09-02");
        Holds(Solar("FREQ=DAILY", "2026-02-14") with { OnHolidays = new(false) }, "2026-01-01", "2026-02-22", "2026-02-14 2026-02-15 2026-02-21 2026-02-22");
        Holds(Solar("FREQ=MONTHLY", "2026-01-03") with { OnHolidays = new(true) { Ids = ["3-3"] } }, "2026-01-01", "2027-12-31", "2026-03-03 2027-03-03");
    }

    [Theory]
    [InlineData(AnniversaryYears.Every, "2025-09-02 2026-09-02 2027-09-02 2028-09-02 2029-09-02 2030-09-02")]
    [InlineData(AnniversaryYears.Round, "2025-09-02")]
    [InlineData(AnniversaryYears.RoundOrFive, "2025-09-02 2030-09-02")]
    [InlineData(AnniversaryYears.Even, "2025-09-02 2027-09-02 2029-09-02")]
    public void Round_anniversaries_count_from_the_year_of_the_event(AnniversaryYears years, string days) =>
        Holds(new() { Holidays = new(["2-9"]) { Years = years } }, "2025-01-01", "2030-12-31", days);

    [Fact]
    public void Counting_goes_from_the_first_day_and_counts_what_is_left_out()
    {
        var rule = new DayRule { Lunar = new() { Days = [1] }, First = new(2026, 11, 1), Count = 3, Exclusions = [new("L2026-11-01")] };

        Holds(rule, "2020-01-01", "2040-01-01", "2026-11-09 2027-01-08");
        Holds(Solar("FREQ=DAILY;COUNT=3", "2026-12-30"), "2020-01-01", "2030-01-01", "2026-12-30 2026-12-31 2027-01-01");
    }

    [Fact]
    public void Exclusions_by_id_survive_edits_of_offset_and_filters_and_additions_always_hold()
    {
        var rule = new DayRule { Lunar = new() { Days = [15], Months = [6], LeapMonths = LeapMonths.Both }, Exclusions = [new("L2025-06n-15")], Additions = [new(2025, 8, 1)] };

        Holds(rule, "2025-01-01", "2025-12-31", "2025-07-09 2025-08-01");
        Holds(rule with { OffsetDays = 2 }, "2025-01-01", "2025-12-31", "2025-07-11 2025-08-01");
    }

    [Fact]
    public void Every_day_tells_its_id_and_leaving_out_that_id_leaves_out_that_day()
    {
        DayRule[] rules =
        [
            Solar("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-01") with { OffsetDays = 3 },
            new() { Lunar = new() { Days = [-1, 15], LeapMonths = LeapMonths.Both, LastDayOfYear = true } },
            new() { Lunar = new() { Days = [30], Missing = Skip.Forward } },
            new() { Market = new(Branches.Ty), OffsetDays = -5 },
            new() { Holidays = new(["tet", "2-9"]) },
        ];
        foreach (var rule in rules)
        {
            var set = new DaySet(rule, Holidays);
            for (var (day, i) = (set.Next(new DateOnly(2025, 6, 1)), 0); i < 20; day = set.Next(day!.Value), i++)
            {
                var without = new DaySet(rule with { Exclusions = [set.IdOf(day!.Value)!.Value] }, Holidays);

                Assert.True(!without.Holds(day.Value) || set.IdOf(day.Value) != without.IdOf(day.Value));
                Assert.Equal(set.Next(day.Value), without.Next(day.Value));
            }
        }
    }

    [Theory]
    [InlineData("FREQ=DAILY;BYHOUR=5,17;BYMINUTE=30", "05:30 17:30", "05:30 17:30")]
    [InlineData("FREQ=HOURLY;INTERVAL=6", "00:15 06:15 12:15 18:15", "00:15 06:15 12:15 18:15")]
    [InlineData("FREQ=MINUTELY;INTERVAL=600", "00:15 10:15 20:15", "06:15 16:15")]
    [InlineData("FREQ=DAILY", "", "")]
    public void Starts_within_the_day_are_those_of_the_rule(string text, string first, string second)
    {
        var set = new DaySet(new DayRule { Solar = new(text, new(2026, 11, 2)) { StartTime = new(0, 15) } }, HolidayTable.Empty);

        Assert.Equal(first, Starts(set, new(2026, 11, 2)));
        Assert.Equal(second, Starts(set, new(2026, 11, 3)));
        Assert.Equal("", Starts(set, new(2026, 11, 1)));
        Assert.Equal(first.Length > 0, set.HasStarts);
    }

    [Fact]
    public void Next_and_previous_agree_with_asking_every_day()
    {
        var set = new DaySet(new DayRule { Lunar = new() { Days = [1, 10, 30] }, Weekdays = Weekdays.Sunday, OffsetDays = 1 }, HolidayTable.Empty);
        DateOnly? last = null;
        for (var day = DaySet.FirstDay; day <= DaySet.LastDay; day = day.AddDays(1))
        {
            Assert.Equal(last, set.Previous(day));
            if (!set.Holds(day))
                continue;
            Assert.Equal(day, set.Next(last ?? DateOnly.MinValue));
            last = day;
        }

        Assert.Null(set.Next(last!.Value));
    }

    [Fact]
    public void Days_beyond_the_table_never_hold()
    {
        var set = new DaySet(Solar("FREQ=DAILY", "1968-01-01"), HolidayTable.Empty);

        Assert.True(set.Holds(new(1968, 1, 1)) && set.Holds(new(2100, 12, 31)));
        Assert.False(set.Holds(new(1967, 12, 31)) || set.Holds(new(2101, 1, 1)) || set.Holds(DateOnly.MaxValue) || set.Holds(DateOnly.MinValue));
        Assert.Equal(DaySet.FirstDay, set.Next(DateOnly.MinValue));
        Assert.Equal(DaySet.LastDay, set.Previous(DateOnly.MaxValue));
    }

    [Fact]
    public void Asking_allocates_nothing_once_warm()
    {
        var set = new DaySet(new DayRule { Solar = new("FREQ=HOURLY;INTERVAL=2", new(2026, 1, 1)), OnHolidays = new(false) }, Holidays);
        var day = new DateOnly(2026, 5, 1);
        Assert.True(set.Holds(day) && set.StartsOn(day).Length == 12 && set.Next(day) is not null && set.Previous(day) is not null);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 200; i++)
            Assert.True(set.Holds(day) && set.StartsOn(day).Length == 12 && set.Next(day) is not null && set.Previous(day) is not null);

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1000);
    }

    [Fact]
    public void Many_threads_get_the_same_days()
    {
        var expected = Days(new DaySet(new DayRule { Lunar = new() { Days = [1] }, First = new(1990, 1, 1), Count = 500 }, HolidayTable.Empty));
        var shared = new DaySet(new DayRule { Lunar = new() { Days = [1] }, First = new(1990, 1, 1), Count = 500 }, HolidayTable.Empty);

        var answers = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => Days(shared)).ToArray();

        Assert.Equal(500, expected.Split(' ').Length);
        Assert.All(answers, a => Assert.Equal(expected, a));
    }

    [Fact]
    public void A_rule_travels_as_JSON()
    {
        var rule = new DayRule
        {
            Lunar = new() { Days = [1, -1], Months = [1], LeapMonths = LeapMonths.Both, Missing = Skip.Backward },
            OffsetDays = -1,
            Weekdays = Weekdays.Monday | Weekdays.Sunday,
            OnHolidays = new(false) { Ids = ["tet"] },
            First = new(2026, 1, 1),
            Exclusions = [new("L2026-01-01")],
            Additions = [new(2026, 5, 5)],
        };

        var json = System.Text.Json.JsonSerializer.Serialize(rule, ContractJson.Wire.DayRule);
        var again = System.Text.Json.JsonSerializer.Deserialize(json, ContractJson.Wire.DayRule)!;

        Assert.Equal(json, System.Text.Json.JsonSerializer.Serialize(again, ContractJson.Wire.DayRule));
        Assert.Equal(Days(new DaySet(rule, Holidays)), Days(new DaySet(again, Holidays)));
        Assert.Contains("\"exclusions\":[\"L2026-01-01\"]", json, StringComparison.Ordinal);
        Assert.Equal(Weekdays.All, System.Text.Json.JsonSerializer.Deserialize("""{"market":{"branches":"Suu, Mui"}}""", ContractJson.Wire.DayRule)!.Weekdays);
    }

    private static DayRule Solar(string rule, string start) => new() { Solar = new(rule, Facts.Day(start)) };

    private static void Holds(DayRule rule, string from, string to, string days)
    {
        Assert.Null(rule.Check(Holidays));
        Assert.Equal(days, Days(new DaySet(rule, Holidays), Facts.Day(from), Facts.Day(to)));
    }

    private static string Days(DaySet set, DateOnly? from = null, DateOnly? to = null)
    {
        var days = new List<string>();
        for (var day = from ?? DaySet.FirstDay; day <= (to ?? DaySet.LastDay); day = day.AddDays(1))
        {
            if (set.Holds(day))
                days.Add(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        }

        return string.Join(' ', days);
    }

    private static string Starts(DaySet set, DateOnly day) =>
        string.Join(' ', set.StartsOn(day).ToArray().Select(t => t.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
}
