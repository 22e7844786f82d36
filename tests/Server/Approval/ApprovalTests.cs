using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Tests.Server.Content;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Approval;

public sealed class ApprovalTests
{
    [Fact]
    public async Task What_one_person_wrote_and_another_approved_is_released()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var approver = await room.As(Roles.Approver);
        var item = await Submitted(room, editor);

        var queue = await approver.GetFromJsonAsync<JsonElement>("/api/v1/approvals");
        await Newsroom.Good(await Approve(approver, item));

        Assert.Equal(item, queue[0].GetProperty("item").GetProperty("id").GetString());
        var released = await Released(room, item);
        Assert.Equal((1, ItemState.Approved), (released!.Item.Version, released.Item.State));
        Assert.StartsWith("thu", released.ApprovedBy, StringComparison.Ordinal);
        Assert.Equal(["Approved", "Submitted"], await Kinds(approver, item));
    }

    [Fact]
    public async Task Nobody_approves_what_they_wrote_on_even_with_the_role()
    {
        await using var room = new Newsroom();
        var both = await room.As([Roles.Editor, Roles.Approver]);
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Chào mừng quý khách."));
        await Newsroom.Good(await both.PutAsJsonAsync($"/api/v1/items/{item}", new { stamp = (int?)null, fields = room.Fields("Sửa một chữ", ("vi", "Chào mừng quý khách.")) }));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
        await room.Ready(editor, item);

        var answer = await Approve(both, item);

        Assert.Equal("approval.own-work", await Newsroom.Code(answer));
        Assert.Null(await Released(room, item));
    }

    [Fact]
    public async Task What_was_changed_after_the_approver_looked_is_not_approved()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var approver = await room.As(Roles.Approver);
        var item = await Submitted(room, editor);
        var seen = await Seen(approver, item, 1);
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/take-back", null));
        await Newsroom.Good(await editor.PutAsJsonAsync($"/api/v1/items/{item}", new { stamp = (int?)null, fields = room.Fields("Chào mừng", ("vi", "Lời khác hẳn."), ("en", "Other words.")) }));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
        await room.Ready(editor, item);

        var answer = await Approve(approver, item, seen: seen);

        Assert.Equal("approval.changed-since", await Newsroom.Code(answer));
        Assert.Null(await Released(room, item));
        await Newsroom.Good(await Approve(approver, item));
    }

    [Fact]
    public async Task The_approver_reads_what_the_editor_noted_and_who_submitted_it_by_name()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var approver = await room.As(Roles.Approver);
        var first = await room.NewItem(editor, ("vi", "Chào mừng quý khách."));
        var copy = (await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{first}/duplicate", null))).GetProperty("id").GetString()!;
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{copy}/submit", null));
        var decision = (await approver.GetFromJsonAsync<JsonElement>($"/api/v1/items/{copy}/decisions"))[0];

        var page = System.Net.WebUtility.HtmlDecode(await approver.GetStringAsync($"/duyet/{copy}/1"));

        Assert.Contains($"Ghi chú cho người duyệt:</strong> Nhân bản từ {first}.", page, StringComparison.Ordinal);
        Assert.NotEqual(decision.GetProperty("by").GetString(), decision.GetProperty("byName").GetString());
        Assert.Contains($" · {decision.GetProperty("byName").GetString()}</div>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_that_no_screen_of_the_area_asks_for_is_drawn_and_seen_all_the_same()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor, ("vi", "Chào mừng quý khách."), ("km", "សូមស្វាគមន៍"));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
        await room.Ready(editor, item);

        var look = await (await room.As(Roles.Approver)).GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}");

        var shown = look.GetProperty("surfaces").EnumerateArray().SelectMany(s => s.GetProperty("parts").EnumerateArray()).Select(p => p.GetProperty("language").GetString());
        Assert.Contains("km", shown);
    }

    [Fact]
    public async Task An_editor_and_an_approver_of_another_province_may_not_approve()
    {
        await using var room = new Newsroom();
        var item = await Submitted(room, await room.As(Roles.Editor));
        var otherEditor = await room.As(Roles.Editor);
        var elsewhere = await room.As(Roles.Approver, new AreaScope(false, ["22"], [], []));

        Assert.Equal("approval.no-right", await Newsroom.Code(await Approve(otherEditor, item)));
        Assert.Equal("approval.no-right", await Newsroom.Code(await Approve(elsewhere, item)));

        Assert.Null(await Released(room, item));
    }

    [Fact]
    public async Task Of_two_approvers_at_once_one_approves_and_the_other_is_told()
    {
        await using var room = new Newsroom();
        var item = await Submitted(room, await room.As(Roles.Editor));
        var people = new[] { await room.As(Roles.Approver), await room.As(Roles.Approver), await room.As(Roles.Approver) };

        var answers = await Task.WhenAll(people.Select(p => Approve(p, item)));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        foreach (var refused in answers.Where(a => !a.IsSuccessStatusCode))
            Assert.Equal("approval.already-decided", await Newsroom.Code(refused));
        Assert.Equal(["Approved", "Submitted"], await Kinds(people[0], item));
    }

    [Fact]
    public async Task An_edit_of_a_released_item_leaves_the_old_version_on_air_until_the_new_one_is_approved()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var approver = await room.As(Roles.Approver);
        var item = await Submitted(room, editor);
        await Newsroom.Good(await Approve(approver, item));

        var changed = await Newsroom.Good(await editor.PutAsJsonAsync($"/api/v1/items/{item}", new { stamp = (int?)null, fields = room.Fields("Bản mới", ("vi", "Nội dung mới.")) }));
        var meanwhile = await Released(room, item);
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
        await room.Ready(editor, item);
        await Newsroom.Good(await Approve(approver, item, version: 2));

        Assert.Equal((2, "Draft"), (changed.GetProperty("version").GetInt32(), changed.GetProperty("state").GetString()));
        Assert.Equal((1, "Thông báo thử"), (meanwhile!.Item.Version, meanwhile.Item.Title));
        var now = await Released(room, item);
        Assert.Equal((2, "Bản mới"), (now!.Item.Version, now.Item.Title));
        var versions = await editor.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}/versions");
        Assert.Equal(["Approved", "Replaced"], versions.EnumerateArray().Select(v => v.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_submitted_version_is_locked_until_it_is_taken_back_or_returned()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await Submitted(room, editor);
        var change = new { stamp = (int?)null, fields = room.Fields("Sửa trộm", ("vi", "x")) };

        Assert.Equal("content.locked", await Newsroom.Code(await editor.PutAsJsonAsync($"/api/v1/items/{item}", change)));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/take-back", null));
        await Newsroom.Good(await editor.PutAsJsonAsync($"/api/v1/items/{item}", change));
    }

    [Fact]
    public async Task A_return_needs_a_reason_and_reaches_the_authors()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var approver = await room.As(Roles.Approver);
        var item = await Submitted(room, editor);

        Assert.Equal("approval.reason-missing", await Newsroom.Code(await approver.PostAsJsonAsync($"/api/v1/items/{item}/return", new { version = 1, reason = " " })));
        await Newsroom.Good(await approver.PostAsJsonAsync($"/api/v1/items/{item}/return", new { version = 1, reason = "Sai tên cửa khẩu" }));

        var history = await editor.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}/decisions");
        Assert.Equal(("Returned", "Sai tên cửa khẩu"), (history[0].GetProperty("kind").GetString(), history[0].GetProperty("reason").GetString()));
        await Newsroom.Good(await editor.PutAsJsonAsync($"/api/v1/items/{item}", new { stamp = (int?)null, fields = room.Fields("Đã sửa", ("vi", "Đúng tên.")) }));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
    }

    [Fact]
    public async Task A_withdrawn_item_is_released_no_longer_and_the_news_is_in_the_same_transaction()
    {
        var ear = new Ear();
        await using var room = new Newsroom(s => s.AddSingleton<IHear<ItemWithdrawn>>(ear));
        var editor = await room.As(Roles.Editor);
        var item = await Submitted(room, editor);
        await Newsroom.Good(await Approve(await room.As(Roles.Approver), item));

        Assert.Equal("approval.reason-missing", await Newsroom.Code(await editor.PostAsJsonAsync($"/api/v1/items/{item}/withdraw", new { reason = "" })));
        ear.Deaf = true;
        await Assert.ThrowsAnyAsync<Exception>(async () => (await editor.PostAsJsonAsync($"/api/v1/items/{item}/withdraw", new { reason = "Thông tin sai" })).EnsureSuccessStatusCode());
        var still = await Released(room, item);
        ear.Deaf = false;
        await Newsroom.Good(await editor.PostAsJsonAsync($"/api/v1/items/{item}/withdraw", new { reason = "Thông tin sai" }));

        Assert.NotNull(still);
        Assert.Null(await Released(room, item));
        Assert.Equal(new ItemWithdrawn(new ItemId(item), "Thông tin sai"), Assert.Single(ear.Heard));
        Assert.Equal("approval.not-released", await Newsroom.Code(await editor.PostAsJsonAsync($"/api/v1/items/{item}/withdraw", new { reason = "Lần nữa" })));
    }

    [Fact]
    public async Task Synthesised_speech_must_have_been_heard()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var approver = await room.As(Roles.Approver);
        var item = await room.NewItem(editor, ("vi", "Chào mừng quý khách đến với cửa khẩu."));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/renditions/vi/speech", null));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
        await room.Ready(editor, item);

        Assert.Equal("approval.not-heard", await Newsroom.Code(await Approve(approver, item)));
        await Newsroom.Good(await Approve(approver, item, heard: true));
    }

    [Fact]
    public async Task An_item_past_its_end_is_released_no_longer()
    {
        await using var room = new Newsroom();
        var item = await Submitted(room, await room.As(Roles.Editor));
        await Newsroom.Good(await Approve(await room.As(Roles.Approver), item));

        room.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Null(await Released(room, item));
    }

    [Fact]
    public async Task An_empty_item_cannot_be_submitted()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var item = await room.NewItem(editor);

        Assert.Equal("approval.nothing-in-it", await Newsroom.Code(await editor.PostAsync($"/api/v1/items/{item}/submit", null)));
    }

    [Fact]
    public async Task The_approver_sees_on_one_page_every_picture_that_will_be_shown()
    {
        await using var room = new Newsroom();
        var editor = await room.As(Roles.Editor);
        var approver = await room.As(Roles.Approver);
        var item = await Submitted(room, editor);
        var seen = await room.Ready(approver, item);

        var page = await approver.GetStringAsync($"/duyet/{item}/1");

        var files = seen.GetProperty("surfaces").EnumerateArray().SelectMany(s => s.GetProperty("parts").EnumerateArray()).Select(p => p.GetProperty("file").GetString()!).ToArray();
        Assert.True(files.Length >= 2);
        Assert.All(files, f => Assert.Contains("/api/v1/media/" + f, page, StringComparison.Ordinal));
        Assert.Contains($"/duyet/{item}/1/dong-y", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/duyet/{item}/1/dong-y", await editor.GetStringAsync($"/duyet/{item}/1"), StringComparison.Ordinal);
    }

    private static async Task<string> Submitted(Newsroom room, HttpClient editor)
    {
        var item = await room.NewItem(editor, ("vi", "Chào mừng quý khách."), ("en", "Welcome."));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));
        await room.Ready(editor, item);
        return item;
    }

    /// <param name="seen">What was looked at; null = looks now, as a person does.</param>
    private static async Task<HttpResponseMessage> Approve(HttpClient who, string item, int version = 1, bool heard = false, string? seen = null) =>
        await who.PostAsJsonAsync($"/api/v1/items/{item}/approve", new { version, heard, seen = seen ?? await Seen(who, item, version) });

    private static async Task<string> Seen(HttpClient who, string item, int version)
    {
        using var answer = await who.GetAsync($"/api/v1/items/{item}/versions/{version}");
        return answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("fingerprint").GetString()! : "";
    }

    private static async Task<ReleasedItem?> Released(Newsroom room, string item)
    {
        using var scope = room.Services.CreateScope();
        var released = scope.ServiceProvider.GetRequiredService<IReleasedItems>();
        var one = await released.Of(new ItemId(item), default);
        Assert.Equal(one is null, (await released.All(default)).All(r => r.Item.Id.Value != item));
        return one;
    }

    private static async Task<IEnumerable<string?>> Kinds(HttpClient who, string item) =>
        (await who.GetFromJsonAsync<JsonElement>($"/api/v1/items/{item}/decisions")).EnumerateArray().Select(d => d.GetProperty("kind").GetString()).ToArray();

    /// <summary>A slice below that listens, and may fail.</summary>
    private sealed class Ear : IHear<ItemWithdrawn>
    {
        public List<ItemWithdrawn> Heard { get; } = [];

        public bool Deaf { get; set; }

        public Task Hear(ItemWithdrawn news, BorderInfoDb db, CancellationToken stop)
        {
            if (Deaf)
                throw new InvalidOperationException("the listener failed");
            Heard.Add(news);
            return Task.CompletedTask;
        }
    }
}
