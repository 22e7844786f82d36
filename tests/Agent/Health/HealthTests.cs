using BorderInfo.Agent.Health;
using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Tests.Agent.Health;

public sealed class HealthTests
{
    private static readonly DateTimeOffset Start = new(DateTime.UtcNow.Date.AddHours(30), TimeSpan.Zero);

    [Fact]
    public async Task A_healthy_site_reports_what_is_on_its_screens_and_no_findings()
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 600, 1));
        await rig.Shows(1);

        await rig.Agent.Health.Turn(CancellationToken.None);

        var report = rig.Agent.Health.Report();
        var screen = Assert.Single(report.Outputs);
        Assert.True(screen is { AsPlanned: true, PlayerAlive: true, Language: "vi", Page: 1 });
        Assert.Equal((screen.Wanted, "T-1"), (screen.Shown, screen.Shown!.Value.Value));
        Assert.Empty(report.Findings);
        Assert.True(report is { MemoryAvailableBytes: > 0, DiskFreeBytes: > 0 });
    }

    [Theory]
    [InlineData("wrong-picture", 10)]
    [InlineData("black-screen", 20)]
    public async Task A_wrong_or_black_screen_becomes_a_finding_after_its_time_and_goes_again(string code, int seconds)
    {
        await using var rig = new AgentRig(new FakeClock(Start));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 600, 1));
        await rig.Shows(1);
        (rig.Screen.Pretend, rig.Screen.Luma) = code == "wrong-picture" ? ("other", 90.0) : ((string?)null, 0.5);

        await rig.Agent.Health.Turn(CancellationToken.None);
        Assert.Empty(rig.Agent.Health.Findings);
        rig.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await rig.Agent.Health.Turn(CancellationToken.None);

        Assert.Equal(code, Assert.Single(rig.Agent.Health.Findings).Code);
        await Eventually.True(() => rig.Events.Any(e => e.Kind == SiteEventKind.FindingRaised && e.Code == code), "told");
        (rig.Screen.Pretend, rig.Screen.Luma) = (null, 90);
        await rig.Agent.Health.Turn(CancellationToken.None);
        Assert.Empty(rig.Agent.Health.Findings);
        await Eventually.True(() => rig.Events.Any(e => e.Kind == SiteEventKind.FindingCleared && e.Code == code), "told again");
    }

    [Fact]
    public void A_dead_player_explains_a_wrong_picture_away_and_flapping_raises_nothing()
    {
        var book = new FindingBook();
        Symptom[] both = [new(Findings.PlayerDead, SamplePlan.Screen), new(Findings.WrongPicture, SamplePlan.Screen)];

        book.Look(both, TimeSpan.Zero, Start);
        book.Look([], TimeSpan.FromSeconds(4), Start);
        book.Look(both, TimeSpan.FromSeconds(5), Start);
        var (early, _) = book.Look(both, TimeSpan.FromSeconds(9), Start);
        var (raised, _) = book.Look(both, TimeSpan.FromSeconds(16), Start);

        Assert.Empty(early);
        Assert.Equal("player-dead", Assert.Single(raised).Code);
    }

    [Fact]
    public async Task An_expired_plan_and_an_ending_certificate_are_told()
    {
        await using var rig = new AgentRig(new FakeClock(Start), authority: new Authority(Start.AddDays(-100), Start.AddDays(20)));
        rig.Start();
        await rig.OnAir(rig.Plans.Rotation(1, 600, 1) with { ValidUntil = Start.AddMinutes(1) });
        await rig.Shows(1);
        rig.Clock.Advance(TimeSpan.FromMinutes(2));

        await rig.Agent.Health.Turn(CancellationToken.None);

        Assert.Equal(["certificate-expiring", "plan-expired"], rig.Agent.Health.Findings.Select(f => f.Code).Order());
        Assert.True(rig.IsShowing(1));
    }
}
