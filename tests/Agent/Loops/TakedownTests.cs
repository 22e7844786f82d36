using BorderInfo.Agent.Plans;
using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
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
        var without = rig.Plans.Rotation(2, 60, 2) with { Withdrawn = [new(new ItemId(1), 1)] };

        rig.Agent.Plans.Offer(rig.Plans.Sealed(without));

        await rig.SafeScreen();
        Assert.Equal(without.Number, rig.Agent.Air.Plan!.Number);
        rig.Upload(without);
        await Eventually.True(() => rig.IsShowing(2), "the new item when its file came", 60);
        var keys = rig.Screen.Shown.Select(s => s.Showing.Key).SkipWhile(k => k == "safe");
        Assert.DoesNotContain(keys.SkipWhile(k => k != "safe"), k => k.Contains("|T-1|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_only_replaced_stays_on_air_until_every_file_of_the_new_plan_is_there()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        await rig.Shows(1);
        var other = rig.Plans.Rotation(2, 60, 2) with { Withdrawn = [new(new ItemId(7), 3)] };

        rig.Agent.Plans.Offer(rig.Plans.Sealed(other));
        await Eventually.True(() => !rig.Server.Gets.IsEmpty, "the missing file is asked for");

        Assert.Equal("LS-0001/2026-0001", rig.Agent.Air.Plan!.Number.Value);
        Assert.Equal(other.Number, rig.Agent.Inbox.Wanted!.Number);
        rig.Upload(other);
        await rig.Shows(2);
        Assert.DoesNotContain(rig.Screen.Shown.SkipWhile(s => s.Showing.Key == "safe"), s => s.Showing.Key == "safe");
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task A_withdrawal_takes_its_version_and_those_before_it_off_and_no_later_one(int withdrawn, bool early)
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Plan(1, [rig.Plans.Item(1, SamplePlan.Screen, 60, version: 2)], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1)]));
        await rig.Shows(1);
        var corrected = rig.Plans.Plan(2, [rig.Plans.Item(1, SamplePlan.Screen, 60, version: 3)], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1)]) with { Withdrawn = [new(new ItemId(1), withdrawn)] };

        rig.Agent.Plans.Offer(rig.Plans.Sealed(corrected));
        await Eventually.True(() => !rig.Server.Gets.IsEmpty, "the missing file is asked for");

        if (early)
            await rig.SafeScreen();
        else
            Assert.True(rig.IsShowing(1));
    }

    [Fact]
    public void A_full_list_may_have_left_something_out_so_what_the_plan_does_not_carry_goes()
    {
        using var plans = new SamplePlan(DateTimeOffset.UtcNow);
        var active = plans.Rotation(1, 60, 1);
        var wanted = plans.Rotation(2, 60, 2) with { Withdrawn = [.. Enumerable.Range(1000, PlanLimits.Withdrawn).Select(n => new WithdrawnItem(new ItemId(n), 1))] };

        var full = SwitchRule.Decide(wanted, active, _ => false, DateTimeOffset.UtcNow);
        var oneLess = SwitchRule.Decide(wanted with { Withdrawn = [.. wanted.Withdrawn.Skip(1)] }, active, _ => false, DateTimeOffset.UtcNow);

        Assert.Equal((SwitchRule.Verdict.Early, SwitchRule.Verdict.NotYet), (full, oneLess));
    }

    [Theory]
    [InlineData("festival", -1, 1, SwitchRule.Verdict.Early)]
    [InlineData("FESTIVAL", -1, 1, SwitchRule.Verdict.Early)]
    [InlineData("law", -1, 1, SwitchRule.Verdict.NotYet)]
    [InlineData("festival", 1, 2, SwitchRule.Verdict.NotYet)]
    [InlineData("festival", -2, -1, SwitchRule.Verdict.NotYet)]
    public void A_stop_of_themes_in_force_does_not_wait_for_files(string theme, int from, int until, SwitchRule.Verdict verdict)
    {
        var now = DateTimeOffset.UtcNow;
        using var plans = new SamplePlan(now);
        var active = plans.Rotation(1, 60, 1);
        active = active with { Items = [.. active.Items.Select(i => i with { Theme = "festival" })] };
        var wanted = plans.Rotation(2, 60, 2) with { Stops = [new() { Id = "TD-1", Themes = [theme], From = now.AddHours(from), Until = now.AddHours(until) }] };

        Assert.Equal(verdict, SwitchRule.Decide(wanted, active, _ => false, now));
        Assert.Equal(SwitchRule.Verdict.NotYet, SwitchRule.Decide(wanted, active with { Stops = wanted.Stops }, _ => false, now));
        Assert.Equal(SwitchRule.Verdict.NotYet, SwitchRule.Decide(wanted, active with { Entries = [.. active.Entries.Select(e => e with { Tier = Tier.Emergency })] }, _ => false, now));
    }

    [Fact]
    public async Task A_withdrawal_that_a_power_cut_interrupted_is_carried_out_before_anything_is_shown()
    {
        await using var rig = new AgentRig();
        rig.Start();
        var before = rig.Plans.Sealed(rig.Plans.Rotation(1, 60, 1));
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        await rig.Shows(1);
        rig.Agent.Plans.Offer(rig.Plans.Sealed(rig.Plans.Rotation(2, 60, 2) with { Withdrawn = [new(new ItemId(1), 1)] }));
        await rig.SafeScreen();
        await rig.Stop();
        BackToBeforeTheSwitch(rig, before);

        rig.Start();

        await rig.SafeScreen();
        Assert.DoesNotContain(rig.Screen.Shown, s => s.Showing.Key.Contains("|T-1|", StringComparison.Ordinal));
        Assert.Equal("LS-0001/2026-0002", rig.Agent.Air.Plan!.Number.Value);
    }

    [Fact]
    public async Task A_plan_that_something_was_withdrawn_from_never_comes_back_in_place_of_a_spoilt_one()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        await rig.Shows(1);
        await rig.OnAir(rig.Plans.Rotation(2, 60, 2) with { Withdrawn = [new(new ItemId(1), 1)] });
        await rig.Stop();
        Change(rig, "UPDATE plan SET sealed=x'00' WHERE place='active'");

        rig.Start();
        await Eventually.True(() => rig.Events.Count(e => e.Kind == SiteEventKind.AgentStarted) == 2, "started");
        rig.Agent.Plans.Offer([1]);
        await Eventually.True(() => rig.Events.Any(e => e.Kind == SiteEventKind.PlanRefused), "the plan loop turned");

        Assert.Null(rig.Agent.Inbox.Previous);
        Assert.Null(rig.Agent.Air.Plan);
    }

    [Fact]
    public async Task An_item_that_ran_out_by_itself_does_not_make_a_plan_go_on_air_before_its_files_are_there()
    {
        await using var rig = new AgentRig();
        rig.Start();
        var over = rig.Plans.Item(3, SamplePlan.Screen, 60) with { ValidUntil = DateTimeOffset.UtcNow.AddHours(-1) };
        await rig.OnAir(rig.Plans.Plan(1, [rig.Plans.Item(1, SamplePlan.Screen, 60), over], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1, 3)]));
        await rig.Shows(1);

        rig.Agent.Plans.Offer(rig.Plans.Sealed(rig.Plans.Rotation(2, 60, 1, 8) with { Withdrawn = [new(new ItemId(3), 1)] }));

        await Eventually.True(() => !rig.Server.Gets.IsEmpty, "the missing file is asked for");
        Assert.Equal("LS-0001/2026-0001", rig.Agent.Air.Plan!.Number.Value);
        Assert.True(rig.IsShowing(1));
    }

    private static void BackToBeforeTheSwitch(AgentRig rig, byte[] before)
    {
        Change(rig, "UPDATE plan SET place='wanted' WHERE place='active'");
        Change(rig, $"INSERT INTO plan(place, epoch, counter, number, sealed) VALUES('active', 1, 1, 'LS-0001/2026-0001', x'{Convert.ToHexString(before)}')");
    }

    private static void Change(AgentRig rig, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={rig.Folder.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
