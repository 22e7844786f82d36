using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;

namespace BorderInfo.Tests.Contract.Calendars;

/// <summary>The table that is shipped, what a plan takes from it, and what is refused.</summary>
public sealed class HolidayTableTests
{
    private static readonly HolidayTable Shipped =
        JsonSerializer.Deserialize(File.ReadAllText(Facts.Checkout("content/calendar/holidays.json")), ContractJson.Wire.HolidayTable)!;

    [Fact]
    public void The_shipped_table_is_sound_and_every_entry_names_its_source()
    {
        Assert.Null(Shipped.Check());
        Assert.All(Shipped.Entries, e => Assert.NotEmpty(e.Source));
    }

    [Theory]
    [InlineData("2026-01-01", "tet-duong-lich")]
    [InlineData("2026-02-16", "tet-nguyen-dan giao-thua")]
    [InlineData("2026-02-20", "tet-nguyen-dan")]
    [InlineData("2026-02-21", "")]
    [InlineData("2026-04-26", "gio-to-hung-vuong")]
    [InlineData("2026-09-01", "quoc-khanh-lien-ke-truoc")]
    [InlineData("2024-09-03", "quoc-khanh-lien-ke-sau")]
    [InlineData("2026-09-03", "")]
    [InlineData("2026-03-03", "bien-phong ram-thang-gieng")]
    [InlineData("2026-09-25", "trung-thu")]
    [InlineData("2019-01-01", "")]
    public void A_day_knows_its_holidays(string day, string ids) => Assert.Equal(ids, string.Join(' ', Shipped.On(Facts.Day(day)).Select(h => h.Id)));

    [Fact]
    public void A_public_year_has_eleven_days() =>
        Assert.Equal(11, Enumerable.Range(0, 365).Count(i => Shipped.On(new DateOnly(2026, 1, 1).AddDays(i)).Any(h => h.Kind == HolidayKind.PublicHoliday)));

    [Fact]
    public void A_plan_carries_only_the_entries_that_its_rules_name()
    {
        DayRule named = new() { Holidays = new(["bien-phong"]) };
        DayRule not = new() { Market = new(Branches.Suu), OnHolidays = new(false) };

        Assert.Equal(["bien-phong"], Shipped.For([named]).Entries.Select(e => e.Id));
        Assert.All(Shipped.For([not]).Entries, e => Assert.Equal(HolidayKind.PublicHoliday, e.Kind));
        Assert.Empty(Shipped.For([new() { Market = new(Branches.Suu) }]).Entries);
        Assert.Null(named.Check(Shipped.For([named])));
    }

    [Theory]
    [InlineData("holiday.id", """{"id":"Tết","vi":"a","en":"a","kind":"Anniversary","solar":{"month":1,"day":1}}""", "Tết")]
    [InlineData("holiday.no-such-day", """{"id":"a","vi":"a","en":"a","kind":"Anniversary","solar":{"month":11,"day":31}}""", "a 31/11 30/11")]
    [InlineData("holiday.no-such-day", """{"id":"a","vi":"a","en":"a","kind":"Anniversary","lunar":{"month":13,"day":31}}""", "a 31/13 30/12")]
    [InlineData("holiday.date", """{"id":"a","vi":"a","en":"a","kind":"Anniversary"}""", "a")]
    [InlineData("holiday.text", """{"id":"a","vi":"","en":"a","kind":"Anniversary","solar":{"month":1,"day":1}}""", "a 300")]
    [InlineData("holiday.days", """{"id":"a","vi":"a","en":"a","kind":"Anniversary","solar":{"month":1,"day":1},"days":40}""", "a 40 31")]
    [InlineData("holiday.offset", """{"id":"a","vi":"a","en":"a","kind":"Anniversary","solar":{"month":1,"day":1},"offsetDays":99}""", "a 99 60")]
    [InlineData("holiday.years", """{"id":"a","vi":"a","en":"a","kind":"Anniversary","solar":{"month":1,"day":1},"fromYear":2026,"toYear":2025}""", "a 2026 2025")]
    [InlineData("holiday.twice", """{"id":"a","vi":"a","en":"a","kind":"Anniversary","solar":{"month":1,"day":1}},{"id":"a","vi":"a","en":"a","kind":"Anniversary","solar":{"month":1,"day":1}}""", "a")]
    [InlineData("holiday.malformed", "null", "")]
    public void A_wrong_entry_is_refused_with_its_id_and_a_proposal(string code, string entries, string with)
    {
        var table = JsonSerializer.Deserialize($$"""{"entries":[{{entries}}]}""", ContractJson.Wire.HolidayTable)!;

        var why = table.Check()!;

        Assert.Equal((code, with), (why.Code, string.Join(' ', why.With)));
        Assert.Contains(code, HolidayTable.Codes);
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Every_code_has_its_text(string language)
    {
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Facts.Checkout($"content/languages/{language}/calendar.json")))!;

        Assert.All(HolidayTable.Codes.Concat(DayRule.Codes).Concat(Recurrence.Codes), c => Assert.True(texts.ContainsKey(c), c));
    }
}
