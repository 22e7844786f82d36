using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>“Nhịp phát” as an editor meets it in the form, and a program at the API.</summary>
public sealed class PacePageTests : IDisposable
{
    private static readonly SchedulePace Some = new() { SharePercent = 25, MostPerHour = 6, LeastGapSeconds = 300, SlotMinutes = 10 };

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task What_is_typed_is_told_in_words_saved_and_stands_there_when_opened_again()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        var look = await Post(browser, "look", ("share", "25"), ("mostPerHour", "6"), ("leastGap", "5"), ("gapUnit", "minutes"), ("slotMinutes", "10"));
        var none = await world.Within(s => s.GetRequiredService<ISchedules>().All(default));
        await Post(browser, "save", ("share", "25"), ("mostPerHour", "6"), ("leastGap", "5"), ("gapUnit", "minutes"), ("slotMinutes", "10"));
        var opened = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/1"));

        const string said = "chiếm 25 % mỗi giờ · mỗi tin, bài tối đa 6 lần mỗi giờ · mỗi tin, bài cách nhau ít nhất 5 phút · khung chương trình 10 phút";
        Assert.Equal($"Nhịp phát: {said}", look.QuerySelector("#nhip summary")!.TextContent);
        Assert.Contains(said, look.QuerySelector("#ngay-phat p")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(none);
        Assert.Equal(Some, (await Stand(1)).Newest.Pace);
        Assert.Equal(["25", "6", "5"], new[] { "share", "mostPerHour", "leastGap" }.Select(id => opened.GetElementById(id)!.GetAttribute("value")));
        Assert.Equal("10", ((IHtmlSelectElement)opened.GetElementById("slotMinutes")!).Value);
        Assert.True(opened.GetElementById("nhip")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Seconds_stay_seconds_and_step_stays_step()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        await Post(browser, "save", ("share", "600"), ("shareUnit", "seconds"), ("leastGap", "90"), ("gapUnit", "seconds"));
        await Post(browser, "save", ("inStep", "1"));
        var opened = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/1"));

        Assert.Equal((new() { ShareSeconds = 600, LeastGapSeconds = 90 }, new() { InStep = true }), ((await Stand(1)).Newest.Pace, (await Stand(2)).Newest.Pace));
        Assert.Equal(["seconds", "seconds"], opened.QuerySelectorAll("#nhip select").OfType<IHtmlSelectElement>().Take(2).Select(s => s.Value));
        Assert.Equal("90", opened.GetElementById("leastGap")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_plain_schedule_keeps_its_pace_folded_and_empty()
    {
        var browser = await world.Server.ClientAs(Roles.Editor);

        await Post(browser, "save");
        var opened = new HtmlParser().ParseDocument(await browser.GetStringAsync("/lich/1"));

        Assert.Equal(SchedulePace.None, (await Stand(1)).Newest.Pace);
        Assert.False(opened.GetElementById("nhip")!.HasAttribute("open"));
    }

    [Theory]
    [InlineData("share", "101", "", "Thời lượng mỗi giờ|100")]
    [InlineData("share", "nhiều", "", "Thời lượng mỗi giờ|25")]
    [InlineData("share", "4000", "shareUnit=seconds", "Thời lượng mỗi giờ|3600")]
    [InlineData("mostPerHour", "0", "", "Số lần phát tối đa mỗi giờ|1")]
    [InlineData("leastGap", "721", "gapUnit=minutes", "Giãn cách tối thiểu|43200")]
    [InlineData("slotMinutes", "25", "", "Khung chương trình|20")]
    [InlineData("inStep", "1", "share=10", "Màn hình phát cùng lúc với loa|bỏ chọn")]
    public async Task A_refused_pace_names_its_field_proposes_and_stays_as_typed(string field, string value, string more, string said)
    {
        var browser = await world.Server.ClientAs(Roles.Editor);
        (string, string)[] fields = more.Length == 0 ? [(field, value)] : [(field, value), (more.Split('=')[0], more.Split('=')[1])];

        var page = await Post(browser, "save", fields);

        var alert = page.QuerySelector(".alert-danger")!.TextContent;
        Assert.Contains(said.Split('|')[0] + ":", alert, StringComparison.Ordinal);
        Assert.Contains(said.Split('|')[1], alert, StringComparison.Ordinal);
        Assert.True(page.GetElementById("nhip")!.HasAttribute("open"));
        var input = page.QuerySelector($"#nhip [name={field}]")!;
        Assert.Contains("is-invalid", input.ClassName, StringComparison.Ordinal);
        Assert.Equal(value, input is IHtmlSelectElement select ? select.Value : input.GetAttribute("value"));
        Assert.Empty(await world.Within(s => s.GetRequiredService<ISchedules>().All(default)));
    }

    [Fact]
    public async Task The_api_takes_gives_and_explains_a_pace()
    {
        var program = await world.Server.ClientAs(Roles.Editor);
        program.DefaultRequestHeaders.Add("X-BorderInfo", "1");
        var ask = new { name = "Nhịp", tier = "Programme", items = new[] { "T-1" }, targets = new[] { new { width = "Cluster", key = "1" } }, from = "2026-11-23", windows = new[] { new { from = "07:00", to = "09:00" } }, pace = (object?)new { sharePercent = 25, leastGapSeconds = 300 } };

        var made = await program.PostAsJsonAsync("/api/v1/schedules/", ask);
        using var read = JsonDocument.Parse(await program.GetStringAsync("/api/v1/schedules/1"));
        var both = await program.PutAsJsonAsync("/api/v1/schedules/1", ask with { pace = new { sharePercent = 25, shareSeconds = 900 } });
        var slot = await program.PostAsJsonAsync("/api/v1/schedules/days", ask with { pace = new { slotMinutes = 7 } });
        var none = await program.PutAsJsonAsync("/api/v1/schedules/1", ask with { pace = null });
        var api = await program.GetStringAsync("/openapi/v1.json");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (made.StatusCode, none.StatusCode));
        Assert.Equal((25, 300, JsonValueKind.Null), (Member(read, "sharePercent").GetInt32(), Member(read, "leastGapSeconds").GetInt32(), Member(read, "shareSeconds").ValueKind));
        Assert.Contains("\"field\":\"pace.shareSeconds\"", await both.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Có thể dùng 6.", await slot.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(SchedulePace.None, (await Stand(1)).Newest.Pace);
        Assert.Contains("needs an agent of contract level 3", api, StringComparison.Ordinal);
        Assert.Contains("Programme slots of so many minutes", api, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undoing_copying_and_leaving_out_a_day_keep_the_pace()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Nhịp") with { Pace = Some })).Value.Id;
        await world.Save((await Stand(id)).Newest with { Pace = new() { InStep = true } });

        var left = (await world.Within(s => s.GetRequiredService<ChangeOccurrence>().Handle(new(SchedulingWorld.Editor(), id, new(2026, 11, 25), null), default))).Value.Schedule;
        var copy = (await world.Within(s => s.GetRequiredService<CopySchedule>().Handle(new(SchedulingWorld.Editor(), id, 0, new(2026, 12, 1)), default))).Value;
        var undone = (await world.Within(s => s.GetRequiredService<UndoChange>().Handle(new(SchedulingWorld.Editor(), id, 1), default))).Value;

        Assert.Equal((new() { InStep = true }, new() { InStep = true }, Some), (left.Newest.Pace, copy.Newest.Pace, undone.Newest.Pace));
    }

    [Fact]
    public async Task What_changes_if_I_publish_this_names_the_pace()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Nhịp", targets: [new(TargetWidth.Device, "1/LED-1")]));
        await world.Save((await Stand(id)).Newest with { Pace = Some });
        var browser = await world.Server.ClientAs(Roles.Editor);

        var change = Assert.Single((await world.Within(s => s.GetRequiredService<PreviewPublish>().Handle(new(SchedulingWorld.Editor(), [id]), default))).Value.Sites);
        var page = new HtmlParser().ParseDocument(await browser.GetStringAsync($"/phat-hanh/xem-truoc?lich={id}"));

        Assert.Equal(["pace"], change.Difference.Fields[id]);
        Assert.Equal(TestClusters.Led, Assert.Single(change.Air!.Screens).Output);
        Assert.Contains("nhịp phát", page.QuerySelector("#noi-dung, main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equals_that_promise_more_than_the_hour_are_refused_by_name_when_publishing()
    {
        await world.Published(SchedulingWorld.Wanted("Đã có", targets: [new(TargetWidth.Device, "1/LED-1")]) with { Pace = new() { SharePercent = 70 } });
        var id = (await world.Save(SchedulingWorld.Wanted("Quá nhiều", items: [2], targets: [new(TargetWidth.Device, "1/LED-1")]) with { Pace = new() { SharePercent = 40 } })).Value.Id;

        var publish = await world.Publish(null, id);
        await world.Save((await Stand(id)).Newest with { Pace = new() { SharePercent = 30 } });
        var fitting = await world.Publish(null, id);

        Assert.Equal(("publish.shares", "Cụm mẫu 1", "Bảng LED cổng"), (publish.Why?.Code, publish.Why?.With[0], publish.Why?.With[1]));
        Assert.Null(fitting.Why);
    }

    public void Dispose() => world.Dispose();

    private static JsonElement Member(JsonDocument read, string name) => read.RootElement.GetProperty("pace").GetProperty(name);

    private async Task<ScheduleStand> Stand(long id) => (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!;

    private static async Task<IHtmlDocument> Post(HttpClient browser, string act, params (string Name, string Value)[] fields)
    {
        (string, string)[] always =
        [
            ("_handler", "soan"), ("act", act), ("tier", "Programme"), ("number", "500"), ("from", "2026-11-23"), ("name", "Mẫu"), ("item", "T-1"), ("target", "Cluster:1"), ("windowFrom", "07:00"), ("windowTo", "09:00"), ("repeat", "Plain"), ("offset", "0"),
            .. Enumerable.Range(0, 7).Select(d => ("weekday", (1 << d).ToString(System.Globalization.CultureInfo.InvariantCulture))),
        ];
        var all = always.Concat(fields).Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2));
        return new HtmlParser().ParseDocument(await (await browser.PostForm("/lich/moi", all, "/lich/moi")).Content.ReadAsStringAsync());
    }
}
