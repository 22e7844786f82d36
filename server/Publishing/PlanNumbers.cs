using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>Gives each plan of a site its epoch and counter: always above all given out and all that the site has seen.</summary>
/// <remarks>One SQL statement raises the counter, so two publishes at once can't get the same number. A rolled back transaction gives its number back.</remarks>
internal static class PlanNumbers
{
    /// <summary>A server restored from a backup may be a few epochs behind its sites, not more.</summary>
    private const int MostEpochsAhead = 100;

    /// <summary>A site that reports a counter beyond this was told nonsense (or attacked).</summary>
    public const long Sane = 999_999_999_999 - 1_000_000;

    public static async Task<(int Epoch, long Counter)> Next(BorderInfoDb db, SiteId site, CancellationToken stop)
    {
        var epoch = await Epoch(db, stop);
        await Ensure(db, site, stop);
        await db.Set<PlanCounter>().Where(c => c.Site == site.Value).ExecuteUpdateAsync(s => s
            .SetProperty(c => c.Counter, c => (c.SeenCounter > c.Counter && c.SeenCounter < Sane ? c.SeenCounter : c.Counter) + 1)
            .SetProperty(c => c.Epoch, epoch), stop);
        var now = await db.Set<PlanCounter>().AsNoTracking().SingleAsync(c => c.Site == site.Value, stop);
        return (now.Epoch, now.Counter);
    }

    public static async Task<int> Epoch(BorderInfoDb db, CancellationToken stop) =>
        await db.Set<PlanEpoch>().MaxAsync(e => (int?)e.Epoch, stop) ?? 1;

    /// <summary>Keeps the highest plan that a site reports.</summary>
    /// <returns>True when the site is ahead of us.</returns>
    public static async Task<bool> Seen(BorderInfoDb db, SiteId site, int epoch, long counter, DateTimeOffset now, CancellationToken stop)
    {
        // A stolen site certificate may report anything: an epoch no server of ours can have begun is not believed.
        if (counter < 0 || epoch < 0 || epoch > await Epoch(db, stop) + MostEpochsAhead)
            return false;
        await Ensure(db, site, stop);
        var row = await db.Set<PlanCounter>().AsNoTracking().SingleAsync(c => c.Site == site.Value, stop);
        var ahead = (epoch, counter).CompareTo((row.Epoch, row.Counter)) > 0;
        await db.Set<PlanCounter>().Where(c => c.Site == site.Value).ExecuteUpdateAsync(s => s
            .SetProperty(c => c.SeenEpoch, epoch > row.SeenEpoch ? epoch : row.SeenEpoch)
            .SetProperty(c => c.SeenCounter, (epoch, counter).CompareTo((row.SeenEpoch, row.SeenCounter)) > 0 ? counter : row.SeenCounter)
            .SetProperty(c => c.AheadSince, ahead ? row.AheadSince ?? now : null), stop);
        return ahead;
    }

    private static async Task Ensure(BorderInfoDb db, SiteId site, CancellationToken stop)
    {
        if (await db.Set<PlanCounter>().AnyAsync(c => c.Site == site.Value, stop))
            return;
        db.Add(new PlanCounter { Site = site.Value });
        await db.SaveChangesAsync(stop);
    }
}
