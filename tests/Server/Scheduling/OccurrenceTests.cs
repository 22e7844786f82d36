using System.Net;
using System.Net.Http.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>One day of a series: left out, moved, added, and undone.</summary>
public sealed class OccurrenceTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_moved_day_plays_on_the_other_day_and_the_rest_of_the_series_stays()
    {
        var id = await world.Published(Weekly());

        var moved = (await Change(id, new(2026, 12, 7), new(2026, 12, 9))).Value;
        Assert.Null((await world.Publish(null, id)).Why);

        var clock = new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!);
        DateOnly[] days = [new(2026, 11, 30), new(2026, 12, 7), new(2026, 12, 9), new(2026, 12, 14)];
        Assert.Equal([true, false, true, true], days.Select(d => clock.At(TestClusters.Screen, LocalTime.Utc(d, new(8, 0))).Entry is not null));
        Assert.Equal((2, 1, false), (moved.Schedule.Revision, moved.UndoTo, moved.Schedule.Newest.OneOff));
    }

    [Fact]
    public async Task Undo_brings_the_series_back()
    {
        var id = (await world.Save(Weekly())).Value.Id;
        var left = (await Change(id, new(2026, 12, 7), null)).Value;

        var undone = (await world.Within(s => s.GetRequiredService<UndoChange>().Handle(new(SchedulingWorld.Editor(), id, left.UndoTo), default))).Value;

        Assert.DoesNotContain(new DateOnly(2026, 12, 7), await Days(left.Schedule.Newest));
        Assert.Contains(new DateOnly(2026, 12, 7), await Days(undone.Newest));
        Assert.Null(undone.Newest.Days);
    }

    [Fact]
    public async Task A_day_that_is_moved_back_leaves_no_trace()
    {
        var id = (await world.Save(Weekly())).Value.Id;
        await Change(id, new(2026, 12, 7), new(2026, 12, 9));

        var back = (await Change(id, new(2026, 12, 9), new(2026, 12, 7))).Value.Schedule.Newest;

        Assert.Equal((0, 0), (back.Days!.Exclusions.Count, back.Days.Additions.Count));
        Assert.Equal(await Days(Weekly()), await Days(back));
    }

    [Fact]
    public async Task A_lunar_day_left_out_is_named_by_its_lunar_date_and_survives_another_offset()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Rằm") with { Days = new() { Lunar = new() { Days = [15] } } })).Value.Id;

        var left = (await Change(id, new(2026, 12, 23), null)).Value.Schedule.Newest;
        var shifted = left with { Days = left.Days! with { OffsetDays = -1 } };

        Assert.Equal("L2026-11-15", Assert.Single(left.Days!.Exclusions).Value);
        Assert.DoesNotContain(new DateOnly(2026, 12, 22), await Days(shifted));
    }

    [Theory]
    [InlineData("2026-12-08", null, "schedule.not-that-day (08/12/2026, 14/12/2026)")]
    [InlineData("2026-12-07", "2026-12-14", "schedule.already-plays (14/12/2026)")]
    [InlineData("2026-12-07", "2150-01-01", "day.range (01/01/2150, 31/12/2100)")]
    [InlineData(null, null, "schedule.occurrence-which")]
    public async Task What_can_not_be_moved_is_refused_with_a_proposal(string? day, string? to, string refusal)
    {
        var id = (await world.Save(Weekly())).Value.Id;

        var refused = await Change(id, day is null ? null : DateOnly.Parse(day), to is null ? null : DateOnly.Parse(to));

        Assert.Equal(refusal, refused.Why?.ToString());
        Assert.Equal(1, (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!.Revision);
    }

    [Fact]
    public async Task The_only_day_moves_with_its_schedule_but_is_not_left_out()
    {
        var id = (await world.Save(SchedulingWorld.Wanted("Lễ", to: new(2026, 11, 23)))).Value.Id;

        var refused = await Change(id, new(2026, 11, 23), null);
        var moved = (await Change(id, new(2026, 11, 23), new(2026, 11, 25))).Value.Schedule.Newest;

        Assert.Equal("schedule.only-day", refused.Why?.Code);
        Assert.Equal((new DateOnly(2026, 11, 25), true, null), (moved.From, moved.OneOff, moved.Days));
    }

    [Fact]
    public async Task By_the_button_and_by_the_api_it_is_the_same()
    {
        var id = (await world.Save(Weekly())).Value.Id;
        var browser = await world.Server.ClientAs(Roles.Editor);
        var program = await world.Server.ClientAs(Roles.Editor);
        program.DefaultRequestHeaders.Add("X-BorderInfo", "1");

        var byButton = await browser.PostForm($"/lich/{id}/lan-phat", [new("day", "2026-12-07"), new("to", "2026-12-09"), new("act", "move")], $"/lich/{id}");
        var byApi = await program.PostAsJsonAsync($"/api/v1/schedules/{id}/occurrences", new { day = "2026-12-14", to = "2026-12-16", revision = 2 });
        var stale = await program.PostAsJsonAsync($"/api/v1/schedules/{id}/occurrences", new { day = "2026-12-21", revision = 2 });
        var back = await browser.PostForm($"/lich/{id}/tro-lai", [new("to", "2")], $"/lich/{id}");

        Assert.EndsWith($"/lich/{id}", byButton.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"undoTo\":2", await byApi.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("schedule.changed-meanwhile", await stale.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        var now = (await world.Within(s => s.GetRequiredService<ISchedules>().Of(id, default)))!;
        Assert.Equal((4, "2026-12-07"), (now.Revision, Assert.Single(now.Newest.Days!.Exclusions).Value));
    }

    [Fact]
    public async Task Somebody_elses_schedule_is_left_alone()
    {
        var id = (await world.Save(Weekly(), SchedulingWorld.Editor("20"))).Value.Id;

        var refused = await world.Within(s => s.GetRequiredService<ChangeOccurrence>().Handle(new(SchedulingWorld.Editor("52"), id, new(2026, 12, 7), null), default));

        Assert.Equal("schedule.out-of-scope", refused.Why?.Code);
    }

    public void Dispose() => world.Dispose();

    /// <summary>Every Monday from 30/11/2026.</summary>
    private static ScheduleView Weekly() => SchedulingWorld.Wanted("Thứ Hai", from: new(2026, 11, 30), windows: [new(new(7, 0), new(9, 0))]) with { Weekdays = Weekdays.Monday };

    private Task<Outcome<ChangeOccurrence.Done>> Change(long id, DateOnly? day, DateOnly? to) =>
        world.Within(s => s.GetRequiredService<ChangeOccurrence>().Handle(new(SchedulingWorld.Editor(), id, day, to), default));

    private async Task<DateOnly[]> Days(ScheduleView view) =>
        [.. ScheduleDays.Days(view, await world.Within(s => s.GetRequiredService<IHolidays>().Table(default)), new(2026, 11, 1), new(2027, 11, 1))];
}
