using System.Data.Common;
using BorderInfo.Server.Platform.Pages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof.Air;

/// <summary>Compares stale days in the background, the newest first, with a pause after each so that nobody waits for it.</summary>
internal sealed partial class AirWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<AirWorker> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(2);

    /// <summary>Reports reach so far back with figures that are still worked on.</summary>
    private const int DaysBack = 400;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await Turn(stoppingToken);
            }
            catch (Exception e) when (e is DbException or DbUpdateException)
            {
                Log.Stopped(log, e);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task Turn(CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        using var scope = scopes.CreateScope();
        var days = scope.ServiceProvider.GetRequiredService<AirDays>();
        var today = LocalTime.Day(clock.GetUtcNow());
        foreach (var (site, day) in await days.Stale(null, today.AddDays(-DaysBack), today, stop))
        {
            await days.Compare(site, day, stop);
            await Task.Delay(20, stop);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1911, LogLevel.Warning, "Comparing plays with plans stopped; goes on in two minutes")]
        public static partial void Stopped(ILogger log, Exception e);
    }
}
