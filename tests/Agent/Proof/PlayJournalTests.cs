using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Proof;

public sealed class PlayJournalTests
{
    private static readonly DateTimeOffset Start = new(DateTime.UtcNow.Date.AddHours(30), TimeSpan.Zero);

    [Fact]
    public async Task Every_turn_of_a_rotation_is_one_record_with_its_length_and_end()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 20, 1));
        await rig.Shows(1);

        await PlayOn(rig, 4);

        await Eventually.True(() => rig.Plays.Count >= 4, "four plays");
        Assert.All(rig.Plays.Skip(1).Take(3), p =>
        {
            Assert.Equal((20_000, PlayEnd.Completed, "L-1", 1), (p.DurationMs, p.End, p.Entry, p.Version));
            Assert.Equal(TimeSpan.FromSeconds(20), p.EndedAt - p.StartedAt);
        });
        Assert.Equal(rig.Plays.Select((_, i) => i + 1L), rig.Plays.Select(p => p.Seq));
    }

    [Fact]
    public async Task Only_a_showing_that_was_seen_on_the_screen_is_verified()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 20, 1));
        await rig.Shows(1);
        await PlayOn(rig, 1);
        rig.Screen.BeSeen();

        await PlayOn(rig, 2);

        await Eventually.True(() => rig.Plays.Count >= 3, "three plays");
        Assert.Equal([ProofGrade.Played, ProofGrade.Verified, ProofGrade.Played], rig.Plays.Take(3).Select(p => p.Grade));
    }

    [Fact]
    public async Task A_higher_plan_cuts_the_play_and_says_so()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 600, 1));
        await rig.Shows(1);
        rig.Clock.Advance(TimeSpan.FromSeconds(3));

        var both = rig.Plans.Plan(2, [rig.Plans.Item(1, SamplePlan.Screen, 600), rig.Plans.Item(9, SamplePlan.Screen, 10)],
            [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1), rig.Plans.Entry("K-1", Tier.Emergency, SamplePlan.Screen, 9)]);
        await rig.OnAir(both);
        await rig.Shows(9);

        await Eventually.True(() => rig.Plays.Count >= 1, "the cut play");
        Assert.Equal((PlayEnd.Cut, 3_000, "LS-0001/2026-0001"), (rig.Plays[0].End, rig.Plays[0].DurationMs, rig.Plays[0].Plan.Value));
    }

    [Fact]
    public async Task A_player_that_dies_leaves_a_broken_record_and_begins_a_new_one()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 600, 1));
        await rig.Shows(1);
        rig.Clock.Advance(TimeSpan.FromSeconds(5));

        rig.Screen.DieAndComeBack();
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        await rig.Stop();

        using var store = new BorderInfo.Agent.Store.AgentDatabase(rig.Folder, new BorderInfo.Agent.Store.Reserve(rig.Folder, 0), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var plays = new BorderInfo.Agent.Store.Journal(store, new BorderInfo.Agent.Store.HighWater(rig.Folder)).Plays(0, 10);
        Assert.Equal([(PlayEnd.Broken, 5_000L), (PlayEnd.Cut, 2_000L)], plays.Select(p => (p.End, p.DurationMs)));
    }

    [Fact]
    public async Task A_jump_of_the_wall_clock_does_not_change_how_long_a_play_was()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 3600, 1));
        await rig.Shows(1);
        rig.Clock.Advance(TimeSpan.FromSeconds(4));

        rig.Clock.JumpWall(TimeSpan.FromHours(5));
        await Eventually.True(() => rig.Clock.SomebodySleepsUntil(rig.Clock.GetUtcNow().AddSeconds(1)) || rig.Plays.Count > 0, "somebody sleeps");
        rig.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.True(() => rig.Plays.Count == 1, "the play ended");
        // The output may wake at the jump itself or at the next second: what it never does is count the five hours.
        Assert.InRange(rig.Plays[0].DurationMs, 4_000, 5_000);
    }

    /// <summary>So many changes on the screen, each at its instant.</summary>
    private static async Task PlayOn(AgentRig rig, int changes)
    {
        for (var i = 0; i < changes; i++)
        {
            var until = rig.Agent.Air.Playable(SamplePlan.Screen, rig.Agent.Clock.Now).Until;
            var shown = rig.Screen.Shown.Count;
            rig.Clock.AdvanceTo(until);
            await rig.Agent.Air.Outputs[0].Reconsider();
            await Eventually.True(() => rig.Screen.Shown.Count > shown, "the next turn");
        }
    }
}
