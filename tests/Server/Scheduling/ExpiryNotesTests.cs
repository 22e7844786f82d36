using BorderInfo.Contract;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class ExpiryNotesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, null, "note.item-expires")]
    [InlineData(-1, null, "note.item-expired")]
    [InlineData(8, null, null)]
    [InlineData(3, "2026-11-24", null)]
    [InlineData(3, "2026-11-30", "note.item-expires")]
    public void An_item_that_runs_out_while_its_schedule_goes_on_is_told(int validDays, string? lastDay, string? told)
    {
        var schedule = SchedulingWorld.Wanted("Chào mừng", to: lastDay is null ? null : DateOnly.Parse(lastDay));
        var item = new ItemVersion(new(1), 1, "Tin mẫu", "other", BulletinClass.Normal, Now.AddDays(-30), Now.AddDays(validDays), ItemState.Approved, [], "20", [], Now);

        var notes = ExpiryNotes.Decide([schedule], new Dictionary<ItemId, ItemVersion> { [item.Id] = item }, HolidayTable.Empty, Now).ToArray();

        Assert.Equal(told, notes.SingleOrDefault()?.TextKey);
    }

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=5", "2026-11-19", 3, null, "note.schedule-ended 23/11/2026")]
    [InlineData("FREQ=WEEKLY;COUNT=2", "2026-11-20", 3, "note.item-expires", null)]
    [InlineData("FREQ=WEEKLY;COUNT=2", "2026-11-20", 5, null, null)]
    [InlineData("FREQ=DAILY;COUNT=3", "2026-11-19", -1, null, "note.schedule-ended 21/11/2026")]
    [InlineData("FREQ=DAILY;COUNT=3", "2026-11-10", -1, null, null)]
    public void A_rule_is_judged_by_its_last_day(string rule, string start, int validDays, string? item, string? ended)
    {
        var schedule = SchedulingWorld.Wanted("Theo quy tắc", from: DateOnly.Parse(start)) with { Days = new() { Solar = new(rule, DateOnly.Parse(start)) } };
        var version = new ItemVersion(new(1), 1, "Tin mẫu", "other", BulletinClass.Normal, Now.AddDays(-30), Now.AddDays(validDays), ItemState.Approved, [], "20", [], Now);

        var notes = ExpiryNotes.Decide([schedule], new Dictionary<ItemId, ItemVersion> { [version.Id] = version }, HolidayTable.Empty, rule == "FREQ=DAILY;COUNT=5" ? Now.AddDays(1) : Now).ToArray();

        Assert.Equal(item, notes.SingleOrDefault(n => n.TextKey.StartsWith("note.item", StringComparison.Ordinal))?.TextKey);
        Assert.Equal(ended, notes.Where(n => n.TextKey == "note.schedule-ended").Select(n => $"{n.TextKey} {n.With[1]}").SingleOrDefault());
    }

    [Theory]
    [InlineData("2026-11-22", true)]
    [InlineData("2026-11-20", true)]
    [InlineData("2026-11-19", false)]
    [InlineData("2026-11-23", false)]
    public void A_schedule_that_has_just_ended_is_told_for_three_days(string lastDay, bool told)
    {
        var schedule = SchedulingWorld.Wanted("Đợt cao điểm", from: new(2026, 11, 1), to: DateOnly.Parse(lastDay));

        var notes = ExpiryNotes.Decide([schedule], new Dictionary<ItemId, ItemVersion>(), HolidayTable.Empty, Now);

        Assert.Equal(told, notes.Any(n => n.TextKey == "note.schedule-ended"));
    }
}
