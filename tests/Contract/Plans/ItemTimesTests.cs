using System.Text.Json;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using FsCheck;
using FsCheck.Fluent;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Items that may be shown within absolute stretches alone, as a notice of several windows on different days.</summary>
public sealed class ItemTimesTests
{
    private static readonly PlanEntry AllDay = Entry("A", Tier.Programme, [1]);

    [Fact]
    public void Outside_its_times_an_item_is_not_shown_and_at_their_end_it_is_cut()
    {
        var plan = Plan([Timed(40, ("07:00", "07:01"), ("15:30", "17:30")), Item(2)], [AllDay, Entry("D", Tier.ClusterDefault, [2])]);

        var clock = new PlanClock(plan);

        Assert.Equal("06:59:50 D:2 | 07:00:00 A:1 | 07:00:40 A:1 | 07:01:00 D:2", plan.Walk(Lcd, T("06:59:50"), T("07:01:10")));
        Assert.Equal(["D", "A", "A", "D"], new[] { "15:29:59", "15:30", "17:29:59", "17:30" }.Select(t => clock.At(Lcd, T(t)).Entry?.Id));
        Assert.Equal("D", clock.At(Lcd, T("07:00", 22)).Entry?.Id);
    }

    [Fact]
    public void Of_an_entry_with_other_items_the_others_go_on()
    {
        var plan = Plan([Timed(20, ("08:00", "08:00:30"), ("08:01", "09:00")), Item(2, 20)], [Entry("A", Tier.Programme, [1, 2], W("08:00", "09:00"))]);

        var day = plan.Walk(Lcd, T("08:00"), T("08:01:30"));

        Assert.Equal("08:00:00 A:1 | 08:00:20 A:2 | 08:00:40 A:2 | 08:01:00 A:1 | 08:01:20 A:2", day);
    }

    [Fact]
    public void A_loudspeaker_says_nothing_that_waited_beyond_its_time_and_cuts_what_it_began()
    {
        var plan = Plan([Timed(60, ("08:00", "08:10"), ("08:40", "08:40:30")), Item(2, 720)],
            [Entry("B", Tier.Programme, [2], W("07:59", "09:00")) with { Number = 1 }, Entry("A", Tier.Programme, [1], W("08:00", "09:00")) with { EveryMinutes = 20 }]);

        var day = plan.Walk(Loa, T("07:58"), T("09:00"));

        Assert.Equal("07:58:00 - | 07:59:00 B:2 | 08:11:00 - | 08:40:00 A:1 | 08:40:30 -", day);
    }

    [Fact]
    public void A_beat_runs_from_the_first_time_of_the_window_and_the_reason_names_the_next_call_that_is_not_in_vain()
    {
        var plan = Plan([Timed(10, ("08:05", "08:30"), ("09:00", "09:10"))], [Entry("A", Tier.Programme, [1], W("08:00", "10:00")) with { EveryMinutes = 20 }]);

        var why = PlanWhy.At(plan, Loa, T("08:26"));
        var last = PlanWhy.At(plan, Loa, T("09:06"));

        Assert.Equal("08:00:00 - | 08:05:00 A:1 | 08:05:10 - | 08:25:00 A:1 | 08:25:10 - | 09:00:00 A:1 | 09:00:10 - | 09:05:00 A:1 | 09:05:10 -", plan.Walk(Loa, T("08:00"), T("10:00")));
        Assert.Equal((WhyStanding.BetweenCalls, T("09:00")), (why.Entries[0].Standing, why.Entries[0].Opens));
        Assert.Equal((WhyStanding.BetweenCalls, (DateTimeOffset?)null), (last.Entries[0].Standing, last.Entries[0].Opens));
    }

    [Fact]
    public void Silence_knows_the_next_time_weeks_ahead_and_that_after_the_last_there_is_none()
    {
        var item = Item(1) with { Times = [new(T("10:00", 2), T("11:00", 2)), new(T("22:00", 28), T("23:00", 28))] };
        var clock = new PlanClock(Plan([item], [Entry("A", Tier.Programme, [1], W("08:00", "23:00"))]));

        foreach (var output in new[] { Lcd, Loa })
            Assert.Equal([T("22:00", 28), DateTimeOffset.MaxValue], new[] { T("12:00", 3), T("23:30", 28) }.Select(t => clock.Next(output, t)));
    }

    [Fact]
    public void An_emergency_keeps_to_its_times_too()
    {
        var plan = Plan([Timed(30, ("08:00", "08:10")) with { Class = BulletinClass.Emergency }], [Entry("K", Tier.Emergency, [1])]);

        foreach (var output in new[] { Lcd, Loa })
            Assert.Equal(["K", null], new[] { "08:00:20", "08:10" }.Select(t => new PlanClock(plan).At(output, T(t)).Entry?.Id));
    }

    [Theory]
    [InlineData("07:30", WhyItemStanding.OutsideItsTimes, "08:00")]
    [InlineData("08:00", WhyItemStanding.InForce, null)]
    [InlineData("08:50", WhyItemStanding.Stopped, null)]
    [InlineData("09:30", WhyItemStanding.OutsideItsTimes, "10:30")]
    [InlineData("10:20", WhyItemStanding.Stopped, null)]
    [InlineData("12:00", WhyItemStanding.OutsideItsTimes, null)]
    [InlineData("20:00", WhyItemStanding.Expired, null)]
    [InlineData("06:00", WhyItemStanding.NotYet, null)]
    public void The_reason_says_that_it_is_outside_its_times_and_when_it_comes_next(string at, WhyItemStanding standing, string? next)
    {
        var item = Timed(10, ("08:00", "09:00"), ("10:00", "11:00")) with { Theme = "Lễ hội", ValidFrom = T("07:00"), ValidUntil = T("20:00") };
        var plan = Plan([item], [AllDay]) with { Stops = [new() { Id = "QT-1", Themes = ["Lễ hội"], From = T("08:45"), Until = T("10:30") }] };

        var why = PlanWhy.At(plan, Lcd, T(at)).Entries.Single();

        Assert.Equal((standing, next is null ? null : T(next)), (why.Items[0].Standing, why.Items[0].Next));
        Assert.Equal(standing == WhyItemStanding.InForce ? WhyStanding.OnAir : WhyStanding.NoItem, why.Standing);
    }

    [Fact]
    public void A_plan_without_times_says_no_word_of_them_and_one_with_times_is_of_level_five()
    {
        var (plain, timed) = (Plan([Item(1)], [AllDay]), Plan([Timed(10, ("08:00", "09:00"))], [AllDay]));

        var json = JsonSerializer.Serialize(timed, ContractJson.Wire.PlayPlan);
        var read = JsonSerializer.Deserialize(json, ContractJson.Wire.PlayPlan)!;

        Assert.DoesNotContain("times", JsonSerializer.Serialize(plain, ContractJson.Wire.PlayPlan), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(JsonSerializer.Deserialize(JsonSerializer.Serialize(plain, ContractJson.Wire.PlayPlan), ContractJson.Wire.PlayPlan)!.Items[0].Times);
        Assert.Contains("\"times\":[{\"from\":\"2026-11-21T08:00:00+07:00\",\"until\":\"2026-11-21T09:00:00+07:00\"}]", json, StringComparison.Ordinal);
        Assert.Equal(timed.Items[0].Times, read.Items[0].Times);
        Assert.Equal([1, 5], new[] { plain, timed }.Select(PlanLevels.Of));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(System.Text.RegularExpressions.Regex.Replace(json, "\"times\":\\[.*?\\]", "\"times\":null"), ContractJson.Wire.PlayPlan));
    }

    /// <summary>Two times of which one begins as the other ends are one, and one as long as the validity is none.</summary>
    [Fact]
    public void Where_a_time_is_divided_nothing_is_cut() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40), Prop.ForAll(RandomPlans.All, plan =>
    {
        var divided = plan with { Items = [.. plan.Items.Select(i => i with { Times = Divided(i) })] };
        foreach (var output in new[] { Lcd, Loa })
            Assert.Equal(Told(plan, output), Told(divided, output));
    }));

    private static AirTime[] Divided(PlanItem item) =>
        [.. (item.Times.Count > 0 ? item.Times : [new(item.ValidFrom, item.ValidUntil)]).SelectMany(t => t.From + ((t.Until - t.From) / 3) is var middle ? new[] { new AirTime(t.From, middle), new(middle, t.Until) } : [])];

    private static string Told(PlayPlan plan, OutputId output) =>
        string.Join('\n', new PlanClock(plan).Between(output, RandomPlans.Start, RandomPlans.Start.AddDays(RandomPlans.Days)).Take(500).Select(a => $"{a.From.UtcTicks} {a.Until.UtcTicks} {a.Entry?.Id} {a.Item?.Id} {a.Part?.Language} {a.Because}"));

    private static PlanItem Timed(int seconds, params (string From, string Until)[] times) => Item(1, seconds) with { Times = [.. times.Select(t => new AirTime(T(t.From), T(t.Until)))] };
}
