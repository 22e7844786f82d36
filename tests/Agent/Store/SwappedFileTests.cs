using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Agent.Store;

/// <summary>Somebody at the machine puts other bytes in the place of a good file, of the same length and with the old date.</summary>
public sealed class SwappedFileTests
{
    private static readonly DateTimeOffset Start = new(DateTime.UtcNow.Date.AddHours(30), TimeSpan.Zero);

    [Theory]
    [InlineData("written over")]
    [InlineData("renamed over")]
    [InlineData("a link")]
    public async Task A_swapped_picture_is_never_shown_is_reported_and_fetched_again(string how)
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        var plan = rig.Plans.Rotation(1, 20, 1, 2);
        rig.Start();
        await rig.OnAir(plan);
        var air = rig.Agent.Air.Playable(SamplePlan.Screen, rig.Agent.Clock.Now);
        var now = air.Item!.Id.Number;
        await rig.Shows(now);
        var next = plan.Items.First(i => i.Id.Number != now).Parts[0].File;
        var path = rig.Agent.Shelf.PathOf(next);

        Swap(path, how);
        rig.Clock.AdvanceTo(air.Until);

        await Eventually.True(() => rig.Agent.Air.Missing.Any(f => f.Hash == next), "it is missing");
        Assert.DoesNotContain(rig.Screen.Shown, s => s.Showing.Path == path);
        rig.Upload(plan);
        await Eventually.True(() => Again(rig) && File.Exists(path) && MediaHash.Of(File.ReadAllBytes(path)) == next, "it is fetched again", 60);
    }

    [Fact]
    public async Task A_swapped_clip_is_found_long_before_it_is_due()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        var clip = rig.Plans.Item(7, SamplePlan.Screen, 60, kind: PartKind.Clip, bytes: new byte[5 << 20]);
        var later = rig.Plans.Entry("L-2", Tier.Programme, SamplePlan.Screen, 7) with { From = DateOnly.FromDateTime(Start.UtcDateTime.AddDays(5)) };
        var plan = rig.Plans.Plan(1, [clip, rig.Plans.Item(1, SamplePlan.Screen, 20)], [rig.Plans.Entry("L-1", Tier.Programme, SamplePlan.Screen, 1), later]);
        rig.Start();
        await rig.OnAir(plan);
        var path = rig.Agent.Shelf.PathOf(clip.Parts[0].File);
        await Eventually.True(() => rig.Agent.Shelf.Look(plan.Files[0]) == BorderInfo.Agent.Store.OnShelf.Ready, "checked");

        Swap(path, "written over");

        await Eventually.True(() => Again(rig) && !File.Exists(path), "thrown away", 60);
    }

    private static bool Again(AgentRig rig)
    {
        rig.Clock.Advance(TimeSpan.FromSeconds(15));
        return true;
    }

    private static void Swap(string path, string how)
    {
        var written = File.GetLastWriteTimeUtc(path);
        var other = File.ReadAllBytes(path);
        other[^1] ^= 0x55;
        if (how == "written over")
            File.WriteAllBytes(path, other);
        else
            File.WriteAllBytes(path + ".new", other);
        File.SetLastWriteTimeUtc(how == "written over" ? path : path + ".new", written);
        if (how == "renamed over")
            File.Move(path + ".new", path, overwrite: true);
        if (how == "a link")
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, path + ".new");
        }
    }
}
