namespace BorderInfo.Server.Fleet.Watch;

/// <summary>What the passing of time alone changes: silence makes a site offline, findings become visible, the hourly pulse falls due.</summary>
internal sealed partial class Sweep(IServiceScopeFactory scopes, StandingBoard board, PulseTimes pulses, TimeProvider clock, ILogger<Sweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public async Task Once(CancellationToken stop)
    {
        foreach (var site in board.All.Where(s => s.Presence is not null))
        {
            using var scope = scopes.CreateScope();
            var after = Differs(site) ? await scope.ServiceProvider.GetRequiredService<KeepStanding>().Change(site.Site, (known, now) => StandingRules.Wait(known, board.ListeningSince, now), stop) : site;
            if (after.Online && pulses.Due(site.Site, clock.GetUtcNow()))
                await scope.ServiceProvider.GetRequiredService<SendPulse>().To(after, stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Once(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.TurnFailed(log, e);
            }
        }
    }

    private bool Differs(SiteMemory site)
    {
        var after = StandingRules.Wait(site, board.ListeningSince, clock.GetUtcNow());
        return after.Silent != site.Silent || after.Standing != site.Standing || !after.Visible.SequenceEqual(site.Visible);
    }

    private static partial class Log
    {
        [LoggerMessage(1405, LogLevel.Error, "A turn of the sweep over the sites failed; the next comes in 5 s")]
        public static partial void TurnFailed(ILogger log, Exception e);
    }
}
