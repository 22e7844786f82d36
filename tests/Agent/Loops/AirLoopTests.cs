using BorderInfo.Contract;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Loops;

public sealed class AirLoopTests
{
    private static readonly DateTimeOffset Start = new(DateTime.UtcNow.Date.AddHours(30), TimeSpan.Zero);

    [Fact]
    public async Task A_rotation_changes_at_the_exact_instant_and_the_next_part_is_prepared_before()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 20, 1, 2));
        var air = rig.Agent.Air.Playable(SamplePlan.Screen, rig.Agent.Clock.Now);
        var next = air.Item!.Id.Number == 1 ? 2 : 1;
        await rig.Shows(air.Item.Id.Number);

        for (var left = air.Until - rig.Clock.GetUtcNow(); left > TimeSpan.FromSeconds(1); left = air.Until - rig.Clock.GetUtcNow())
        {
            await Eventually.True(() => rig.Clock.SomebodySleepsUntil(rig.Clock.GetUtcNow().AddSeconds(1)), "the output sleeps");
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Eventually.True(() => rig.Screen.Prepared.Any(p => p.Key.Contains($"|T-{next}|")), "the next part is prepared");
        await Eventually.True(() => rig.Clock.SomebodySleepsUntil(air.Until), "the output sleeps until the change");
        rig.Clock.AdvanceTo(air.Until.AddMilliseconds(-1));
        await rig.Agent.Air.Outputs[0].Reconsider();
        Assert.True(rig.IsShowing(air.Item.Id.Number));
        await Eventually.True(() => rig.Clock.SomebodySleepsUntil(air.Until), "the output sleeps again");
        rig.Clock.AdvanceTo(air.Until);

        await rig.Shows(next);
        Assert.Equal(air.Until, rig.Screen.Shown.Last().At);
    }

    [Fact]
    public async Task At_the_start_the_last_good_plan_plays_without_anybody_and_a_clip_is_joined_in_its_middle()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        var clip = rig.Plans.Item(7, SamplePlan.Screen, 600, kind: PartKind.Clip);
        rig.Start();
        await rig.OnAir(rig.Plans.Plan(1, [clip], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 7)]));
        await rig.Shows(7);
        await rig.Stop();
        await rig.Server.DisposeAsync();
        rig.Clock.Advance(TimeSpan.FromMinutes(3));

        rig.Start();

        await rig.Shows(7);
        var joined = rig.Screen.Now!;
        var air = rig.Agent.Air.Playable(SamplePlan.Screen, rig.Agent.Clock.Now);
        Assert.True(joined.Offset > TimeSpan.Zero);
        Assert.Equal(rig.Agent.Clock.Now - air.From, joined.Offset);
    }

    [Fact]
    public async Task A_file_that_fails_three_times_is_left_out_for_this_boot_and_reported()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        var plan = rig.Plans.Rotation(1, 20, 1, 2);
        var bad = plan.Items.First(i => i.Id.Number == 1).Parts[0].File.Value;
        rig.Start(p => p.CannotPlay.Add(bad));

        await rig.OnAir(plan);
        for (var i = 0; i < 60 && rig.Screen.Shown.Count(s => s.Showing.Path?.EndsWith(bad, StringComparison.Ordinal) == true) < 3; i++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(20);
        }

        await rig.Shows(2);
        for (var i = 0; i < 120; i++)
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            await rig.Agent.Air.Outputs[0].Reconsider();
            Assert.True(rig.IsShowing(2));
        }

        Assert.Equal(3, rig.Screen.Shown.Count(s => s.Showing.Path?.EndsWith(bad, StringComparison.Ordinal) == true));
        await rig.Agent.Health.Turn(CancellationToken.None);
        rig.Clock.Advance(TimeSpan.FromSeconds(40));
        await rig.Agent.Health.Turn(CancellationToken.None);
        Assert.Contains(rig.Agent.Health.Findings, f => f.Code == "media-missing" && f.Output == SamplePlan.Screen);
    }

    [Fact]
    public async Task A_spoilt_file_is_found_before_it_is_shown_left_out_and_fetched_again()
    {
        await using var rig = new AgentRig();
        var plan = rig.Plans.Rotation(1, 5, 1, 2);
        rig.Start();
        await rig.OnAir(plan);
        await rig.Shows(1);
        await rig.Stop();
        var spoilt = rig.Agent.Shelf.PathOf(plan.Files[0].Hash);
        var bytes = File.ReadAllBytes(spoilt);
        bytes[3] ^= 1;
        File.WriteAllBytes(spoilt, bytes);

        rig.Start();
        await rig.Shows(2);

        Assert.DoesNotContain(rig.Screen.Shown, s => s.Showing.Path == spoilt);
        rig.Upload(plan);
        await Eventually.True(() => File.Exists(spoilt), "it is fetched again", 40);
        await rig.Shows(1);
        Assert.Equal(plan.Files[0].Hash, MediaHash.Of(File.ReadAllBytes(spoilt)));
    }

    [Fact]
    public async Task Nothing_due_shows_the_safe_screen_and_writes_no_play()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        var item = rig.Plans.Item(1, SamplePlan.Screen, 10);
        rig.Start();

        await rig.OnAir(rig.Plans.Plan(1, [item], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1) with { To = DateOnly.FromDateTime(Start.UtcDateTime.AddDays(-2)) }]));

        await rig.SafeScreen();
        Assert.Null(rig.Screen.Now!.Path);
        await rig.Stop();
    }

    [Fact]
    public async Task A_new_plan_keeps_the_player_of_an_output_that_stays_and_a_restart_makes_a_new_one()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 20, 1));
        await rig.Shows(1);

        await rig.OnAir(rig.Plans.Rotation(2, 20, 2));

        await rig.Shows(2);
        Assert.Equal(1, rig.Players.Made);
        rig.Agent.Air.Outputs[0].RestartPlayer();
        await Eventually.True(() => rig.Players.Made == 2, "a new player");
        await rig.Shows(2);
    }
}
