using BorderInfo.Agent.Plans;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Plans;

public sealed class SwitchRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

    /// <summary>What will never be shown again needs no haste; what has a time to come does, also between two times.</summary>
    [Theory]
    [InlineData(-3, -1, SwitchRule.Verdict.NotYet)]
    [InlineData(-3, 0, SwitchRule.Verdict.NotYet)]
    [InlineData(-1, 1, SwitchRule.Verdict.Early)]
    [InlineData(5, 6, SwitchRule.Verdict.Early)]
    public void A_withdrawal_waits_for_no_file_unless_the_last_time_of_the_item_is_over(int from, int until, SwitchRule.Verdict verdict)
    {
        using var plans = new SamplePlan(Now);
        var notice = plans.Item(3, SamplePlan.Screen, 10) with { Theme = "Lễ hội", Times = [new(Now.AddHours(-9), Now.AddHours(-8)), new(Now.AddHours(from), Now.AddHours(until))] };
        var active = plans.Plan(1, [plans.Item(1, SamplePlan.Screen, 10), notice], [plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1, 3)]);
        var missing = plans.Rotation(2, 10, 1, 8);
        var withdrawing = missing with { Withdrawn = [new(notice.Id, 1)] };
        var stopping = missing with { Stops = [new() { Id = "QT-1", Themes = ["Lễ hội"], From = Now.AddMinutes(-1), Until = Now.AddDays(1) }] };

        Assert.Equal([verdict, verdict], new[] { withdrawing, stopping }.Select(p => SwitchRule.Decide(p, active, _ => false, Now)));
    }
}
