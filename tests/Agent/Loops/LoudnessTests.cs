using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Loops;

/// <summary>How loud the plan lets a loudspeaker be, from the plan to the player.</summary>
public sealed class LoudnessTests
{
    [Fact]
    public async Task The_volume_in_force_is_set_before_anything_is_said_and_follows_the_next_plan()
    {
        await using var rig = new AgentRig();
        rig.Start();
        var plan = rig.Plans.Plan(1, [rig.Plans.Item(1, SamplePlan.Speaker, 600, kind: PartKind.Speech)], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Speaker, 1) with { EveryMinutes = 5 }], speaker: true);

        await rig.OnAir(Capped(plan, 1, 30));
        await Eventually.True(() => rig.Players["LOA-1"].Shown.Any(s => s.Showing.Path is not null), "something is said", 60);
        var before = rig.Players["LOA-1"].Volumes.ToArray();
        await rig.OnAir(Capped(plan, 2, null));
        await Eventually.True(() => rig.Players["LOA-1"].Volumes.LastOrDefault() == 80, "as loud as the output again", 60);

        Assert.Equal([30], before);
    }

    private static PlayPlan Capped(PlayPlan plan, long counter, int? volume) => plan with
    {
        Level = 3,
        Counter = counter,
        Number = new(plan.Site, 2026, counter),
        Outputs = [.. plan.Outputs.Select(o => o.Kind == OutputKind.Speaker && volume is { } v ? o with { QuietRules = [new() { Name = "Giờ học", Window = TimeWindow.WholeDay, VolumePercent = v }] } : o)],
    };
}
