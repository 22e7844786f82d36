using BorderInfo.Server.Platform.Jobs;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>What the passing of time alone changes: silence makes a site offline, findings become visible, the hourly pulse falls due.</summary>
internal sealed class Sweep(IServiceScopeFactory scopes, StandingBoard board, PulseTimes pulses, TimeProvider clock) : IChore
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public async Task Run(CancellationToken stop)
    {
        foreach (var site in board.All.Where(s => s.Presence is not null))
        {
            using var scope = scopes.CreateScope();
            var after = Differs(site) ? await scope.ServiceProvider.GetRequiredService<KeepStanding>().Change(site.Site, (known, now) => StandingRules.Wait(known, board.ListeningSince, now), stop) : site;
            if (after.Online && pulses.Due(site.Site, clock.GetUtcNow()))
                await scope.ServiceProvider.GetRequiredService<SendPulse>().To(after, stop);
        }
    }

    private bool Differs(SiteMemory site)
    {
        var after = StandingRules.Wait(site, board.ListeningSince, clock.GetUtcNow());
        return after.Silent != site.Silent || after.Standing != site.Standing || !after.Visible.SequenceEqual(site.Visible);
    }
}
