using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>Schedules as iCalendar files, out and in.</summary>
public sealed class CalendarFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private readonly SchedulingWorld world = new();

    [Theory]
    [MemberData(nameof(RecurrenceTests.Rules), MemberType = typeof(RecurrenceTests))]
    public async Task What_is_written_reads_back_whole(string json)
    {
        var (table, wanted) = (await Table(), RecurrenceTests.Wanted(json) with { Windows = [new(new(7, 0), new(7, 5))] });

        var read = ReadCalendar.From(WriteCalendar.Of(wanted, table, new(2026, 11, 23), Now)).Value;

        Assert.Equal((wanted.Name, wanted.From, wanted.To), (read.Name, read.From, read.To));
        Assert.Equal(wanted.Windows, read.Windows);
        Assert.Equal(RecurrenceTests.Json(wanted.Days), RecurrenceTests.Json(read.Days));
    }

    [Theory]
    [MemberData(nameof(RecurrenceTests.Rules), MemberType = typeof(RecurrenceTests))]
    public async Task Another_program_sees_the_same_days(string json)
    {
        var (table, wanted) = (await Table(), RecurrenceTests.Wanted(json));
        var text = WriteCalendar.Of(wanted, table, new(2026, 11, 23), Now).Replace("\r\n ", "", StringComparison.Ordinal);

        // As another program reads it: without what only BorderInfo knows.
        var read = ReadCalendar.From(string.Join('\n', text.Split("\r\n").Where(l => !l.StartsWith("X-", StringComparison.Ordinal)))).Value;

        var (from, to) = (new DateOnly(2026, 11, 23), new DateOnly(2028, 11, 22));
        Assert.Equal(ScheduleDays.Days(wanted, table, from, to), ScheduleDays.Days(CalendarApi.View(read), table, from, to));
    }

    [Fact]
    public void A_plain_schedule_of_two_windows_is_two_events_and_one_schedule_again()
    {
        var wanted = SchedulingWorld.Wanted("Bản tin; sáng, chiều", to: new(2027, 1, 31), windows: [new(new(6, 0), new(7, 30)), new(new(22, 0), new(1, 0))]) with { Weekdays = Weekdays.Monday | Weekdays.Friday };

        var text = WriteCalendar.Of(wanted, HolidayTable.Empty, new(2026, 11, 23), Now);
        var read = ReadCalendar.From(string.Join('\n', text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n").Where(l => !l.StartsWith("X-", StringComparison.Ordinal)))).Value;

        Assert.Equal(2, text.Split("BEGIN:VEVENT").Length - 1);
        Assert.Contains("RRULE:FREQ=DAILY;UNTIL=20270131T165900Z;BYDAY=MO,FR\r\n", text, StringComparison.Ordinal);
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.Equal((wanted.Name, wanted.From, wanted.To, wanted.Weekdays, null), (read.Name, read.From, read.To, read.Weekdays, read.Days));
        Assert.Equal(wanted.Windows, read.Windows);
    }

    [Theory]
    [InlineData("DTSTART:20261130T000000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261214T003000Z", "2026-11-30", "2026-12-14", "07:00–08:00")]
    [InlineData("DTSTART;TZID=\"Asia/Ho_Chi_Minh\":20261130T220000|DTEND;TZID=Asia/Ho_Chi_Minh:20261201T010000", "2026-11-30", "2026-11-30", "22:00–01:00")]
    [InlineData("DTSTART;VALUE=DATE:20261130|RRULE:FREQ=YEARLY|BEGIN:VALARM|TRIGGER:-PT5M|END:VALARM", "2026-11-30", null, "00:00–00:00")]
    [InlineData("DTSTART:20261130T070000|DURATION:PT30M|RRULE:FREQ=DAILY|EXDATE:20261202T070000|RDATE:20250101T070000", "2026-11-30", null, "07:00–07:30")]
    public void Files_of_other_programs_are_read(string event_, string from, string? to, string window)
    {
        var read = ReadCalendar.From(File(event_)).Value;

        Assert.Equal((DateOnly.Parse(from), to is null ? null : DateOnly.Parse(to)), (read.From, read.To));
        Assert.Equal(window, ScheduleRules.Text(Assert.Single(read.Windows)));
        Assert.Null(ScheduleRules.DaysByRule(CalendarApi.View(read), HolidayTable.Empty));
    }

    [Theory]
    [InlineData("SUMMARY:Trống", "ical.no-start", "DTSTART;TZID=Asia/Ho_Chi_Minh:20261130T070000")]
    [InlineData("DTSTART:20261130T070000", "ical.no-end", "DURATION:PT1H")]
    [InlineData("DTSTART:20261131T070000|DURATION:PT1H", "ical.value", "20261130T070000")]
    [InlineData("DTSTART;TZID=Europe/Paris:20261130T070000|DURATION:PT1H", "ical.zone", "Asia/Ho_Chi_Minh")]
    [InlineData("DTSTART:20261130T190000Z|DURATION:PT1H|RRULE:FREQ=WEEKLY;BYDAY=MO", "ical.utc", "DTSTART;TZID=Asia/Ho_Chi_Minh:20261201T020000")]
    [InlineData("DTSTART:20261130T070000|DURATION:P2D", "ical.length", "PT1M–P1D")]
    [InlineData("DTSTART:20261130T070000|DURATION:PT1H|RRULE:FREQ=DAILY|RECURRENCE-ID:20261201T070000", "ical.not-taken", "EXDATE, RDATE")]
    [InlineData("DTSTART:20261130T070000|DURATION:PT1H|RRULE:FREQ=DAILY|RRULE:FREQ=WEEKLY", "ical.twice", "RRULE")]
    [InlineData("DTSTART:20261130T070000|DURATION:PT1H|RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=31", "rrule.never", "30/11")]
    [InlineData("DTSTART:20261130T070000|DURATION:PT1H|RRULE:FREQ=SECONDLY", "day.too-often", "FREQ=MINUTELY")]
    [InlineData("DTSTART:20261201T070000|DURATION:PT1H|RRULE:FREQ=WEEKLY;BYDAY=MO", "ical.start-not-in-rule", "07/12/2026")]
    [InlineData("DTSTART:20261130T070000|DURATION:PT1H|RRULE:FREQ=DAILY|RDATE:20250101T080000", "ical.other-time", "07:00")]
    [InlineData("DTSTART:20261130T070000|DURATION:PT5M|RRULE:FREQ=HOURLY|EXDATE:20261201T080000", "ical.some-times", "EXDATE;VALUE=DATE:20261201")]
    [InlineData("DTSTART:20261130T070000|DURATION:PT1H|X-BORDERINFO-DAYS:{", "ical.extra", "X-BORDERINFO-DAYS")]
    public void What_is_not_taken_is_named_with_a_proposal(string event_, string code, string proposal)
    {
        var why = ReadCalendar.From(File(event_)).Why;

        Assert.Equal((code, proposal, "ics"), (why?.Code, why?.With[^1], why?.Field));
    }

    [Fact]
    public void Bombs_and_nonsense_are_refused()
    {
        Assert.Equal("ical.no-event", ReadCalendar.From("xin chào").Why?.Code);
        Assert.Equal("ical.too-long", ReadCalendar.From(new string('x', ReadCalendar.Longest + 1)).Why?.Code);
        Assert.Equal("ical.several", ReadCalendar.From(string.Concat(Enumerable.Repeat(File("DTSTART:20261130T070000"), 1000))).Why?.Code);
        Assert.Equal("ical.no-event", ReadCalendar.From("BEGIN:VEVENT\n" + string.Concat(Enumerable.Repeat("BEGIN:X\n", 10_000))).Why?.Code);
    }

    [Fact]
    public async Task By_the_api_a_schedule_goes_out_and_comes_in()
    {
        await world.Save(RecurrenceTests.Wanted("""{"lunar":{"days":[15]},"offsetDays":-1}"""));
        var program = await world.Server.ClientAs(Roles.Editor);
        program.DefaultRequestHeaders.Add("X-BorderInfo", "1");

        var written = await program.GetAsync("/api/v1/schedules/1/ical");
        var text = await written.Content.ReadAsStringAsync();
        var read = await program.PostAsync("/api/v1/schedules/ical", new StringContent(text, Encoding.UTF8, "text/calendar"));
        var refused = await program.PostAsync("/api/v1/schedules/ical", new StringContent(File("DTSTART:20261130T070000"), Encoding.UTF8, "text/calendar"));

        Assert.Equal("text/calendar", written.Content.Headers.ContentType?.MediaType);
        Assert.Contains("ngày 15 âm lịch hằng tháng; trước đó 1 ngày", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("DURATION:PT1H", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pasted_file_fills_the_form_and_a_refused_one_stays_there()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        var filled = await Paste(browser, File("SUMMARY:Họp giao ban|DTSTART:20261130T070000|DURATION:PT1H|RRULE:FREQ=MONTHLY;BYDAY=-1MO"));
        var refused = await Paste(browser, File("DTSTART:20261130T070000"));

        Assert.Equal(["Họp giao ban", "2026-11-30", "07:00", "08:00"], new[] { "#name", "#from", "[name=windowFrom]", "[name=windowTo]" }.Select(f => filled.QuerySelector(f)!.GetAttribute("value")));
        Assert.Contains("hằng tháng vào Thứ Hai cuối cùng của tháng", filled.QuerySelector("#ngay-phat")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("DURATION:PT1H", refused.QuerySelector(".alert-danger")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20261130T070000", refused.GetElementById("ics")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_at_the_end_of_time_is_refused_or_read_and_breaks_nothing()
    {
        var read = ReadCalendar.From(File("SUMMARY:x|DTSTART:20261130T070000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=99991231T235959Z"));

        Assert.True(read.Why is not null || read.Value.From == new DateOnly(2026, 11, 30));
    }

    public void Dispose() => world.Dispose();

    private static string File(string event_) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{event_.Replace("|", "\r\n", StringComparison.Ordinal)}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Paste(HttpClient browser, string ics) => new HtmlParser().ParseDocument(await (await browser.PostForm(
        "/lich/moi", [new("_handler", "soan"), new("act", "read-ics"), new("tier", "Programme"), new("number", "500"), new("from", "2026-11-23"), new("ics", ics)], "/lich/moi")).Content.ReadAsStringAsync());

    private Task<HolidayTable> Table() => world.Within(s => s.GetRequiredService<IHolidays>().Table(default));
}
