using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Notices;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Content;

/// <summary>Items with hours of their own: written, checked, kept with their version, shown in the list and the form.</summary>
public sealed class NoticeTests
{
    private static readonly DateTimeOffset Now = new(2026, 4, 13, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_notice_is_kept_with_its_version_and_ends_with_its_last_window_whatever_end_is_sent()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        object[] mixed = [Notices.Window(room.Day(2), "08:00", "09:00"), Notices.Window(room.Day(1), "15:30", "17:30"), Notices.Window(room.Day(1), "07:00", "10:00")];

        var id = await room.Draft(editor, "Tạm dừng thông quan", room.Notice(" 15/TB-BQL ", mixed, onlyThen: true, leadMinutes: 30));

        var item = (await editor.GetFromJsonAsync<JsonElement>($"/api/v1/items/{id}")).GetProperty("item");
        Assert.Equal(LocalTime.Utc(room.Day(2), new(9, 0)), item.GetProperty("validUntil").GetDateTimeOffset());
        var notice = item.GetProperty("notice");
        Assert.Equal(("15/TB-BQL", true, 30), (notice.GetProperty("number").GetString(), notice.GetProperty("onlyThen").GetBoolean(), notice.GetProperty("leadMinutes").GetInt32()));
        Assert.Equal(["07:00:00", "15:30:00", "08:00:00"], notice.GetProperty("windows").EnumerateArray().Select(w => w.GetProperty("from").GetString()));
        Assert.Equal(JsonValueKind.Null, (await editor.GetFromJsonAsync<JsonElement>($"/api/v1/items/{await room.NewItem(editor, ("vi", "Thường"))}")).GetProperty("item").GetProperty("notice").ValueKind);
    }

    [Fact]
    public async Task A_change_of_the_hours_is_a_new_version_with_another_fingerprint_and_is_told_in_words()
    {
        await using var room = new Newsroom();
        var (editor, approver) = (await room.As(Roles.Editor), await room.As(Roles.Approver));
        var id = await room.Released(editor, approver, "Tạm dừng", room.Notice("15/TB-BQL"));
        var before = await Print(editor, id);

        await Newsroom.Good(await editor.PutAsJsonAsync($"/api/v1/items/{id}", new { stamp = (int?)null, fields = room.Fields("Tạm dừng", room.Notice("15/TB-BQL", [Notices.Window(room.Day(1), "07:00", "11:00")])) }));
        var after = await Print(editor, id);

        Assert.NotEqual(before, after);
        Assert.Contains("Thay đổi: Hiệu lực, Khung giờ", Plain(await editor.GetStringAsync($"/noi-dung/{id}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_of_a_notice_changes_the_fingerprint_and_ordinary_items_keep_theirs()
    {
        var notice = new Notice("15", [new(new(2026, 4, 14), new(7, 0), new(10, 0))], false, 0, null);
        var item = new ItemVersion(new(7), 2, "Tiêu đề", "law", BulletinClass.Normal, Now, Now.AddDays(2), ItemState.Submitted, [], "20", [], Now);
        Notice?[] all = [null, notice, notice with { Number = "16" }, notice with { OnlyThen = true }, notice with { OnlyThen = true, LeadMinutes = 5 }, notice with { Replaces = new(3) }, notice with { Replaces = new(3), ReplacedNumber = "12" }, notice with { Windows = [new(new(2026, 4, 14), new(7, 0), new(10, 1))] }];

        var prints = all.Select(n => ItemFingerprint.Of(item with { Notice = n })).ToArray();

        Assert.Equal(all.Length, prints.Distinct().Count());
        Assert.Equal(OrdinaryPrint, prints[0]);
    }

    /// <summary>As it was before there were notices.</summary>
    private const string OrdinaryPrint = "27aa81c575d22ed2";

    [Theory]
    [InlineData("", "content.notice-no-window", "notice.windows")]
    [InlineData("2026-04-14 07:00 07:00", "content.notice-window-empty", "notice.windows")]
    [InlineData("2026-04-14 07:00 10:00;2026-04-14 09:00 11:00", "content.notice-windows-overlap", "notice.windows")]
    [InlineData("2026-04-14 22:00 02:00;2026-04-15 01:00 03:00", "content.notice-windows-overlap", "notice.windows")]
    [InlineData("2026-04-12 07:00 10:00", "content.notice-past", "notice.windows")]
    [InlineData("2026-04-31 07:00 10:00", "schedule.no-such-day", "notice.windows")]
    [InlineData("hôm nào 07:00 10:00", "schedule.not-a-day", "notice.windows")]
    [InlineData("2026-04-14 7h 10:00", "content.notice-not-a-time", "notice.windows")]
    [InlineData("2026-04-14 07:00 25:00", "content.notice-not-a-time", "notice.windows")]
    [InlineData("2026-04-14 07:00 10:00;2026-06-14 07:00 10:00", "content.notice-too-long", "notice.windows")]
    [InlineData("x25", "content.notice-too-many", "notice.windows")]
    public void Hours_that_cannot_be_are_refused_with_their_field(string windows, string code, string field)
    {
        var typed = windows == "x25" ? Enumerable.Range(0, 25).Select(n => new NoticeTimes("2026-04-14", $"{n / 2:00}:{n % 2 * 30:00}", $"{n / 2:00}:{(n % 2 * 30) + 10:00}"))
            : windows.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split(' ')).Select(w => new NoticeTimes(string.Join(' ', w[..^2]), w[^2], w[^1]));

        var why = new NoticeFields("", [.. typed]).Checked(Now).Why;

        Assert.Equal((code, field), (why?.Code, why?.Field));
    }

    [Fact]
    public void An_impossible_date_is_refused_with_the_one_that_is_meant() =>
        Assert.Equal(["2026-04-31", "30/04/2026"], new NoticeFields("", [new("2026-04-31", "07:00", "10:00")]).Checked(Now).Why!.With);

    [Theory]
    [InlineData("2026-04-14 00:00 00:00", "2026-04-14T17:00:00Z")]
    [InlineData("14/4/2026 22:00 02:00", "2026-04-14T19:00:00Z")]
    [InlineData("2026-04-14 07:00 10:00;2026-04-14 10:00 11:00", "2026-04-14T04:00:00Z")]
    public void Hours_that_touch_or_run_over_midnight_are_taken(string windows, string end)
    {
        var typed = windows.Split(';').Select(w => w.Split(' ')).Select(w => new NoticeTimes(w[0], w[1], w[2]));

        Assert.Equal(DateTimeOffset.Parse(end), new NoticeFields("", [.. typed]).Checked(Now).Value.End());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1441)]
    public void A_lead_of_more_than_a_day_or_less_than_nothing_is_refused(int lead) =>
        Assert.Equal(("content.notice-lead-range", "notice.leadMinutes"), new NoticeFields("", [new("2026-04-14", "07:00", "10:00")], true, lead).Checked(Now).Why is var why ? (why?.Code, why?.Field) : default);

    [Theory]
    [InlineData(0, "07:00–10:00 15:30–17:30 +08:00–09:00")]
    [InlineData(60, "06:00–10:00 14:30–17:30 +07:00–09:00")]
    [InlineData(330, "05:00–17:30 +02:30–09:00")]
    public void Shown_only_then_means_from_so_long_before_each_window_to_its_end(int lead, string times)
    {
        var day = new DateOnly(2026, 4, 14);
        var notice = new Notice("", [new(day, new(7, 0), new(10, 0)), new(day, new(15, 30), new(17, 30)), new(day.AddDays(1), new(8, 0), new(9, 0))], true, lead, null);

        var told = notice.Times(LocalTime.Utc(day, new(5, 0)));

        Assert.Equal(times, string.Join(' ', told.Select(t => (LocalTime.Day(t.From) == day ? "" : "+") + $"{LocalTime.Of(t.From):HH:mm}–{LocalTime.Of(t.Until):HH:mm}")));
        Assert.Empty((notice with { OnlyThen = false }).Times(Now));
    }

    [Fact]
    public async Task What_may_not_be_replaced_is_refused_and_nothing_is_saved()
    {
        await using var room = new Newsroom();
        var (editor, approver, everywhere) = (await room.As(Roles.Editor), await room.As(Roles.Approver), await room.As(Roles.Editor, AreaScope.All));
        var ordinary = await room.Released(editor, approver, "Tin thường", null);
        var never = await room.Draft(editor, "Chưa duyệt", room.Notice("9"));
        var first = await room.Released(editor, approver, "Thông báo 1", room.Notice("1"));
        var second = await room.Released(editor, approver, "Thông báo 2", room.Notice("2", replaces: null));
        await Newsroom.Good(await editor.PutAsJsonAsync($"/api/v1/items/{second}", new { stamp = (int?)null, fields = room.Fields("Thông báo 2", room.Notice("2", replaces: first)) }));

        async Task<string?> Refused(string? id, string replaces) => await Newsroom.Code(id is null
            ? await room.Post(editor, "Mới", room.Notice("3", replaces: replaces))
            : await editor.PutAsJsonAsync($"/api/v1/items/{id}", new { stamp = (int?)null, fields = room.Fields("Mới", room.Notice("3", replaces: replaces)) }));

        Assert.Equal("content.notice-replaces-no-notice", await Refused(null, ordinary));
        Assert.Equal("content.notice-replaces-unreleased", await Refused(null, never));
        Assert.Equal("content.notice-replaces-unknown", await Refused(null, "T-9999"));
        Assert.Equal("content.notice-replaces-unknown", await Refused(null, "11/4"));
        Assert.Equal("content.notice-replaces-itself", await Refused(first, first));
        Assert.Equal("content.notice-replaces-cycle", await Refused(first, second));
        Assert.Equal("content.notice-replaces-elsewhere", await Newsroom.Code(await everywhere.PostAsJsonAsync("/api/v1/items", new { provinceCode = "", fields = room.Fields("Cả nước", room.Notice(replaces: first)) })));
        Assert.Equal(4, (await editor.GetFromJsonAsync<JsonElement>("/api/v1/items")).GetProperty("total").GetInt32());
        Assert.Equal(3, (await editor.GetFromJsonAsync<JsonElement>("/api/v1/items?notices=true")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_copy_keeps_the_hours_and_replaces_nothing()
    {
        await using var room = new Newsroom();
        var (editor, approver) = (await room.As(Roles.Editor), await room.As(Roles.Approver));
        var first = await room.Released(editor, approver, "Thông báo 1", room.Notice("1"));
        var second = await room.Draft(editor, "Thông báo 2", room.Notice("2", replaces: first));

        var copy = (await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{second}/duplicate", null))).GetProperty("notice");

        Assert.Equal(("2", JsonValueKind.Null, 3), (copy.GetProperty("number").GetString(), copy.GetProperty("replaces").ValueKind, copy.GetProperty("windows").GetArrayLength()));
    }

    [Fact]
    public async Task The_list_marks_notices_and_shows_them_alone_when_asked()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        await room.Draft(editor, "Có khung giờ", room.Notice("15/TB-BQL"));
        await room.NewItem(editor, ("vi", "Tin thường"));

        var all = Plain(await editor.GetStringAsync("/noi-dung"));
        var alone = Plain(await editor.GetStringAsync("/noi-dung?tb=1"));

        Assert.Contains("Có khung giờ", all, StringComparison.Ordinal);
        Assert.Contains("Thông báo thử", all, StringComparison.Ordinal);
        Assert.Contains("Có khung giờ", alone, StringComparison.Ordinal);
        Assert.DoesNotContain("Thông báo thử", alone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_takes_rows_by_post_keeps_what_was_typed_and_says_which_field_is_wrong()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        (string, string)[] typed =
        [
            ("title", "Tạm dừng"), ("theme", "gate-procedure"), ("area", "20"), ("class", "Normal"), ("look", "1"), ("from", LocalTime.Field(room.Clock.GetUtcNow())), ("text-vi", Notices.Text), ("note", ""),
            ("notice", "1"), ("noticeNumber", "15/TB-BQL"), ("noticeDay", $"{room.Day(1):yyyy-MM-dd}"), ("noticeFrom", "07:00"), ("noticeTo", "07:00"), ("noticeLead", "0"), ("noticeReplaces", ""),
        ];

        var more = await Send(editor, [.. typed, ("act", "notice-add")]);
        var refused = await Send(editor, [.. typed, ("act", "save")]);
        var total = (await editor.GetFromJsonAsync<JsonElement>("/api/v1/items")).GetProperty("total").GetInt32();
        await Send(editor, [.. typed.Select(t => t.Item1 == "noticeTo" ? ("noticeTo", "10:00") : t), ("act", "save")]);

        Assert.Equal(2, Count(more, "name=\"noticeDay\""));
        Assert.Contains("value=\"15/TB-BQL\"", more, StringComparison.Ordinal);
        Assert.Contains("Khung giờ: Khung 07:00–07:00", Plain(refused), StringComparison.Ordinal);
        Assert.Contains("value=\"07:00\"", refused, StringComparison.Ordinal);
        Assert.Contains(Notices.Text, Plain(refused), StringComparison.Ordinal);
        Assert.Equal(0, total);
        var saved = (await editor.GetFromJsonAsync<JsonElement>("/api/v1/items")).GetProperty("items")[0];
        Assert.Equal(LocalTime.Utc(room.Day(1), new(10, 0)), saved.GetProperty("validUntil").GetDateTimeOffset());
        Assert.Contains($"Hết hiệu lực: {LocalTime.Text(room.Day(1))} 10:00", Plain(await editor.GetStringAsync($"/noi-dung/{saved.GetProperty("id").GetString()}")), StringComparison.Ordinal);
    }

    private static async Task<string?> Print(HttpClient reader, string id) => (await reader.GetFromJsonAsync<JsonElement>($"/api/v1/items/{id}")).GetProperty("fingerprint").GetString();

    private static async Task<string> Send(HttpClient editor, (string Name, string Value)[] fields)
    {
        var answer = await editor.PostForm("/noi-dung/moi", fields.Append(("_handler", "item")).Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2)), "/noi-dung/moi");
        return await answer.Content.ReadAsStringAsync();
    }

    private static int Count(string page, string what) => page.Split(what).Length - 1;

    private static string Plain(string page) => System.Net.WebUtility.HtmlDecode(page);
}
