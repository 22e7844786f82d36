using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Publishing;

public sealed class PublishPlanTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_published_schedule_is_on_its_way_as_a_sealed_plan_that_plays_it()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Chào mừng", items: [1, 2], windows: [new(new(7, 0), new(18, 0))]))).Value.Id;

        var done = (await world.Publish(null, id)).Value;

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal((new PlanNumber("LS-0001/2026-0001"), 1, 1L), (plan.Number, plan.Epoch, plan.Counter));
        Assert.Equal(world.Clock.GetUtcNow().AddDays(45), plan.ValidUntil);
        var air = new PlanClock(plan).At(TestClusters.Screen, LocalTime.Utc(new(2026, 11, 24), new(7, 0, 25)));
        Assert.Equal((new ItemId(2), "vi", "L-1"), (air.Item!.Id, air.Part!.Language, air.Entry!.Id));
        Assert.Equal(Tier.SafeScreen, new PlanClock(plan).At(TestClusters.Screen, LocalTime.Utc(new(2026, 11, 24), new(18, 0))).Tier);
        Assert.Equal((1, plan.Number), (done.Sites, Assert.Single(done.Plans)));
        Assert.Null(await world.OnItsWay(SchedulingWorld.TanThanh));
        Assert.Equal("LS-0001/2026-0001", await world.Noted("schedule.publish"));
        Assert.All(["1801 ", "1802 "], id => Assert.Contains(world.Lines.All, l => l.StartsWith(id, StringComparison.Ordinal) && l.Contains("LS-0001/2026-0001", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_change_takes_effect_when_it_is_published()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Chương trình", items: [1]));
        await world.Save((await Stand(id)).Newest with { Items = [new ItemId(2)] });
        await world.Published(SchedulingWorld.Wanted("Khác", items: [3], targets: [new(TargetWidth.Device, "1/LOA-1")]));
        var between = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;

        await world.Publish(null, id);

        Assert.Equal([new ItemId(1)], between.Entries.Single(e => e.Id == "L-1").Items);
        Assert.Equal([new ItemId(2)], (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries.Single(e => e.Id == "L-1").Items);
    }

    [Fact]
    public async Task An_edited_programme_goes_on_where_it_was_on_air_and_lets_nobody_in_between()
    {
        await world.Published(SchedulingWorld.Wanted("Chương trình lép vế", items: [3]) with { Number = 900 });
        var id = await world.Published(SchedulingWorld.Wanted("Chương trình", items: [1]));
        world.Clock.Advance(TimeSpan.FromSeconds(603));
        await world.Save((await Stand(id)).Newest with { Items = [new ItemId(2)], Windows = [new(new(0, 0), new(23, 0))] });
        await world.Publish(null, id);
        var edited = new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!).At(TestClusters.Screen, world.Clock.GetUtcNow());
        await world.Save((await Stand(id)).Newest with { Number = 400 });
        await world.Publish(null, id);
        var otherRank = (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries.Single(e => e.Id == ScheduleView.EntryIdOf(id)).Since;

        Assert.Equal(("L-2", new ItemId(2)), (edited.Entry!.Id, edited.Item!.Id));
        Assert.Equal(world.Clock.GetUtcNow(), otherRank);
    }

    [Fact]
    public async Task Publishing_all_changes_takes_what_is_pending_and_in_the_actors_area()
    {
        await world.Save(SchedulingWorld.Wanted("Lạng Sơn"), SchedulingWorld.Editor("20"));
        await world.Save(SchedulingWorld.Wanted("Gia Lai", targets: [new(TargetWidth.Province, "52")]), SchedulingWorld.Editor("52"));

        var done = (await world.Publish(SchedulingWorld.Editor("20"))).Value;
        var again = await world.Publish(SchedulingWorld.Editor("20"));

        Assert.Equal("LS-0001/2026-0001", Assert.Single(done.Plans).Value);
        Assert.Null(await world.OnItsWay(SchedulingWorld.LeThanh));
        Assert.Equal("publish.nothing-changed", again.Why?.Code);
    }

    [Fact]
    public async Task A_schedule_taken_from_a_site_is_sent_to_that_site_too()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Chuyển cụm"));
        await world.Save((await Stand(id)).Newest with { Targets = [new(TargetWidth.Cluster, "2")] });

        await world.Publish(null, id);

        Assert.Empty((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries);
        Assert.Single((await world.OnItsWay(SchedulingWorld.TanThanh))!.Entries);
    }

    [Fact]
    public async Task Stopping_takes_it_off_every_site()
    {
        var id = await world.Published(SchedulingWorld.Wanted("Dừng", targets: [new(TargetWidth.Province, "20")]));

        var done = (await world.StopIt(id)).Value;

        Assert.Equal(2, done.Sites);
        Assert.Empty((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries);
        Assert.Empty((await world.OnItsWay(SchedulingWorld.TanThanh))!.Items);
        Assert.Equal(ScheduleStanding.Stopped, (await Stand(id)).Standing);
        Assert.Equal("publish.not-on-air", (await world.StopIt(id)).Why?.Code);
    }

    [Fact]
    public async Task An_editor_does_not_stop_an_emergency()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Khẩn", Tier.Emergency), SchedulingWorld.Approver)).Value.Id;
        await world.Publish(SchedulingWorld.Approver, id);

        var refused = await world.StopIt(id, SchedulingWorld.Editor());
        var stillOn = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        var stopped = await world.StopIt(id, SchedulingWorld.Approver);

        Assert.Equal("publish.emergency-not-allowed", refused.Why?.Code);
        Assert.Equal(Tier.Emergency, Assert.Single(stillOn.Entries).Tier);
        Assert.Null(stopped.Why);
    }

    [Fact]
    public async Task An_item_that_one_province_approved_is_not_played_in_another()
    {
        world.Items.Release(5, province: "20");
        var id = (await world.Save(SchedulingWorld.Wanted("Của Lạng Sơn", items: [5], targets: [new(TargetWidth.Cluster, "1"), new(TargetWidth.Cluster, "3")]))).Value.Id;

        var done = (await world.Publish(null, id)).Value;

        Assert.Equal(new ItemId(5), Assert.Single((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Items).Id);
        Assert.Empty((await world.OnItsWay(SchedulingWorld.LeThanh))?.Items ?? []);
        Assert.Equal(["Tin mẫu 5", "Cụm mẫu 3"], Assert.Single(done.Warnings, w => w.Code == "schedule.warn.other-area").With);
    }

    [Fact]
    public async Task What_can_not_be_published_is_refused_and_nothing_is_sent()
    {
        var nobody = (await world.Save(SchedulingWorld.Wanted("Không nơi nào", targets: [new(TargetWidth.Tag, "không có")]))).Value.Id;
        var foreign = (await world.Save(SchedulingWorld.Wanted("Gia Lai", targets: [new(TargetWidth.Cluster, "3")]))).Value.Id;
        world.Items.Release(8, languages: ["en"]);
        var english = (await world.Save(SchedulingWorld.Wanted("Chỉ tiếng Anh", items: [8]))).Value.Id;
        world.Items.Release(9);
        var withdrawn = (await world.Save(SchedulingWorld.Wanted("Đã thu hồi", items: [9]))).Value.Id;
        world.Items.Withdraw(9);
        var emergency = (await world.Save(SchedulingWorld.Wanted("Khẩn", Tier.Emergency), SchedulingWorld.Approver)).Value.Id;
        var monitor = new Actor(9, "m", "m", new HashSet<string> { Roles.Monitor }, AreaScope.All);

        Assert.Equal("publish.no-target", (await world.Publish(null, nobody)).Why?.Code);
        Assert.Equal("publish.out-of-scope", (await world.Publish(SchedulingWorld.Editor("20"), foreign)).Why?.Code);
        Assert.Equal("publish.language-missing", (await world.Publish(null, english)).Why?.Code);
        Assert.Equal("publish.nothing-released", (await world.Publish(null, withdrawn)).Why?.Code);
        Assert.Equal("publish.emergency-not-allowed", (await world.Publish(null, emergency)).Why?.Code);
        Assert.Equal("publish.not-allowed", (await world.Publish(monitor, foreign)).Why?.Code);
        Assert.Equal("publish.unknown-schedule", (await world.Publish(null, 99)).Why?.Code);
        Assert.All(world.Clusters.All, c => Assert.Null(world.OnItsWay(c.Site!.Value).Result));
        Assert.Equal(ScheduleStanding.Draft, (await Stand(english)).Standing);
    }

    [Fact]
    public async Task An_item_without_a_language_stays_away_from_the_outputs_that_need_it()
    {
        world.Items.Release(5, languages: ["vi"]);
        var id = (await world.Save(SchedulingWorld.Wanted("Thiếu tiếng Trung", items: [5]))).Value.Id;

        var done = (await world.Publish(null, id)).Value;

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal([TestClusters.Led], Assert.Single(plan.Entries).Outputs);
        Assert.Equal(["Tin mẫu 5", "Cụm mẫu 1", "Màn hình sảnh", "zh-Hans"], Assert.Single(done.Warnings, w => w.Code == "schedule.warn.language-missing").With);
    }

    [Fact]
    public async Task What_can_not_be_made_for_one_output_does_not_keep_the_others_dark()
    {
        world.Items.Broken[TestClusters.Led] = "content.does-not-fit";
        var id = (await world.Save(SchedulingWorld.Wanted("Quá dài cho LED"))).Value.Id;

        var done = (await world.Publish(null, id)).Value;

        Assert.Equal([TestClusters.Screen], Assert.Single((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries).Outputs);
        Assert.Contains(done.Warnings, w => w.Code == "schedule.warn.not-made" && w.With[^1] == "content.does-not-fit");
    }

    [Fact]
    public async Task Nothing_is_half_published_when_one_sites_plan_is_too_large()
    {
        await world.Published(SchedulingWorld.Wanted("Trước", targets: [new(TargetWidth.Province, "20")]));
        var random = new Random(1);
        for (var i = 100; i < 500; i++)
            world.Items.Release(i, title: new string([.. Enumerable.Range(0, 300).Select(_ => (char)random.Next(0x4e00, 0x9000))]));
        var ids = new List<long>();
        for (var i = 1; i <= 4; i++)
            ids.Add((await world.Save(SchedulingWorld.Wanted($"Quá lớn {i}", items: [.. Enumerable.Range(i * 100, 100).Select(n => (long)n)], targets: [new(TargetWidth.Cluster, "1"), new(TargetWidth.Cluster, "2")]))).Value.Id);
        var before = await world.Plans(SchedulingWorld.HuuNghi);

        var refused = await world.Publish(null, [.. ids]);

        Assert.Equal("plan.too-large", refused.Why?.Code);
        Assert.Equal(ScheduleStanding.Draft, (await Stand(ids[0])).Standing);
        Assert.Equal(before.Select(p => (p.Number, p.OvertakenAt)), (await world.Plans(SchedulingWorld.HuuNghi)).Select(p => (p.Number, p.OvertakenAt)));
        Assert.Equal("LS-0001/2026-0001", (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Number.Value);
        await world.Published(SchedulingWorld.Wanted("Sau"));
        Assert.Equal("LS-0001/2026-0002", (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Number.Value);
    }

    [Fact]
    public async Task Two_publishes_at_once_get_two_numbers_and_the_last_plan_has_both()
    {
        var ids = new List<long>();
        for (var i = 0; i < 6; i++)
            ids.Add((await world.Save(SchedulingWorld.Wanted($"Cùng lúc {i}", number: 100 + i))).Value.Id);

        var all = await Task.WhenAll(ids.Select(id => Task.Run(() => world.Publish(null, id))));

        Assert.All(all, o => Assert.Null(o.Why));
        Assert.Equal([1, 2, 3, 4, 5, 6], (await world.Plans(SchedulingWorld.HuuNghi)).Select(p => (int)p.Counter));
        var last = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Equal((6L, 6), (last.Counter, last.Entries.Count));
    }

    [Fact]
    public async Task Files_are_made_before_the_transaction_and_once()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Một lần", items: [1]))).Value.Id;

        await world.Publish(null, id);

        Assert.Equal(2, world.Items.Made);
    }

    public void Dispose() => world.Dispose();

    private async Task<ScheduleStand> Stand(long id) => (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!;
}
