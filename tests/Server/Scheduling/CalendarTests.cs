using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>The calendar page, its days and what an event can be told to do.</summary>
public sealed class CalendarTests : IDisposable
{
    private static readonly HolidayTable Shipped =
        JsonSerializer.Deserialize<HolidayTable>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "content", "calendar", "holidays.json")), BorderInfo.Server.Platform.Pages.ApiJson.Options)!;

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task Every_day_is_shown_with_its_lunar_date_branch_and_holidays()
    {
        await world.Save(SchedulingWorld.Wanted("Bản tin sáng", windows: [new(new(7, 0), new(9, 0))]));
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich?ngay=2026-11-24&xem=tuan"));

        var days = page.QuerySelectorAll(".lich-day-row").Select(d => Plain(d.TextContent)).ToArray();
        Assert.Equal(7, days.Length);
        Assert.All(["T3 24/11/2026 ÂL 16/10 Dần", "★ Ngày Văn hóa Việt Nam (80 năm)", "07:00–09:00 ■ Bản tin sáng (bản nháp)"], part => Assert.Contains(part, days[1], StringComparison.Ordinal));
        Assert.Equal("ÂL 15/10", Plain(page.QuerySelector(".lich-lunar-strong")!.ChildNodes[0].TextContent));
    }

    [Theory]
    [InlineData("2026-02-17", "1/1", true, "Tết Nguyên đán", true)]
    [InlineData("2025-07-25", "1/6n", true, "", false)]
    [InlineData("2026-09-02", "21/7", false, "Quốc khánh", true)]
    [InlineData("2026-11-21", "13/10", false, "", false)]
    public void A_day_says_what_it_is(string date, string lunar, bool strong, string holiday, bool off)
    {
        var day = CalendarDaysShown.Of(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture), Shipped, world.Services.GetRequiredService<Texts>());

        Assert.Equal((lunar, strong, off), (day.Lunar, day.Strong, day.DayOff));
        Assert.True(holiday.Length == 0 ? !day.DayOff : day.Holidays.Contains(holiday), string.Join(", ", day.Holidays));
    }

    [Fact]
    public async Task In_a_month_the_empty_days_between_two_schedules_are_one_line()
    {
        await world.Save(SchedulingWorld.Wanted("Hai ngày", from: new(2027, 6, 10), to: new(2027, 6, 11)));
        await world.Save(SchedulingWorld.Wanted("Một ngày", from: new(2027, 6, 15), to: new(2027, 6, 15)));
        var browser = await world.Server.ClientAs(Roles.Editor);

        var month = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich?ngay=2027-06-10&xem=thang"));
        var week = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich?ngay=2027-06-10"));

        var folded = month.QuerySelectorAll("#lich-ngay summary").Select(s => System.Text.RegularExpressions.Regex.Replace(s.TextContent, @"\s+", " ").Trim()).ToArray();
        Assert.Contains("12/06/2027 – 14/06/2027 · 3 ngày chưa có lịch phát", folded);
        Assert.Equal(30, month.QuerySelectorAll("#lich-ngay li.lich-day-row > h3").Length + month.QuerySelectorAll("#lich-ngay details li").Length);
        Assert.Equal(7, week.QuerySelectorAll("#lich-ngay h3").Length);
        Assert.Empty(week.QuerySelectorAll("#lich-ngay details"));
    }

    [Fact]
    public async Task The_calendars_module_gets_bars_and_days()
    {
        await world.Save(SchedulingWorld.Wanted("Thứ Ba", windows: [new(new(7, 0), new(9, 0))]) with { Weekdays = Weekdays.Tuesday });
        await world.Save(SchedulingWorld.Wanted("Cả ngày, nghỉ Chủ nhật") with { Weekdays = Weekdays.All & ~Weekdays.Sunday });
        var browser = await world.Server.ClientAs(Roles.Editor);

        using var said = JsonDocument.Parse(await browser.GetStringAsync("/lich/su-kien?start=2026-11-23T00:00:00&end=2026-12-07T00:00:00"));

        var bars = said.RootElement.GetProperty("bars").EnumerateArray().Select(b => (b.GetProperty("extendedProps").GetProperty("schedule").GetInt64(), b.GetProperty("start").GetString()![..10], b.GetProperty("end").GetString()![..10])).ToArray();
        Assert.Equal([(1, "2026-11-24", "2026-11-24"), (1, "2026-12-01", "2026-12-01"), (2, "2026-11-23", "2026-11-29"), (2, "2026-11-30", "2026-12-06")], bars);
        Assert.Equal(14, said.RootElement.GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task An_event_is_copied_to_a_day_as_a_draft_and_the_copy_undone()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Chợ phiên", Tier.Priority, 40, items: [2], windows: [new(new(6, 0), new(7, 0)), new(new(16, 0), new(17, 0))]));
        var browser = await world.Server.ClientAs(Roles.Editor);
        browser.DefaultRequestHeaders.Add("X-BorderInfo", "1");

        var answer = await browser.PostAsJsonAsync($"/api/v1/schedules/{id}/copy", new { window = 1, day = "2026-11-29" });
        var copy = (await Of(2))!;
        var undone = await browser.PostAsJsonAsync("/lich/2/bo-ban-sao", new { });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            ("Chợ phiên (bản sao)", Tier.Priority, 40, new DateOnly(2026, 11, 29), new DateOnly?(new(2026, 11, 29)), new TimeWindow(new(16, 0), new(17, 0)), ScheduleStanding.Draft),
            (copy.Newest.Name, copy.Newest.Tier, copy.Newest.Number, copy.Newest.From, copy.Newest.To, Assert.Single(copy.Newest.Windows), copy.Standing));
        Assert.Equal([new ItemId(2)], copy.Newest.Items);
        Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        Assert.Null(await Of(2));
    }

    [Fact]
    public async Task What_dragging_does_can_be_done_by_form_and_undone()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Lễ", to: new DateOnly(2026, 11, 23), windows: [new(new(8, 0), new(9, 0))]))).Value.Id;
        var browser = await world.Server.ClientAs(Roles.Editor);
        var here = $"/lich/{id}/ngay/2026-11-23";

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync(here));
        var moved = await browser.PostForm($"{here}/doi", [new("khung", "0"), new("den", "2026-11-25"), new("tu", "14:00"), new("toi", "15:30")], here);
        var after = (await Of(id))!.Newest;
        var undone = await browser.PostForm($"/lich/{id}/ve-ban", [new("ban", "1")], moved.Headers.Location!.ToString());

        Assert.Equal("08:00", page.QuerySelector("#doi-tu")!.GetAttribute("value"));
        Assert.Equal($"/lich?ngay=2026-11-25&hoan-tac={id}:1", moved.Headers.Location.ToString());
        Assert.Equal((new DateOnly(2026, 11, 25), new TimeWindow(new(14, 0), new(15, 30))), (after.From, after.Windows[0]));
        Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        Assert.Equal(new DateOnly(2026, 11, 23), (await Of(id))!.Newest.From);
    }

    [Fact]
    public async Task Only_one_day_of_a_series_is_left_out_from_the_calendar()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Hằng ngày", windows: [new(new(7, 0), new(9, 0))]))).Value.Id;
        var browser = await world.Server.ClientAs(Roles.Editor);
        var here = $"/lich/{id}/ngay/2026-11-25";

        await browser.PostForm($"/lich/{id}/lan-phat", [new("day", "2026-11-25"), new("act", "leave")], here);
        using var said = JsonDocument.Parse(await browser.GetStringAsync("/lich/su-kien?start=2026-11-24T00:00:00&end=2026-11-27T00:00:00"));
        var again = await browser.GetStringAsync(here);

        Assert.Equal(["2026-11-24", "2026-11-26"], said.RootElement.GetProperty("bars").EnumerateArray().Select(b => b.GetProperty("start").GetString()![..10]));
        Assert.DoesNotContain("lan-phat", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_market_day_schedule_stands_on_its_market_days()
    {
        await world.Save(SchedulingWorld.Wanted("Chợ phiên", windows: [new(new(6, 0), new(7, 0))]) with { Days = new() { Market = new(Branches.Suu | Branches.Mui) } });
        var browser = await world.Server.ClientAs(Roles.Editor);

        using var said = JsonDocument.Parse(await browser.GetStringAsync("/lich/su-kien?start=2026-11-23T00:00:00&end=2026-12-07T00:00:00"));

        var branch = said.RootElement.GetProperty("days").EnumerateArray().ToDictionary(d => d.GetProperty("date").GetString()!, d => d.GetProperty("branch").GetString());
        var days = said.RootElement.GetProperty("bars").EnumerateArray().Select(b => b.GetProperty("start").GetString()![..10]).ToArray();
        Assert.Equal(branch.Where(b => b.Value is "Sửu" or "Mùi").Select(b => b.Key).Order(StringComparer.Ordinal), days);
        Assert.NotEmpty(days);
    }

    [Fact]
    public async Task Nobody_copies_what_he_may_not_see()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Của Lạng Sơn"), SchedulingWorld.Editor("20"))).Value.Id;

        var copied = await world.Within(s => s.GetRequiredService<CopySchedule>().Handle(new(new(99, "mai", "Biên tập viên mẫu", new HashSet<string> { Roles.Editor }, new(false, ["52"], [], [])), id, 0, new(2026, 11, 29)), default));

        Assert.Equal("schedule.unknown", copied.Why?.Code);
    }

    public void Dispose() => world.Dispose();

    private Task<ScheduleStand?> Of(long id) => world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default));

    private static string Plain(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s+", " ").Trim();
}
