using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>Answers Fleet: the newest plan's number for pulses, and what is planned now for its pages.</summary>
internal sealed class NewestPlans(BorderInfoDb db, PlansInMemory memory) : INewestPlan, IPlanNow
{
    public async Task<(int Epoch, long Counter)> Of(SiteId site, CancellationToken stop)
    {
        var counter = await db.Set<PlanCounter>().AsNoTracking().FirstOrDefaultAsync(c => c.Site == site.Value && c.Counter > 0, stop);
        return counter is null ? (0, 0) : (counter.Epoch, counter.Counter);
    }

    public async Task<IReadOnlyList<PlannedNow>> Of(SiteId site, DateTimeOffset at, CancellationToken stop)
    {
        if (await memory.Of(site, stop) is not { } clock)
            return [];
        return [.. clock.Plan.Outputs.Select(o => Now(clock.At(o.Id, at)))];
    }

    public async Task<IReadOnlyDictionary<ItemId, string>> Titles(SiteId site, CancellationToken stop) =>
        (await memory.Of(site, stop))?.Plan.Items.GroupBy(i => i.Id).ToDictionary(g => g.Key, g => g.First().Title) ?? [];

    private static PlannedNow Now(OnAir air) =>
        new(air.Output, air.Item?.Id, air.Item?.Title, air.Part?.Language, air.Until == DateTimeOffset.MaxValue ? null : air.Until, air.Because.ToString());
}
