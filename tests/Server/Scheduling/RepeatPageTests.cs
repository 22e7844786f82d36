using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>“Repeats” as an editor meets it in the form, without JavaScript, and a program at the API.</summary>
public sealed class RepeatPageTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task The_form_tells_in_words_and_days_what_was_chosen_before_anything_is_kept()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = await Post(browser, ("act", "look"), ("repeat", "Lunar"), ("lunarDays", "1, 15"), ("offset", "-1"));

        Assert.Contains("ngày 1, 15 âm lịch hằng tháng; trước đó 1 ngày", page.QuerySelector("#ngay-phat p")!.TextContent, StringComparison.Ordinal);
        var rows = page.QuerySelectorAll("#ngay-phat tbody tr");
        Assert.Equal(10, rows.Length);
        Assert.Equal(["30/10", "14/11"], rows.Take(2).Select(r => r.QuerySelectorAll("td")[1].TextContent));
        Assert.All(rows.Zip(["08/12/2026", "22/12/2026"]), row => Assert.Contains(row.Second, row.First.TextContent, StringComparison.Ordinal));
        Assert.True(page.QuerySelector("details.lich-repeat")!.HasAttribute("open"));
        Assert.Empty(await world.Within(s => s.GetRequiredService<ISchedules>().All(default)));
    }

    [Fact]
    public async Task A_rule_made_in_the_form_is_saved_and_stands_there_when_opened_again()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        await Post(browser, ("act", "save"), ("repeat", "Every"), ("every", "2"), ("unit", "Monthly"), ("monthBy", "weekday"), ("ordinal", "-1"), ("ordinalDay", "Friday"), ("count", "6"), ("onHolidays", "not"), ("left", "29/01/2027"), ("added", "01/02/2027"));
        var opened = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/1"));

        var saved = Assert.Single(await world.Within(s => s.GetRequiredService<ISchedules>().All(default))).Newest.Days!;
        Assert.Equal(("FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=-1FR", false), (saved.Solar!.Rule, saved.OnHolidays!.Only));
        Assert.Equal("2027-01-29", Assert.Single(saved.Exclusions).Value);
        Assert.Equal(new DateOnly(2027, 2, 1), Assert.Single(saved.Additions));
        Assert.Equal(["Every", "Monthly", "weekday", "-1", "Friday", "not"], new[] { "repeat", "unit", "monthBy", "ordinal", "ordinalDay", "onHolidays" }.Select(id => ((IHtmlSelectElement)opened.GetElementById(id)!).Value));
        Assert.Equal(("2", "6", "29/01/2027"), (opened.GetElementById("every-n")!.GetAttribute("value"), opened.GetElementById("count")!.GetAttribute("value"), opened.GetElementById("left")!.TextContent));
    }

    [Theory]
    [InlineData("Tháng không có ngày ấy|30/11", "Every", "unit=Yearly", "month=11", "monthDays=31")]
    [InlineData("Ngày âm lịch|30", "Lunar", "lunarDays=31")]
    [InlineData("Ngày họp chợ theo chi|Sửu", "Market")]
    [InlineData("Quy tắc RRULE|31", "Rule", "rule=FREQ=MONTHLY;BYMONTHDAY=32")]
    [InlineData("Bỏ các ngày|30/11/2026", "Lunar", "left=31/11/2026")]
    [InlineData("Mỗi|1", "Every", "every=0")]
    public async Task A_refused_choice_names_its_field_proposes_and_stays_as_typed(string said, string repeat, params string[] fields)
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = await Post(browser, [("act", "save"), ("repeat", repeat), .. fields.Select(f => f.Split('=', 2)).Select(f => (f[0], f[1]))]);

        var alert = page.QuerySelector(".alert-danger")!.TextContent;
        Assert.All(said.Split('|').Skip(1), word => Assert.Contains(word, alert, StringComparison.Ordinal));
        if (!said.StartsWith("Tháng", StringComparison.Ordinal))
            Assert.Contains(said.Split('|')[0] + ":", alert, StringComparison.Ordinal);
        Assert.Equal(repeat, ((IHtmlSelectElement)page.GetElementById("repeat")!).Value);
        Assert.True(page.QuerySelector("details.lich-repeat")!.HasAttribute("open"));
        Assert.Empty(await world.Within(s => s.GetRequiredService<ISchedules>().All(default)));
    }

    [Fact]
    public async Task A_plain_schedule_keeps_the_extra_choices_folded()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/moi"));

        Assert.False(page.QuerySelector("details.lich-repeat")!.HasAttribute("open"));
    }

    [Fact]
    public async Task The_api_takes_gives_and_explains_a_rule()
    {
        var program = await world.Server.ClientAs(Roles.Editor);
        program.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        var ask = new { name = "Chợ phiên", tier = "Programme", items = new[] { "T-1" }, targets = new[] { new { width = "Cluster", key = "1" } }, from = "2026-11-23", windows = new[] { new { from = "07:00", to = "09:00" } }, days = new { market = new { branches = "Suu, Mui" } } };

        var thought = await program.PostAsJsonAsync("/api/v1/schedules/days?to=2026-12-10", ask);
        var none = await world.Within(s => s.GetRequiredService<ISchedules>().All(default));
        var made = await program.PostAsJsonAsync("/api/v1/schedules/", ask);
        var read = await program.GetStringAsync("/api/v1/schedules/1");
        var days = await program.GetStringAsync("/api/v1/schedules/1/days?from=2026-11-23&to=2026-12-10");
        var wrong = await program.PostAsJsonAsync("/api/v1/schedules/days", ask with { days = new { market = new { branches = "None" } } });
        var api = await program.GetStringAsync("/openapi/v1.json");

        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Empty(none);
        Assert.Contains("\"market\":{\"branches\":\"Suu, Mui\"}", read, StringComparison.Ordinal);
        Assert.Contains("các ngày Sửu, Mùi (phiên chợ)", await thought.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(await thought.Content.ReadAsStringAsync(), days);
        var suu = Enumerable.Range(0, 18).Select(d => new DateOnly(2026, 11, 23).AddDays(d)).Count(d => (LunarCalendar.BranchOf(d) & (Branches.Suu | Branches.Mui)) != 0);
        Assert.Equal(suu, days.Split("\"day\":").Length - 1);
        Assert.Contains("day.branches", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("L2025-06n-15 in a leap month", api, StringComparison.Ordinal);
    }

    public void Dispose() => world.Dispose();

    private static async Task<IHtmlDocument> Post(HttpClient browser, params (string Name, string Value)[] fields)
    {
        (string, string)[] always =
        [
            ("_handler", "soan"), ("tier", "Programme"), ("number", "500"), ("from", "2026-11-23"), ("name", "Mẫu"), ("item", "T-1"), ("target", "Cluster:1"), ("windowFrom", "07:00"), ("windowTo", "09:00"),
            .. Enumerable.Range(0, 7).Select(d => ("weekday", (1 << d).ToString(System.Globalization.CultureInfo.InvariantCulture))),
        ];
        (string, string)[] ordinary = [("every", "1"), ("unit", "Weekly"), ("monthBy", "day"), ("monthDays", "1"), ("month", "1"), ("lunarDays", "1, 15"), ("offset", "0")];
        var all = always.Concat(ordinary.Where(o => fields.All(f => f.Name != o.Item1))).Concat(fields.Select(f => (f.Name, f.Value))).Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2));
        return new HtmlParser().ParseDocument(await (await browser.PostForm("/lich/moi", all, "/lich/moi")).Content.ReadAsStringAsync());
    }

}
