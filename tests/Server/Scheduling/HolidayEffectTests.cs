using System.Net;
using System.Net.Http.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>What a changed holiday does to schedules on air: told before it is saved, and to those whose schedules they are after.</summary>
public sealed class HolidayEffectTests : IDisposable
{
    private static readonly Actor Administrator = new(9, "quan", "Quản trị mẫu", new HashSet<string> { Roles.Administrator }, AreaScope.All);

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_change_that_leaves_a_published_schedule_without_a_day_is_made_only_by_who_is_sure()
    {
        await world.Published(By("bien-phong"));
        var over = (await Table()).Entries.Single(e => e.Id == "bien-phong") with { ToYear = 2026 };

        var unsure = await Change(over);
        var kept = await Table();
        var sure = await Change(over, sure: true);

        Assert.Equal("holiday.leaves-none (Theo ngày lễ)", unsure.Why?.ToString());
        Assert.Null(kept.Entries.Single(e => e.Id == "bien-phong").ToYear);
        Assert.Null(sure.Why);
    }

    [Fact]
    public async Task A_draft_or_another_day_asks_nobody()
    {
        await world.Save(By("bien-phong"));
        await world.Published(By("quoc-khanh"));
        var table = await Table();

        var draft = await Change(table.Entries.Single(e => e.Id == "bien-phong") with { ToYear = 2026 });
        var moved = await Change(table.Entries.Single(e => e.Id == "quoc-khanh") with { Days = 3 });

        Assert.Equal((null, null), (draft.Why, moved.Why));
    }

    [Fact]
    public async Task The_form_lists_what_changes_and_is_saved_with_the_tick()
    {
        await world.Published(By("bien-phong") with { Name = "Chỉ ngày Biên phòng" });
        await world.Published(By("bien-phong", "quoc-khanh") with { Name = "Hai ngày" });
        var browser = await world.Server.ClientAs(Roles.Administrator);
        var form = Form(("day", "3"), ("month", "3"), ("toYear", "2026"));

        var first = new HtmlParser().ParseDocument(await (await browser.PostForm("/ngay-le/bien-phong", form, "/ngay-le/bien-phong")).Content.ReadAsStringAsync());
        var before = (await Table()).Entries.Single(e => e.Id == "bien-phong").ToYear;
        var second = await browser.PostForm("/ngay-le/bien-phong", [.. form, new("sure", "1")], "/ngay-le/bien-phong");

        var told = first.QuerySelectorAll(".alert-danger li").Select(li => System.Text.RegularExpressions.Regex.Replace(li.TextContent, @"\s+", " ").Trim()).ToArray();
        Assert.Equal(["Chỉ ngày Biên phòng: không còn ngày phát nào", "Hai ngày: lần phát tới từ 03/03/2027 thành 02/09/2027"], told);
        Assert.Null(before);
        Assert.NotNull(first.QuerySelector("input[name=sure]"));
        Assert.Equal(HttpStatusCode.Found, second.StatusCode);
        Assert.Equal(2026, (await Table()).Entries.Single(e => e.Id == "bien-phong").ToYear);
    }

    [Fact]
    public async Task Going_back_in_the_history_asks_and_is_made_with_the_tick()
    {
        var over = (await Table()).Entries.Single(e => e.Id == "bien-phong") with { ToYear = 2026 };
        await Change(over);
        await Change(over with { ToYear = null });
        await world.Published(By("bien-phong") with { Name = "Chỉ ngày Biên phòng" });
        var browser = await world.Server.ClientAs(Roles.Administrator);

        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync("/ngay-le/bien-phong"));
        await browser.PostForm("/ngay-le/bien-phong/hoan-tac", [new("to", "2")], "/ngay-le/bien-phong");
        var unsure = (await Table()).Entries.Single(e => e.Id == "bien-phong").ToYear;
        await browser.PostForm("/ngay-le/bien-phong/hoan-tac", [new("to", "2"), new("sure", "1")], "/ngay-le/bien-phong");

        var back = page.QuerySelectorAll("form[action$=hoan-tac]");
        Assert.All(back, f => Assert.NotEmpty(f.GetAttribute("data-confirm")!));
        Assert.Equal([("2", true), ("1", false)], back.Select(f => (f.QuerySelector("input[name=to]")!.GetAttribute("value")!, f.QuerySelector("input[name=sure][required]") is not null)));
        Assert.Contains("Chỉ ngày Biên phòng", back[0].TextContent, StringComparison.Ordinal);
        Assert.Equal((null, 2026), (unsure, (await Table()).Entries.Single(e => e.Id == "bien-phong").ToYear));
    }

    [Fact]
    public async Task A_program_is_refused_without_sure()
    {
        await world.Published(By("bien-phong"));
        var program = await world.Server.ClientAs(Roles.Administrator);
        program.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        var over = (await Table()).Entries.Single(e => e.Id == "bien-phong") with { ToYear = 2026 };

        var unsure = await program.PutAsJsonAsync("/api/v1/holidays/bien-phong", over, BorderInfo.Server.Platform.Pages.ApiJson.Options);
        var sure = await program.PutAsJsonAsync("/api/v1/holidays/bien-phong?sure=true", over, BorderInfo.Server.Platform.Pages.ApiJson.Options);

        Assert.Contains("holiday.leaves-none", await unsure.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, sure.StatusCode);
    }

    [Fact]
    public async Task Editors_are_told_of_their_schedules_that_have_no_day_left()
    {
        await world.Published(By("bien-phong"));
        await Change((await Table()).Entries.Single(e => e.Id == "bien-phong") with { ToYear = 2026 }, sure: true);

        var editor = await world.Server.ClientAs(Roles.Editor);
        var elsewhere = await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["52"], [], []));

        Assert.Contains("Lịch “Theo ngày lễ” đang phát hành nhưng không còn ngày phát nào", WebUtility.HtmlDecode(await editor.GetStringAsync("/")), StringComparison.Ordinal);
        Assert.DoesNotContain("không còn ngày phát nào", WebUtility.HtmlDecode(await elsewhere.GetStringAsync("/")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_public_holiday_touches_schedules_that_play_only_on_public_holidays()
    {
        Holiday Of(string id, int day) => new() { Id = id, Vi = id, En = id, Kind = HolidayKind.PublicHoliday, Solar = new(12, day) };
        var published = SchedulingWorld.Wanted("Chỉ ngày nghỉ lễ") with { Days = new() { Solar = new("FREQ=DAILY", new(2026, 11, 23)), OnHolidays = new(true) } };
        var stand = new ScheduleStand(published, published, ScheduleStanding.Published, AreaScope.All, 1, null, 7);
        HolidayTable table = new([Of("mot", 1), Of("hai", 2)]);

        var one = HolidayEffect.Of([stand], "mot", table, new([table.Entries[1]]), new(2026, 11, 23));
        var last = HolidayEffect.Of([stand], "hai", new([table.Entries[1]]), HolidayTable.Empty, new(2026, 11, 23));
        var none = HolidayEffect.Of([stand], "mot", table, new([table.Entries[1], table.Entries[0]]), new(2026, 11, 23));

        Assert.Equal((new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 2), false), (Assert.Single(one).Before!.Value, one[0].After!.Value, one[0].LeavesNone));
        Assert.True(Assert.Single(last).LeavesNone);
        Assert.Empty(none);
    }

    [Fact]
    public async Task A_plan_made_for_a_holiday_and_one_that_could_not_be_made_name_it_and_not_its_id()
    {
        await world.Published(By("bien-phong"));
        await Change((await Table()).Entries.Single(e => e.Id == "bien-phong") with { Solar = new(3, 4) });
        await world.FulfilWishes();
        await world.Within(async s =>
        {
            var db = s.GetRequiredService<BorderInfoDb>();
            db.Add(new RepublishWish { Cause = PublishCause.HolidayChanged, Key = "quoc-khanh", MadeAt = world.Clock.GetUtcNow(), NotBefore = world.Clock.GetUtcNow().AddDays(1), Tries = 1, LastRefusal = StuckWish.Kept(new("plan.too-large", "1", "2")) });
            return await db.SaveChangesAsync();
        });

        var what = await world.Within(s => s.GetRequiredService<BorderInfoDb>().Set<PublishRow>().AsNoTracking().Where(p => p.Cause == PublishCause.HolidayChanged).Select(p => p.What).SingleAsync());
        var page = WebUtility.HtmlDecode(await (await world.Server.ClientAs(Roles.Administrator)).GetStringAsync("/phat-hanh"));

        Assert.Equal("Ngày truyền thống Bộ đội Biên phòng, Ngày Biên phòng toàn dân", what);
        Assert.Contains("Ngày lễ thay đổi, Quốc khánh", page, StringComparison.Ordinal);
        Assert.DoesNotContain("quoc-khanh", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Days_left_out_stay_when_the_holiday_of_the_rule_is_gone_and_the_form_puts_it_right()
    {
        OccurrenceId[] left = [new("2027-03-03"), new("L2028-01-15")];
        var broken = By("da-bo") with { Days = new() { Holidays = new(["da-bo"]), Exclusions = left } };

        var (draft, _) = RepeatDraft.Of(broken, HolidayTable.Empty);
        draft.Named = ["bien-phong"];
        var mended = draft.Typed(broken with { Days = null }, new([new() { Id = "bien-phong", Vi = "Biên phòng", En = "Border guard", Kind = HolidayKind.Anniversary, Solar = new(3, 3) }])).Value;

        Assert.Equal(left, mended.Days!.Exclusions);
        Assert.Equal(["bien-phong"], mended.Days.Holidays!.Ids);
    }

    public void Dispose() => world.Dispose();

    private static IReadOnlyList<KeyValuePair<string, string>> Form(params (string Name, string Value)[] fields) =>
        [.. new (string Name, string Value)[] { ("_handler", "ngay-le"), ("revision", "1"), ("vi", "Biên phòng"), ("en", "Border guard"), ("kind", "Anniversary"), ("calendar", "solar"), ("offset", "0"), ("days", "1") }.Concat(fields).Select(f => new KeyValuePair<string, string>(f.Name, f.Value))];

    private static ScheduleView By(params string[] holidays) => SchedulingWorld.Wanted("Theo ngày lễ") with { Days = new() { Holidays = new(holidays) } };

    private Task<HolidayTable> Table() => world.Within(s => s.GetRequiredService<IHolidays>().Table(default));

    private Task<Outcome<ChangeHoliday.Done>> Change(Holiday entry, bool sure = false) =>
        world.Within(s => s.GetRequiredService<ChangeHoliday>().Handle(new(Administrator, entry.Id, entry, Sure: sure), default));
}
