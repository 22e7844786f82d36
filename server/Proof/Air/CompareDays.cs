using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Proof.Air;

/// <summary>Compares stale days in the background, the newest first, with a pause after each so that nobody waits for it.</summary>
internal sealed class CompareDays(AirDays days, TimeProvider clock) : IChore
{
    /// <summary>Reports reach so far back with figures that are still worked on.</summary>
    private const int DaysBack = 400;

    public async Task Run(CancellationToken stop)
    {
        var today = LocalTime.Day(clock.GetUtcNow());
        foreach (var (site, day) in await days.Stale(null, today.AddDays(-DaysBack), today, stop))
        {
            await days.Compare(site, day, stop);
            await Task.Delay(20, stop);
        }
    }
}
