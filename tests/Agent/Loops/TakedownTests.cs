using BorderInfo.Contract.Plans;
using Microsoft.Data.Sqlite;

namespace BorderInfo.Tests.Agent.Loops;

/// <summary>Somebody holds a file of the next plan back: what was withdrawn must go all the same.</summary>
public sealed class TakedownTests
{
    [Fact]
    public async Task A_withdrawn_item_goes_at_once_though_nothing_of_the_new_plan_is_there_and_the_safe_screen_shows()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        await rig.Shows(1);
        var without = rig.Plans.Rotation(2, 60, 2);

        rig.Agent.Plans.Offer(rig.Plans.Sealed(without));

        await rig.SafeScreen();
        Assert.Equal(without.Number, rig.Agent.Air.Plan!.Number);
        rig.Upload(without);
        await Eventually.True(() => rig.IsShowing(2), "the new item when its file came", 60);
        var keys = rig.Screen.Shown.Select(s => s.Showing.Key).SkipWhile(k => k == "safe");
        Assert.DoesNotContain(keys.SkipWhile(k => k != "safe"), k => k.Contains("|T-1|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_was_replaced_goes_though_the_new_one_is_held_back()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        await rig.Shows(1);
        var corrected = rig.Plans.Plan(2, [rig.Plans.Item(1, SamplePlan.Screen, 60, version: 2)], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1)]);

        rig.Agent.Plans.Offer(rig.Plans.Sealed(corrected));

        await rig.SafeScreen();
    }

    [Fact]
    public async Task A_withdrawal_that_a_power_cut_interrupted_is_carried_out_before_anything_is_shown()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        await rig.Shows(1);
        rig.Agent.Plans.Offer(rig.Plans.Sealed(rig.Plans.Rotation(2, 60, 2)));
        await rig.SafeScreen();
        await rig.Stop();
        BackToBeforeTheSwitch(rig);

        rig.Start();

        await rig.SafeScreen();
        Assert.DoesNotContain(rig.Screen.Shown, s => s.Showing.Key.Contains("|T-1|", StringComparison.Ordinal));
        Assert.Equal("LS-0001/2026-0002", rig.Agent.Air.Plan!.Number.Value);
    }

    [Fact]
    public async Task An_item_that_ran_out_by_itself_does_not_make_a_plan_go_on_air_before_its_files_are_there()
    {
        await using var rig = new AgentRig();
        rig.Start();
        var over = rig.Plans.Item(3, SamplePlan.Screen, 60) with { ValidUntil = DateTimeOffset.UtcNow.AddHours(-1) };
        await rig.OnAir(rig.Plans.Plan(1, [rig.Plans.Item(1, SamplePlan.Screen, 60), over], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1, 3)]));
        await rig.Shows(1);

        rig.Agent.Plans.Offer(rig.Plans.Sealed(rig.Plans.Rotation(2, 60, 1, 8)));

        await Eventually.True(() => !rig.Server.Gets.IsEmpty, "the missing file is asked for");
        Assert.Equal("LS-0001/2026-0001", rig.Agent.Air.Plan!.Number.Value);
        Assert.True(rig.IsShowing(1));
    }

    private static void BackToBeforeTheSwitch(AgentRig rig)
    {
        using var connection = new SqliteConnection($"Data Source={rig.Folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE plan SET place='wanted' WHERE place='active'; UPDATE plan SET place='active' WHERE place='previous'";
        command.ExecuteNonQuery();
    }
}
