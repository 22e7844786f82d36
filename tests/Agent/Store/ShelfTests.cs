using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Store;

/// <summary>Downloads over a line that breaks, from a server that errs.</summary>
public sealed class ShelfTests
{
    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_ended()
    {
        await using var rig = new AgentRig();
        var big = Bytes(300_000);
        var plan = rig.Plans.Plan(1, [rig.Plans.Item(1, SamplePlan.Screen, 20, bytes: big)], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1)]);
        rig.Upload(plan);
        rig.Server.CutAfter = 120_000;
        rig.Start();

        rig.Agent.Plans.Offer(rig.Plans.Sealed(plan));

        await rig.Shows(1);
        var ranges = rig.Server.Gets.Select(g => g.Range).ToArray();
        Assert.Equal(3, ranges.Length);
        Assert.Null(ranges[0]);
        Assert.StartsWith("bytes=1", ranges[1]);
        Assert.Equal(big, File.ReadAllBytes(rig.Agent.Shelf.PathOf(plan.Files[0].Hash)));
    }

    [Fact]
    public async Task A_half_file_is_taken_up_after_a_restart_of_the_agent()
    {
        await using var rig = new AgentRig();
        var plan = rig.Plans.Plan(1, [rig.Plans.Item(1, SamplePlan.Screen, 20, bytes: Bytes(200_000))], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1)]);
        rig.Upload(plan);
        rig.Server.CutAfter = 90_000;
        rig.Start();
        rig.Agent.Plans.Offer(rig.Plans.Sealed(plan));
        var half = Path.Combine(rig.Folder.Shelf, "partial", plan.Files[0].Hash.Value + ".part");
        await Eventually.True(() => new FileInfo(half) is { Exists: true, Length: > 0 }, "the first try");
        rig.Server.Down = true;
        await rig.Stop();
        (rig.Server.Down, rig.Server.CutAfter) = (false, null);

        rig.Start();

        await rig.Shows(1);
        Assert.Contains(rig.Server.Gets, g => g.Range is not null);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_from_the_start_and_the_file_is_right()
    {
        await using var rig = new AgentRig();
        var plan = rig.Plans.Plan(1, [rig.Plans.Item(1, SamplePlan.Screen, 20, bytes: Bytes(200_000))], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1)]);
        rig.Upload(plan);
        (rig.Server.CutAfter, rig.Server.IgnoreRanges) = (90_000, true);
        rig.Start();
        rig.Agent.Plans.Offer(rig.Plans.Sealed(plan));
        await Eventually.True(() => rig.Server.Gets.Count >= 2, "tried again");

        rig.Server.CutAfter = null;

        await rig.Shows(1);
    }

    [Theory]
    [InlineData("substituted")]
    [InlineData("endless")]
    public async Task Other_bytes_than_the_plan_names_never_reach_the_shelf(string how)
    {
        await using var rig = new AgentRig();
        var plan = rig.Plans.Rotation(1, 20, 1);
        var wrong = how == "endless" ? new byte[5_000_000] : [.. rig.Plans.Files["1.1"].Reverse()];
        rig.Server.Files[plan.Files[0].Hash.Value] = wrong;
        rig.Start();

        rig.Agent.Plans.Offer(rig.Plans.Sealed(plan));

        await Eventually.True(() => rig.Server.Gets.Count >= 2, "tried again after the first wrong answer");
        Assert.Null(rig.Agent.Air.Plan);
        Assert.False(File.Exists(rig.Agent.Shelf.PathOf(plan.Files[0].Hash)));
        Assert.DoesNotContain(Directory.EnumerateFiles(rig.Folder.Shelf, "*", SearchOption.AllDirectories), f => new FileInfo(f).Length > plan.Files[0].Size);
        rig.Upload(plan);
        await rig.Shows(1);
    }

    [Fact]
    public async Task Files_that_no_kept_plan_names_are_thrown_away_after_the_second_switch()
    {
        await using var rig = new AgentRig();
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 60, 1));
        await rig.OnAir(rig.Plans.Rotation(2, 60, 2));
        var first = rig.Agent.Shelf.PathOf(rig.Plans.Rotation(1, 60, 1).Files[0].Hash);
        Assert.True(File.Exists(first));

        // What the test lays on the shelf before the plan is offered, the tidying after the second switch may still take: then it is fetched.
        rig.Upload(rig.Plans.Rotation(3, 60, 3));
        await rig.OnAir(rig.Plans.Rotation(3, 60, 3));

        await Eventually.True(() => !File.Exists(first), "thrown away");
        Assert.Single(rig.Events, e => e.Kind == SiteEventKind.PlanOnAir && e.Plan!.Value.Value == "LS-0001/2026-0003");
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
