using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Content;
using BorderInfo.Tests.Server.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

/// <summary>A notice from the form to the plans of its sites, and another that takes its place: content, approval, schedules and publishing are the real ones, files drawn by the real browser.</summary>
public sealed class NoticeToAirTests : IAsyncLifetime
{
    private static readonly OutputId Led = new("LED-1");
    private static readonly SiteId[] Sites = [new("LS-0001"), new("LS-0002")];
    private static readonly Actor Planner = new(900, "lich", "Người xếp lịch mẫu", new HashSet<string> { Roles.Editor }, Newsroom.LangSon);

    private readonly Ear ear = new();
    private Newsroom room = null!;
    private HttpClient editor = null!, approver = null!;

    public async Task InitializeAsync()
    {
        room = new Newsroom(s =>
        {
            s.AddSingleton<IClusters>(new MemoryClusters([Small(1, Sites[0]), Small(2, Sites[1])]));
            s.AddSingleton<IHear<ItemReplaced>>(ear);
            // Wishes are fulfilled by the test's own hand.
            s.Remove(s.Single(d => d.ImplementationType == typeof(PlanWorker)));
        });
        (editor, approver) = (await room.As(Roles.Editor), await room.As(Roles.Approver));
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task A_notice_is_on_air_until_its_last_window_is_over_and_leaves_by_itself()
    {
        var notice = await room.Released(editor, approver, "Tạm dừng thông quan", room.Notice("15/TB-BQL"));
        await Published("Thông báo cửa khẩu", notice);

        var plan = await Newest(Sites[0]);

        var end = LocalTime.Utc(room.Day(2), new(9, 0));
        Assert.Equal(end, Assert.Single(plan.Items).ValidUntil);
        Assert.Equal(notice, OnAir(plan, room.Clock.GetUtcNow().AddMinutes(1)));
        Assert.Equal(notice, OnAir(plan, end.AddSeconds(-1)));
        Assert.Null(OnAir(plan, end));
    }

    [Fact]
    public async Task A_notice_for_its_windows_only_is_on_air_from_its_lead_to_the_end_of_each()
    {
        var notice = await room.Released(editor, approver, "Chỉ trong khung giờ", room.Notice("15/TB-BQL", onlyThen: true, leadMinutes: 30));
        await Published("Thông báo cửa khẩu", notice);

        var plan = await Newest(Sites[0]);

        AirTime Time(int day, int fromHour, int fromMinute, int hour, int minute) => new(LocalTime.Utc(room.Day(day), new(fromHour, fromMinute)), LocalTime.Utc(room.Day(day), new(hour, minute)));
        Assert.Equal([Time(1, 6, 30, 10, 0), Time(1, 15, 0, 17, 30), Time(2, 7, 30, 9, 0)], Assert.Single(plan.Items).Times);
        Assert.Equal(5, plan.Level);
        Assert.Null(PlanRules.Check(plan));
        (int Day, int Hour, int Minute, bool Shown)[] moments = [(0, 12, 0, false), (1, 6, 29, false), (1, 6, 30, true), (1, 9, 59, true), (1, 10, 0, false), (1, 14, 59, false), (1, 16, 0, true), (1, 17, 30, false), (2, 7, 30, true), (2, 9, 0, false)];
        Assert.Equal(moments.Select(m => m.Shown), moments.Select(m => OnAir(plan, LocalTime.Utc(room.Day(m.Day), new(m.Hour, m.Minute))) == notice));
    }

    [Fact]
    public async Task A_notice_that_replaces_another_takes_its_place_at_every_site_and_in_every_schedule()
    {
        var first = await room.Released(editor, approver, "Thông báo ngày 11", room.Notice("12/TB-BQL"));
        var (one, two) = (await Published("Cụm 1", first), await Published("Cụm 2", first, cluster: 2));
        var second = await room.Submitted(editor, "Thông báo ngày 14", room.Notice("15/TB-BQL", replaces: first), ("vi", "Điều chỉnh giờ."));
        var review = System.Net.WebUtility.HtmlDecode(await approver.GetStringAsync($"/duyet/{second}/1"));

        await Newsroom.Good(await Notices.Approve(approver, second));
        var atOnce = await Task.WhenAll(Sites.Select(Newest));
        await FulfilWishes();
        var then = await Task.WhenAll(Sites.Select(Newest));

        Assert.Contains("Khi duyệt sẽ thay thông báo", review, StringComparison.Ordinal);
        Assert.Contains("12/TB-BQL – Thông báo ngày 11", review, StringComparison.Ordinal);
        Assert.Contains(Notices.Text, review, StringComparison.Ordinal);
        Assert.Equal("Replaced", await Notices.StateOf(editor, first));
        Assert.All(atOnce, p => Assert.Equal((0, new WithdrawnItem(new(first), 1)), (p.Items.Count, Assert.Single(p.Withdrawn))));
        Assert.All(then, p => Assert.Equal(new ItemId(second), Assert.Single(p.Items).Id));
        Assert.All(then, p => Assert.Contains(new WithdrawnItem(new(first), 1), p.Withdrawn));
        Assert.Equal([[ScheduleView.EntryIdOf(one)], [ScheduleView.EntryIdOf(two)]], then.Select(p => p.Entries.Select(e => e.Id).ToArray()));
        Assert.Equal(second, OnAir(then[1], room.Clock.GetUtcNow().AddMinutes(1)));
        Assert.Equal([new ItemId(first)], (await Stand(one)).Published!.Items);
        Assert.Equal(1, (await Stand(one)).Revision);
        Assert.Equal(new ItemReplaced(new(first), new(second)), Assert.Single(ear.Heard));
        Assert.Equal(PublishCause.NoticeReplaced, await room.WithDb(db => db.Set<PublishRow>().OrderBy(p => p.Id).Where(p => p.Cause != PublishCause.Schedule).Select(p => p.Cause).FirstAsync()));
        Assert.Contains("đã được thay bằng 15/TB-BQL", System.Net.WebUtility.HtmlDecode(await editor.GetStringAsync($"/noi-dung/{first}")), StringComparison.Ordinal);
        Assert.Contains("đã được thay bằng 15/TB-BQL", System.Net.WebUtility.HtmlDecode(await editor.GetStringAsync($"/lich/{one}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replacement_whose_consequences_fail_changes_nothing()
    {
        var first = await room.Released(editor, approver, "Thông báo 1", room.Notice("1"));
        await Published("Lịch", first);
        var second = await room.Submitted(editor, "Thông báo 2", room.Notice("2", replaces: first));
        ear.Deaf = true;

        await Assert.ThrowsAnyAsync<Exception>(async () => (await Notices.Approve(approver, second)).EnsureSuccessStatusCode());

        Assert.Equal(("Approved", "Submitted"), (await Notices.StateOf(editor, first), await Notices.StateOf(editor, second)));
        Assert.Equal(new ItemId(first), Assert.Single((await Newest(Sites[0])).Items).Id);
        await FulfilWishes();
        Assert.Equal(new ItemId(first), Assert.Single((await Newest(Sites[0])).Items).Id);
    }

    [Fact]
    public async Task A_chain_plays_its_last_and_a_withdrawal_brings_none_back()
    {
        var first = await room.Released(editor, approver, "Thông báo 1", room.Notice("1"));
        var schedule = await Published("Lịch", first);
        var second = await room.Released(editor, approver, "Thông báo 2", room.Notice("2", replaces: first));
        var third = await room.Released(editor, approver, "Thông báo 3", room.Notice("3", replaces: second));
        await FulfilWishes();
        var chained = await Newest(Sites[0]);
        var preview = (await Within(s => s.GetRequiredService<PreviewPublish>().Handle(new(Planner, [schedule]), default))).Value;

        await Newsroom.Good(await editor.PostAsJsonAsync($"/api/v1/items/{third}/withdraw", new { reason = "Có thay đổi" }));
        await FulfilWishes();

        Assert.Equal(new ItemId(third), Assert.Single(chained.Items).Id);
        Assert.Contains(preview.Warnings, w => w.Code == "schedule.warn.replaced" && w.With is ["1", "3"]);
        Assert.Empty((await Newest(Sites[0])).Items);
        Assert.Equal(("Replaced", "Replaced", "Withdrawn"), (await Notices.StateOf(editor, first), await Notices.StateOf(editor, second), await Notices.StateOf(editor, third)));
    }

    [Fact]
    public async Task A_schedule_published_after_the_replacement_plays_the_successor()
    {
        var first = await room.Released(editor, approver, "Thông báo 1", room.Notice("1"));
        var schedule = (await Save("Lịch", first, 1)).Value.Id;
        var second = await room.Released(editor, approver, "Thông báo 2", room.Notice("2", replaces: first));

        Assert.Null((await Within(s => s.GetRequiredService<PublishPlan>().Handle(new(Planner, [schedule]), default))).Why);

        Assert.Equal(new ItemId(second), Assert.Single((await Newest(Sites[0])).Items).Id);
    }

    [Fact]
    public async Task What_was_replaced_meanwhile_is_told_when_submitting_and_approving()
    {
        var first = await room.Released(editor, approver, "Thông báo 1", room.Notice("1"));
        var second = await room.Draft(editor, "Thông báo 2", room.Notice("2", replaces: first));
        var third = await room.Submitted(editor, "Thông báo 3", room.Notice("3", replaces: first));
        await room.Released(editor, approver, "Thông báo 4", room.Notice("4", replaces: first));

        var submitted = await editor.PostAsync($"/api/v1/items/{second}/submit", null);
        var approved = await Notices.Approve(approver, third);
        var changed = await editor.PutAsJsonAsync($"/api/v1/items/{first}", new { stamp = (int?)null, fields = room.Fields("Sửa", room.Notice("1")) });

        Assert.Equal("Thông báo 1 đã được thay bằng 4. Hãy chọn thay 4, hoặc bỏ phần thay thông báo.", JsonDocument.Parse(await submitted.Content.ReadAsStringAsync()).RootElement.GetProperty("title").GetString());
        Assert.Equal("approval.replaced-by-other", await Newsroom.Code(approved));
        Assert.Equal("content.was-replaced", await Newsroom.Code(changed));
    }

    [Fact]
    public async Task A_notice_that_is_over_or_withdrawn_may_be_replaced_and_its_schedules_play_the_new_one()
    {
        var over = await room.Released(editor, approver, "Đã qua", room.Notice("1", [Notices.Window(room.Day(0), "07:00", "09:00")]));
        var gone = await room.Released(editor, approver, "Thu hồi", room.Notice("2"));
        await Published("Lịch", over);
        await Published("Lịch khác", gone, cluster: 2);
        await Newsroom.Good(await editor.PostAsJsonAsync($"/api/v1/items/{gone}/withdraw", new { reason = "Có thay đổi" }));
        room.Clock.Advance(TimeSpan.FromHours(3));
        (editor, approver) = (await room.As(Roles.Editor), await room.As(Roles.Approver));

        var third = await room.Released(editor, approver, "Thay thông báo đã qua", room.Notice("3", replaces: over));
        var fourth = await room.Released(editor, approver, "Thay thông báo thu hồi", room.Notice("4", replaces: gone));
        await FulfilWishes();

        Assert.Equal(new ItemId(third), Assert.Single((await Newest(Sites[0])).Items).Id);
        Assert.Equal(new ItemId(fourth), Assert.Single((await Newest(Sites[1])).Items).Id);
    }

    private static Cluster Small(long id, SiteId site) =>
        new(id, $"Cụm mẫu {id}", "gate", "20", "06184", null, null, null, 21.97, 106.71, [], site, [new(Led, "Bảng LED", OutputKind.LedRegion, 1, 0, 0, 320, 160, ["vi"], 0, [])], ["vi"]);

    private Task<Outcome<ScheduleStand>> Save(string name, string item, long cluster) =>
        Within(s => s.GetRequiredService<SaveSchedule>().Handle(new(Planner, SchedulingWorld.Wanted(name, items: [new ItemId(item).Number], targets: [new(TargetWidth.Cluster, $"{cluster}")], from: room.Day(0)), null), default));

    private async Task<long> Published(string name, string item, long cluster = 1)
    {
        var id = (await Save(name, item, cluster)).Value.Id;
        Assert.Null((await Within(s => s.GetRequiredService<PublishPlan>().Handle(new(Planner, [id]), default))).Why);
        return id;
    }

    private async Task<ScheduleStand> Stand(long id) => (await Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!;

    private Task<int> FulfilWishes() => Within(s => s.GetRequiredService<Republish>().DueWishes(default));

    private Task<PlayPlan> Newest(SiteId site) => room.WithDb(async db =>
        PlanBytes.Unfold((await db.Set<PlanRow>().AsNoTracking().Where(p => p.Site == site.Value).OrderByDescending(p => p.Counter).FirstAsync()).Plan));

    private static string? OnAir(PlayPlan plan, DateTimeOffset at) => new PlanClock(plan).At(Led, at).Item?.Id.Value;

    private async Task<T> Within<T>(Func<IServiceProvider, Task<T>> work)
    {
        using var scope = room.Services.CreateScope();
        return await work(scope.ServiceProvider);
    }

    /// <summary>Another slice that listens, and may fail.</summary>
    private sealed class Ear : IHear<ItemReplaced>
    {
        public List<ItemReplaced> Heard { get; } = [];

        public bool Deaf { get; set; }

        public Task Hear(ItemReplaced news, BorderInfoDb db, CancellationToken stop)
        {
            if (Deaf)
                throw new InvalidOperationException("the listener failed");
            Heard.Add(news);
            return Task.CompletedTask;
        }
    }
}
