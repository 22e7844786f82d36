using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class ScheduleRulesTests
{
    [Theory]
    [InlineData("07:00-09:00", null)]
    [InlineData("00:00-00:00", null)]
    [InlineData("22:00-05:00", null)]
    [InlineData("07:00-09:00 09:00-11:00", null)]
    [InlineData("22:00-06:00 06:00-22:00", null)]
    [InlineData("08:00-08:00", "schedule.window-empty (08:00, 00:00–00:00)")]
    [InlineData("07:00-09:00 08:00-10:00", "schedule.windows-overlap (07:00–09:00, 08:00–10:00, 07:00–10:00)")]
    [InlineData("22:00-06:00 05:00-07:00", "schedule.windows-overlap (22:00–06:00, 05:00–07:00, 22:00–07:00)")]
    [InlineData("00:00-00:00 08:00-09:00", "schedule.windows-overlap (00:00–00:00, 08:00–09:00, 00:00–00:00)")]
    [InlineData("", "schedule.windows-count (24)")]
    public void Windows_are_whole_and_apart_or_refused_with_a_proposal(string text, string? refusal)
    {
        var windows = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split('-')).Select(w => new TimeWindow(TimeOnly.Parse(w[0]), TimeOnly.Parse(w[1]))).ToArray();

        var why = ScheduleRules.Windows(windows);

        Assert.Equal(refusal, why?.ToString());
    }

    [Theory]
    [InlineData("2026-11-30", "2026-11-30", null)]
    [InlineData("30/11/2026", "2026-11-30", null)]
    [InlineData("31/11/2026", null, "schedule.no-such-day (31/11/2026, 30/11/2026)")]
    [InlineData("2027-02-29", null, "schedule.no-such-day (2027-02-29, 28/02/2027)")]
    [InlineData("mai", null, "schedule.not-a-day (mai)")]
    public void A_day_that_does_not_exist_is_refused_with_the_last_one_that_does(string text, string? day, string? refusal)
    {
        var read = LocalTime.ReadDay(text);

        Assert.Equal(refusal, read.Why?.ToString());
        if (day is not null)
            Assert.Equal(DateOnly.Parse(day), read.Value);
    }

    [Theory]
    [InlineData(Roles.Editor, Tier.Programme, null)]
    [InlineData(Roles.Editor, Tier.Emergency, "schedule.emergency-not-allowed")]
    [InlineData(Roles.Approver, Tier.Emergency, null)]
    [InlineData(Roles.Administrator, Tier.Emergency, null)]
    [InlineData(Roles.Monitor, Tier.Filler, "schedule.not-allowed")]
    [InlineData(Roles.Technician, Tier.Filler, "schedule.not-allowed")]
    public void Who_may_write_which_tier(string role, Tier tier, string? refusal)
    {
        var actor = new Actor(1, "a", "a", new HashSet<string> { role }, AreaScope.All);

        Assert.Equal(refusal, ScheduleRules.MayWrite(actor, tier)?.Code);
    }

    [Fact]
    public void A_weekday_that_never_comes_is_refused()
    {
        var monday = SchedulingWorld.Wanted("Một ngày", to: new DateOnly(2026, 11, 23));

        Assert.Null(ScheduleRules.Check(monday));
        Assert.Equal("schedule.weekday-never", ScheduleRules.Check(monday with { Weekdays = Weekdays.Sunday })?.Code);
        Assert.Equal("schedule.days-reversed", ScheduleRules.Check(monday with { To = new DateOnly(2026, 11, 22) })?.Code);
    }

    [Fact]
    public void Days_at_the_ends_of_the_calendar_unknown_tiers_and_moments_are_refused()
    {
        var monday = SchedulingWorld.Wanted("Một ngày");

        Assert.Equal("day.range (01/01/0001, 01/01/1968)", ScheduleRules.Check(monday with { From = DateOnly.MinValue })?.ToString());
        Assert.Equal("to", ScheduleRules.Check(monday with { To = DateOnly.MaxValue })?.Field);
        Assert.Equal("schedule.tier-not-plannable", ScheduleRules.Check(monday with { Tier = (Tier)(-1) })?.Code);
        Assert.Equal("schedule.window-empty", ScheduleRules.Check(monday with { Windows = [new(new(0, 0), new(0, 0, 1))] })?.Code);
    }
}
