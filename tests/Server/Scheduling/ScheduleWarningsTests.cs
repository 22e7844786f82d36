using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>What the form tells while a schedule is edited. The clock stands at 23/11/2026 08:00 in Việt Nam.</summary>
public sealed class ScheduleWarningsTests : IDisposable
{
    private static readonly Target Screen = new(TargetWidth.Device, "1/MH-1");

    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_stronger_schedule_at_the_same_screen_and_hour_is_named()
    {
        await world.Save(SchedulingWorld.Wanted("Ưu tiên buổi sáng", Tier.Priority, targets: [Screen], windows: [new(new(6, 0), new(8, 0))]));

        var warned = await Warnings(SchedulingWorld.Wanted("Bản tin", targets: [Screen], windows: [new(new(7, 30), new(9, 0))]));
        var apart = await Warnings(SchedulingWorld.Wanted("Bản tin", targets: [Screen], windows: [new(new(8, 0), new(9, 0))]));
        var elsewhere = await Warnings(SchedulingWorld.Wanted("Bản tin", targets: [new(TargetWidth.Device, "1/LED-1")], windows: [new(new(7, 30), new(9, 0))]));

        Assert.Equal(["Ưu tiên buổi sáng", "Cụm mẫu 1", "23/11/2026", "06:00–08:00"], Assert.Single(warned, w => w.Code == "schedule.warn.covered").With);
        Assert.DoesNotContain(apart.Concat(elsewhere), w => w.Code == "schedule.warn.covered");
    }

    [Fact]
    public async Task Equal_ones_take_turns_and_weaker_ones_are_no_trouble()
    {
        await world.Save(SchedulingWorld.Wanted("Ngang hàng", targets: [Screen]));
        await world.Save(SchedulingWorld.Wanted("Yếu hơn", Tier.Filler, targets: [Screen]));

        var warned = await Warnings(SchedulingWorld.Wanted("Bản tin", targets: [Screen]));

        Assert.Equal("Ngang hàng", Assert.Single(warned, w => w.Code is "schedule.warn.same-rank" or "schedule.warn.covered").With[0]);
    }

    [Fact]
    public async Task A_narrower_target_and_a_one_off_are_stronger()
    {
        await world.Save(SchedulingWorld.Wanted("Riêng màn hình", targets: [Screen]));
        await world.Save(SchedulingWorld.Wanted("Một ngày", targets: [new(TargetWidth.Cluster, "1")], from: new(2026, 11, 30), to: new DateOnly(2026, 11, 30)));

        var warned = await Warnings(SchedulingWorld.Wanted("Bản tin"));

        Assert.Equal([("Riêng màn hình", "23/11/2026"), ("Một ngày", "30/11/2026")], warned.Where(w => w.Code == "schedule.warn.covered").Select(w => (w.With[0], w.With[2])));
    }

    [Fact]
    public async Task Windows_over_midnight_meet_those_of_the_next_morning()
    {
        await world.Save(SchedulingWorld.Wanted("Đêm thứ Hai", Tier.Priority, targets: [Screen], from: new(2026, 11, 23), to: new DateOnly(2026, 11, 23), windows: [new(new(22, 0), new(5, 0))]));

        var tuesday = await Warnings(SchedulingWorld.Wanted("Sáng thứ Ba", targets: [Screen], from: new(2026, 11, 24), to: new DateOnly(2026, 11, 24), windows: [new(new(4, 0), new(6, 0))]));
        var wednesday = await Warnings(SchedulingWorld.Wanted("Sáng thứ Tư", targets: [Screen], from: new(2026, 11, 25), to: new DateOnly(2026, 11, 25), windows: [new(new(4, 0), new(6, 0))]));

        Assert.Contains(tuesday, w => w.Code == "schedule.warn.covered");
        Assert.DoesNotContain(wednesday, w => w.Code == "schedule.warn.covered");
    }

    [Fact]
    public async Task A_cluster_without_a_default_or_an_emergency_in_reserve_is_told()
    {
        var before = await Warnings(SchedulingWorld.Wanted("Sáng", windows: [new(new(7, 0), new(9, 0))]));
        await world.Save(SchedulingWorld.Wanted("Mặc định", Tier.ClusterDefault));
        await world.Save(SchedulingWorld.Wanted("Khẩn cấp dự phòng", Tier.Emergency), SchedulingWorld.Approver);
        var after = await Warnings(SchedulingWorld.Wanted("Sáng", windows: [new(new(7, 0), new(9, 0))]));

        Assert.Equal(["schedule.warn.no-default", "schedule.warn.no-emergency"], before.Select(w => w.Code).Where(c => c.Contains(".no-", StringComparison.Ordinal)));
        Assert.DoesNotContain(after, w => w.Code is "schedule.warn.no-default" or "schedule.warn.no-emergency");
    }

    [Fact]
    public async Task An_item_that_expires_too_early_or_never_meets_the_days_is_told()
    {
        world.Items.Release(8, until: new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero));

        var early = await Warnings(SchedulingWorld.Wanted("Cả tháng", items: [8], to: new DateOnly(2026, 12, 20)));
        var open = await Warnings(SchedulingWorld.Wanted("Không ngày cuối", items: [8]));
        var never = await Warnings(SchedulingWorld.Wanted("Tháng sau", items: [8], from: new(2026, 12, 1), to: new DateOnly(2026, 12, 20)));
        var hours = await Warnings(SchedulingWorld.Wanted("Ngày cuối, quá giờ", items: [8], from: new(2026, 11, 28), to: new DateOnly(2026, 11, 28), windows: [new(new(8, 0), new(9, 0))]));
        var fine = await Warnings(SchedulingWorld.Wanted("Tuần này", items: [8], to: new DateOnly(2026, 11, 27)));

        Assert.Contains(early, w => w.Code == "schedule.warn.item-expires");
        Assert.Contains(open, w => w.Code == "schedule.warn.item-expires-open");
        Assert.Contains(never, w => w.Code == "schedule.warn.never-valid");
        Assert.Contains(hours, w => w.Code == "schedule.warn.never-valid");
        Assert.DoesNotContain(fine.Concat(early).Concat(open), w => w.Code == "schedule.warn.never-valid");
        Assert.DoesNotContain(fine, w => w.Code.StartsWith("schedule.warn.item-expires", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_language_and_a_loudspeaker_in_quiet_hours_are_told()
    {
        world.Items.Release(9, languages: ["vi"], kinds: [RenditionKind.Text, RenditionKind.Audio]);

        var warned = await Warnings(SchedulingWorld.Wanted("Đêm", items: [9], windows: [new(new(20, 0), new(22, 0))]));
        var emergency = await Warnings(SchedulingWorld.Wanted("Đêm", Tier.Emergency, items: [9], windows: [new(new(20, 0), new(22, 0))]));

        Assert.Equal(["Tin mẫu 9", "Cụm mẫu 1", "Màn hình sảnh", "zh-Hans"], Assert.Single(warned, w => w.Code == "schedule.warn.language-missing").With);
        Assert.Equal(["Cụm mẫu 1", "Loa sân", "21:00–05:00"], Assert.Single(warned, w => w.Code == "schedule.warn.quiet-hours").With);
        Assert.DoesNotContain(emergency, w => w.Code == "schedule.warn.quiet-hours");
    }

    [Fact]
    public async Task A_withdrawn_item_is_called_so_and_nothing_is_said_of_its_end()
    {
        world.Items.Release(9, until: new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero));
        var id = (await world.Save(SchedulingWorld.Wanted("Cả tháng", items: [1, 9], to: new DateOnly(2026, 12, 20)))).Value.Id;
        world.Items.Withdraw(9);
        var browser = await world.Server.ClientAs(Roles.Editor);

        var form = await browser.GetStringAsync($"/lich/{id}");
        var preview = await browser.GetStringAsync($"/phat-hanh/xem-truoc?lich={id}");

        Assert.All(new[] { form, preview }, page =>
        {
            Assert.Contains("“Tin mẫu 9” đã thu hồi, sẽ không phát.", page, StringComparison.Ordinal);
            Assert.Contains("sửa thành bản mới rồi trình duyệt", page, StringComparison.Ordinal);
            Assert.DoesNotContain("chưa được duyệt", page, StringComparison.Ordinal);
            Assert.DoesNotContain("chờ duyệt xong", page, StringComparison.Ordinal);
            Assert.DoesNotContain("“Tin mẫu 9” hết hiệu lực", page, StringComparison.Ordinal);
        });
        Assert.Contains("đã thu hồi</span>", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_calls_a_missing_language_by_its_name_and_says_what_wins()
    {
        world.Items.Release(9, languages: ["vi"]);
        var id = (await world.Save(SchedulingWorld.Wanted("Bản tin", items: [9]))).Value.Id;

        var form = await (await world.Server.ClientAs(Roles.Editor)).GetStringAsync($"/lich/{id}");

        Assert.Contains("“Tin mẫu 9” thiếu tiếng Trung (giản thể) tại Cụm mẫu 1, Màn hình sảnh: không phát ở đó.", form, StringComparison.Ordinal);
        Assert.Contains("cùng số thì lịch có nơi phát hẹp hơn", form, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_warning_says_in_both_languages_what_to_do()
    {
        var texts = world.Services.GetRequiredService<Texts>();

        Assert.All(ScheduleWarnings.Codes.SelectMany(c => new[] { c, WarningList.Remedy(new(c)) }), k => Assert.True(texts.All("vi").ContainsKey(k) && texts.All("en").ContainsKey(k), k));
    }

    public void Dispose() => world.Dispose();

    private Task<IReadOnlyList<PlanWarning>> Warnings(ScheduleView wanted) => world.Within(s => s.GetRequiredService<IScheduleAdvice>().Of(wanted, AreaScope.All, default));
}
