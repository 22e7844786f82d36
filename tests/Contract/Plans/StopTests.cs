using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using static BorderInfo.Tests.Contract.Plans.PlanKit;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>Stops of themes and emergencies.</summary>
public sealed class StopTests
{
    private static readonly PlanStop Mourning = new() { Id = "QT-1", Themes = ["lễ hội"], From = T("08:00"), Until = T("10:00") };

    private static readonly PlanItem Festive = Item(1) with { Theme = "Lễ hội" };

    [Fact]
    public void An_entry_of_the_emergency_tier_is_not_stopped_although_the_same_item_is_stopped_elsewhere()
    {
        var plan = Plan([Festive], [Entry("A", Tier.Emergency, [1], W("08:30", "09:00")), Entry("B", Tier.Programme, [1], W("07:00", "11:00"))]) with { Stops = [Mourning] };

        foreach (var output in new[] { Lcd, Loa })
            Assert.Equal([null, "A", null], new[] { "08:10", "08:30", "09:10" }.Select(t => new PlanClock(plan).At(output, T(t)).Entry?.Id));
        Assert.Equal([WhyItemStanding.InForce, WhyItemStanding.Stopped], PlanWhy.At(plan, Lcd, T("08:30")).Entries.Select(e => e.Items[0].Standing));
    }

    [Fact]
    public void An_item_of_the_emergency_class_is_not_stopped_in_any_entry()
    {
        var plan = Plan([Festive with { Class = BulletinClass.Emergency }, Item(2) with { Theme = "Lễ hội" }], [Entry("A", Tier.Programme, [1, 2])]) with { Stops = [Mourning] };

        Assert.Equal("08:00:00 A:1 | 08:00:10 A:1 | 08:00:20 A:1", plan.Walk(Lcd, T("08:00"), T("08:00:30")));
    }

    [Fact]
    public void A_plan_in_which_a_stop_meets_an_emergency_is_refused_by_agents_that_would_silence_it()
    {
        var stopped = Plan([Festive, Item(2)], [Entry("A", Tier.Programme, [1]), Entry("B", Tier.Emergency, [2])]) with { Stops = [Mourning] };
        var met = stopped with { Entries = [.. stopped.Entries, Entry("C", Tier.Emergency, [1])] };
        var urgent = stopped with { Items = [Festive with { Class = BulletinClass.Emergency }, Item(2)] };

        Assert.Equal([2, 4, 4], new[] { stopped, met, urgent }.Select(PlanLevels.Of));
    }
}
