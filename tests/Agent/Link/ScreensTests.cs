namespace BorderInfo.Tests.Agent.Link;

/// <summary>Pictures of what the screens show, sent without being asked for.</summary>
public sealed class ScreensTests
{
    [Fact]
    public async Task A_change_right_after_a_picture_has_its_own_picture_later()
    {
        var clock = new FakeClock(DateTimeOffset.UtcNow);
        await using var rig = new AgentRig(clock);
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 600, 1));
        await rig.Shows(1);
        await PictureOf(rig, "T-1");

        await rig.OnAir(rig.Plans.Rotation(2, 600, 2));
        await rig.Shows(2);
        var changed = clock.GetUtcNow();
        await PictureOf(rig, "T-2");

        // No upper bound: on a busy machine the first picture is "slow" by this clock, and a slow line rests two minutes.
        Assert.True(clock.GetUtcNow() - changed >= TimeSpan.FromSeconds(15), "not at once");
        Assert.Equal(["T-1", "T-2"], rig.Server.Puts.Select(p => p.Headers["x-item"]));
    }

    private static Task PictureOf(AgentRig rig, string item) => Eventually.True(
        () =>
        {
            rig.Agent.Screens.LinkIsUp = true;
            rig.Clock.Advance(TimeSpan.FromSeconds(0.5));
            return rig.Server.Puts.Any(p => p.Headers["x-item"] == item);
        },
        $"a picture of {item}");
}
