using System.Collections.Concurrent;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>The files that a site may fetch: of its newest plans and of the one it last told to be on air, which it may have to repair. Kept in memory per site, looked up anew with each new plan and every half minute.</summary>
internal sealed class SiteMedia(BorderInfoDb db, SiteMediaMemory memory, TimeProvider clock) : ISiteMedia
{
    /// <summary>A site that fetches may be a plan behind.</summary>
    public const int NewestPlans = 3;

    public async Task<bool> May(SiteId site, MediaHash file, CancellationToken stop)
    {
        var newest = await db.Set<PlanCounter>().AsNoTracking().FirstOrDefaultAsync(c => c.Site == site.Value && c.Counter > 0, stop);
        if (newest is null)
            return false;
        if (memory.Known(site, newest.Epoch, newest.Counter, clock) is not { } files)
            memory.Keep(site, newest.Epoch, newest.Counter, clock, files = Of(await Plans(site, stop)));
        return files.Contains(file);
    }

    /// <summary>Pure: files of all the plans without what the newest one, which comes first, withdraws.</summary>
    internal static HashSet<MediaHash> Of(IReadOnlyList<PlayPlan> plans)
    {
        var withdrawn = plans.Count == 0 ? [] : plans[0].Withdrawn.ToDictionary(w => w.Item, w => w.Version);
        return [.. plans.SelectMany(p => p.Items).Where(i => !(withdrawn.TryGetValue(i.Id, out var until) && i.Version <= until)).SelectMany(i => i.Parts).Select(p => p.File)];
    }

    private async Task<IReadOnlyList<PlayPlan>> Plans(SiteId site, CancellationToken stop)
    {
        var all = db.Set<PlanRow>().AsNoTracking().Where(p => p.Site == site.Value);
        var folded = await all.OrderByDescending(p => p.Epoch).ThenByDescending(p => p.Counter).Take(NewestPlans).Select(p => p.Plan).ToListAsync(stop);
        folded.AddRange(await all.Where(p => p.OnAirAt != null).OrderByDescending(p => p.Epoch).ThenByDescending(p => p.Counter).Take(1).Select(p => p.Plan).ToListAsync(stop));
        return [.. folded.Select(PlanBytes.Unfold)];
    }
}

/// <summary>What was looked up last for each site.</summary>
internal sealed class SiteMediaMemory
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<SiteId, (int Epoch, long Counter, long Stamp, HashSet<MediaHash> Files)> known = [];

    /// <summary>Null = look it up.</summary>
    public HashSet<MediaHash>? Known(SiteId site, int epoch, long counter, TimeProvider clock) =>
        known.TryGetValue(site, out var k) && (k.Epoch, k.Counter) == (epoch, counter) && clock.GetElapsedTime(k.Stamp) < AskAgainAfter ? k.Files : null;

    public void Keep(SiteId site, int epoch, long counter, TimeProvider clock, HashSet<MediaHash> files) => known[site] = (epoch, counter, clock.GetTimestamp(), files);
}
