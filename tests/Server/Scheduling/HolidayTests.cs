using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>The holiday table as the administrator keeps it, and what its changes do to plans.</summary>
public sealed class HolidayTests : IDisposable
{
    private static readonly Actor Administrator = new(9, "quan", "Quản trị mẫu", new HashSet<string> { Roles.Administrator }, AreaScope.All);

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task The_table_that_comes_with_the_program_is_there_at_the_first_start_and_only_then()
    {
        var first = await Table();
        await Change("bien-phong", first.Entries.Single(e => e.Id == "bien-phong") with { Vi = "Ngày Biên phòng" });
        await world.Within(s => new HolidaysAtStart(world.Clock).AtStart(s, false, default));

        var again = await Table();

        Assert.Equal(["tet-duong-lich", "tet-nguyen-dan"], first.Entries.Take(2).Select(e => e.Id));
        Assert.Null(first.Check());
        Assert.Equal(first.Entries.Select(e => e.Id), again.Entries.Select(e => e.Id));
        Assert.Equal("Ngày Biên phòng", again.Entries.Single(e => e.Id == "bien-phong").Vi);
    }

    [Fact]
    public async Task A_source_is_told_in_the_readers_language_unless_somebody_wrote_another()
    {
        var entry = (await Table()).Entries.Single(e => e.Id == "bien-phong");
        await Change("bien-phong", entry with { Source = "Theo hồ sơ của tỉnh" });
        var browser = await world.Server.ClientAs(Roles.Editor);

        var vi = await browser.GetStringAsync("/ngay-le");
        await browser.GetAsync("/ngon-ngu/en?ve=/toi");
        var en = await browser.GetStringAsync("/ngay-le");

        Assert.Contains("Điều 112", vi, StringComparison.Ordinal);
        Assert.DoesNotContain("PublicHoliday", vi, StringComparison.Ordinal);
        Assert.Contains("Labour Code 2019 (45/2019/QH14), article 112", en, StringComparison.Ordinal);
        Assert.DoesNotContain("Điều 112", en, StringComparison.Ordinal);
        Assert.Contains("Theo hồ sơ của tỉnh", en, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_holiday_brings_new_plans_to_the_sites_that_play_by_it_and_to_no_others()
    {
        await world.Published(By(new() { Holidays = new(["bien-phong"]) }, "1"));
        await world.Published(By(new() { Holidays = new(["quoc-khanh"]) }, "2"));
        await world.Published(By(new() { Solar = new("FREQ=DAILY", new(2026, 11, 23)), OnHolidays = new(false) }, "3"));
        var entry = (await Table()).Entries.Single(e => e.Id == "bien-phong");

        await Change("bien-phong", entry with { Solar = new(3, 4) });
        var sent = await world.FulfilWishes();

        Assert.Equal((2, 1), ((await world.Plans(SchedulingWorld.HuuNghi)).Count, (await world.Plans(SchedulingWorld.TanThanh)).Count));
        Assert.Equal(new MonthDay(3, 4), Assert.Single((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Holidays).Solar);
        Assert.Equal(1, sent);
        Assert.Equal("Ngày truyền thống Bộ đội Biên phòng, Ngày Biên phòng toàn dân", await world.Noted("holiday.change", "bien-phong/2"));
    }

    [Fact]
    public async Task A_schedule_whose_holiday_is_over_stays_away_and_the_others_go_on()
    {
        await world.Published(By(new() { Holidays = new(["bien-phong"]) }, "1"));
        await world.Published(SchedulingWorld.Wanted("Hằng ngày", items: [2]));

        await Change("bien-phong", (await Table()).Entries.Single(e => e.Id == "bien-phong") with { ToYear = 2026 }, sure: true);
        await world.FulfilWishes();

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal(["L-2"], plan.Entries.Select(e => e.Id));
        Assert.Empty(plan.Holidays);
    }

    [Fact]
    public async Task Undo_brings_back_what_an_entry_said_and_takes_away_one_that_was_added()
    {
        var before = (await Table()).Entries.Single(e => e.Id == "bien-phong");
        await Change("bien-phong", before with { Days = 3 });
        await Change("hoi-cho", Entry("hoi-cho"), isNew: true);

        await world.Within(s => s.GetRequiredService<ChangeHoliday>().Undo(Administrator, "bien-phong", 1, default));
        await world.Within(s => s.GetRequiredService<ChangeHoliday>().Undo(Administrator, "hoi-cho", 0, default));

        var table = await Table();
        Assert.Equal(1, table.Entries.Single(e => e.Id == "bien-phong").Days);
        Assert.DoesNotContain(table.Entries, e => e.Id == "hoi-cho");
        Assert.Equal([3, 2, 1], (await world.Within(s => s.GetRequiredService<HolidayBook>().History("bien-phong", default))).Select(r => r.Revision));
    }

    [Fact]
    public async Task An_entry_that_a_schedule_names_is_not_removed()
    {
        await world.Save(By(new() { Holidays = new(["bien-phong"]) }, "1"));

        var refused = await Change("bien-phong", null);

        Assert.Equal("holiday.in-use (bien-phong, Theo ngày lễ)", refused.Why?.ToString());
    }

    [Theory]
    [InlineData(31, 11, "holiday.no-such-day", "30/11")]
    [InlineData(1, 13, "holiday.no-such-day", "1/12")]
    public async Task A_day_that_does_not_exist_is_refused_with_the_nearest(int day, int month, string code, string proposal)
    {
        var refused = await Change("hoi-cho", Entry("hoi-cho") with { Solar = new(month, day) }, isNew: true);

        Assert.Equal((code, proposal), (refused.Why?.Code, refused.Why?.With[^1]));
    }

    [Fact]
    public async Task An_administrator_of_a_province_does_not_change_the_table_of_the_country()
    {
        var province = await world.Server.ClientAs(Roles.Administrator, new AreaScope(false, ["20"], [], []));
        province.DefaultRequestHeaders.Add("X-BorderInfo", "1");

        var written = await province.PutAsJsonAsync("/api/v1/holidays/bien-phong", Entry("bien-phong"));

        Assert.Contains("holiday.not-allowed", await written.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("/ngay-le/bien-phong", await province.GetStringAsync("/ngay-le"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_changes_the_table_and_everybody_who_schedules_reads_it()
    {
        var editor = await world.Server.ClientAs(Roles.Editor);
        editor.DefaultRequestHeaders.Add("X-BorderInfo", "1");

        var page = await editor.GetStringAsync("/ngay-le");
        var form = await editor.GetAsync("/ngay-le/bien-phong");
        var written = await editor.PutAsJsonAsync("/api/v1/holidays/bien-phong", Entry("bien-phong"));

        Assert.Contains("Giỗ Tổ Hùng Vương", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/ngay-le/bien-phong", page, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, form.StatusCode);
        Assert.Contains("holiday.not-allowed", await written.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_administrator_adds_and_ends_a_holiday_in_the_form()
    {
        var browser = await world.Server.ClientAs(Roles.Administrator);

        var refused = await browser.PostForm("/ngay-le/moi", Form(("id", "hoi-cho"), ("day", "31"), ("month", "11")), "/ngay-le/moi");
        var added = await browser.PostForm("/ngay-le/moi", Form(("id", "hoi-cho"), ("day", "30"), ("month", "11")), "/ngay-le/moi");
        var ended = await browser.PostForm("/ngay-le/hoi-cho", Form(("revision", "1"), ("day", "30"), ("month", "11"), ("toYear", "2027")), "/ngay-le/hoi-cho");
        var stale = await browser.PostForm("/ngay-le/hoi-cho", Form(("revision", "1"), ("day", "29"), ("month", "11")), "/ngay-le/hoi-cho");
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/ngay-le/hoi-cho"));

        Assert.Contains("30/11", new HtmlParser().ParseDocument(await refused.Content.ReadAsStringAsync()).QuerySelector(".alert-danger")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.Found, HttpStatusCode.OK], new[] { added.StatusCode, ended.StatusCode, stale.StatusCode });
        Assert.Equal("2027", page.GetElementById("toYear")!.GetAttribute("value"));
        var entry = (await Table()).Entries[^1];
        Assert.Equal(("hoi-cho", "Hội chợ mẫu", HolidayKind.Tradition, new MonthDay(11, 30), 2027), (entry.Id, entry.Vi, entry.Kind, entry.Solar, entry.ToYear));
    }

    public void Dispose() => world.Dispose();

    private static Holiday Entry(string id) => new() { Id = id, Vi = "Hội chợ mẫu", En = "Sample fair", Kind = HolidayKind.Tradition, Solar = new(11, 30) };

    private static IEnumerable<KeyValuePair<string, string>> Form(params (string Name, string Value)[] fields) =>
        new (string Name, string Value)[] { ("_handler", "ngay-le"), ("vi", "Hội chợ mẫu"), ("en", "Sample fair"), ("kind", "Tradition"), ("calendar", "solar"), ("offset", "0"), ("days", "1") }
            .Concat(fields).Select(f => new KeyValuePair<string, string>(f.Name, f.Value));

    private static ScheduleView By(DayRule rule, string cluster) => SchedulingWorld.Wanted("Theo ngày lễ", targets: [new(TargetWidth.Cluster, cluster)]) with { Days = rule };

    private Task<HolidayTable> Table() => world.Within(s => s.GetRequiredService<IHolidays>().Table(default));

    private Task<Outcome<ChangeHoliday.Done>> Change(string id, Holiday? entry, bool isNew = false, bool sure = false) =>
        world.Within(s => s.GetRequiredService<ChangeHoliday>().Handle(new(Administrator, id, entry, isNew, Sure: sure), default));
}
