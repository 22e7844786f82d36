using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class ScheduleBookTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_saved_schedule_reads_back_as_a_draft()
    {
        var wanted = SchedulingWorld.Wanted("  Bản tin sáng ", Tier.Priority, 40, [2, 1], [new(TargetWidth.Province, "20"), new(TargetWidth.Device, "1/LED-1")], windows: [new(new(6, 0), new(7, 30)), new(new(22, 0), new(1, 0))], every: 15);

        var stand = (await world.Save(wanted)).Value;

        Assert.Equal((ScheduleStanding.Draft, 1, "Bản tin sáng"), (stand.Standing, stand.Revision, stand.Newest.Name));
        Assert.Equal(wanted.Items, stand.Newest.Items);
        Assert.Equal(wanted.Targets, stand.Newest.Targets);
        Assert.Equal(wanted.Windows, stand.Newest.Windows);
        Assert.Equal((Tier.Priority, 40, 15), (stand.Newest.Tier, stand.Newest.Number, stand.Newest.EveryMinutes));
        Assert.Equal("Bản tin sáng", await world.Noted("schedule.create", "L-1/1"));
    }

    [Fact]
    public async Task Moving_in_the_calendar_can_be_undone()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Lễ khai mạc", to: new DateOnly(2026, 11, 23), windows: [new(new(8, 0), new(9, 0))]))).Value.Id;

        var moved = (await world.Within(s => s.GetRequiredService<MoveSchedule>().Handle(new(SchedulingWorld.Editor(), id, 0, new(2026, 11, 23), new(2026, 11, 25), new(new(14, 0), new(15, 30))), default))).Value;
        var undone = (await world.Within(s => s.GetRequiredService<UndoChange>().Handle(new(SchedulingWorld.Editor(), id, moved.UndoTo), default))).Value;

        Assert.Equal((new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 25), new TimeWindow(new(14, 0), new(15, 30))), (moved.Schedule.Newest.From, moved.Schedule.Newest.To, moved.Schedule.Newest.Windows[0]));
        Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 23), new TimeWindow(new(8, 0), new(9, 0))), (undone.Newest.From, undone.Newest.To, undone.Newest.Windows[0]));
        Assert.Equal(3, undone.Revision);
    }

    [Fact]
    public async Task A_recurring_schedule_keeps_its_days_when_dragged()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Hằng ngày", windows: [new(new(8, 0), new(9, 0))]))).Value.Id;

        var byDay = await world.Within(s => s.GetRequiredService<MoveSchedule>().Handle(new(SchedulingWorld.Editor(), id, 0, new(2026, 11, 23), new(2026, 11, 24), new(new(8, 0), new(9, 0))), default));
        var byTime = await world.Within(s => s.GetRequiredService<MoveSchedule>().Handle(new(SchedulingWorld.Editor(), id, 0, new(2026, 11, 25), new(2026, 11, 25), new(new(10, 0), new(11, 0))), default));

        Assert.Equal("schedule.recurring-day", byDay.Why?.Code);
        Assert.Equal((new DateOnly(2026, 11, 23), new TimeOnly(10, 0)), (byTime.Value.Schedule.Newest.From, byTime.Value.Schedule.Newest.Windows[0].From));
    }

    [Fact]
    public async Task A_deleted_draft_comes_back_when_undone_and_a_published_one_is_not_deleted()
    {
        var draft = (await world.Save(SchedulingWorld.Wanted("Nháp"))).Value.Id;
        var published = await world.Published(SchedulingWorld.Wanted("Đang phát"));

        var deleted = await Delete(draft);
        var gone = await world.Within(s => s.GetRequiredService<ISchedules>().Of(draft, default));
        var back = await Delete(draft, bringBack: true);
        var refused = await Delete(published);

        Assert.Null(deleted.Why);
        Assert.Null(gone);
        Assert.Null(back.Why);
        Assert.NotNull(await world.Within(s => s.GetRequiredService<ISchedules>().Of(draft, default)));
        Assert.Equal("schedule.stop-first", refused.Why?.Code);
    }

    [Fact]
    public async Task Two_editors_do_not_overwrite_each_other()
    {
        var stand = (await world.Save(SchedulingWorld.Wanted("Chung"))).Value;

        var first = await world.Save(stand.Newest with { Number = 10 }, revision: 1);
        var second = await world.Save(stand.Newest with { Number = 20 }, revision: 1);

        Assert.Equal(10, first.Value.Newest.Number);
        Assert.Equal("schedule.changed-meanwhile", second.Why?.Code);
    }

    [Theory]
    [InlineData(TargetWidth.Cluster, "3")]
    [InlineData(TargetWidth.Device, "3/LED-1")]
    [InlineData(TargetWidth.Province, "52")]
    [InlineData(TargetWidth.Commune, "23800")]
    [InlineData(TargetWidth.Sector, "GL-KH-1")]
    public async Task An_editor_of_one_province_does_not_schedule_for_another(TargetWidth width, string key)
    {
        var saved = await world.Save(SchedulingWorld.Wanted("Ngoài địa bàn", targets: [new(width, key)]), SchedulingWorld.Editor("20"));

        Assert.Equal("schedule.out-of-scope", saved.Why?.Code);
    }

    [Fact]
    public async Task An_editor_of_another_province_can_not_change_it()
    {
        var stand = (await world.Save(SchedulingWorld.Wanted("Của Lạng Sơn"), SchedulingWorld.Editor("20"))).Value;

        var changed = await world.Save(stand.Newest with { Name = "Đổi" }, SchedulingWorld.Editor("52"));

        Assert.Equal("schedule.out-of-scope", changed.Why?.Code);
    }

    public void Dispose() => world.Dispose();

    private Task<Contract.Outcome<Contract.Nothing>> Delete(long id, bool bringBack = false) =>
        world.Within(s => s.GetRequiredService<DeleteSchedule>().Handle(new(SchedulingWorld.Editor(), id, bringBack), default));
}
