using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>Answers Fleet: the newest plan's number for pulses, and what is planned now for its pages.</summary>
internal sealed class NewestPlans(BorderInfoDb db, PlansInMemory memory) : INewestPlan, IPlanNow
{
    /// <summary>So far ahead a silent loudspeaker's next words are looked for.</summary>
    private static readonly TimeSpan LookAhead = TimeSpan.FromDays(2);

    public async Task<(int Epoch, long Counter)> Of(SiteId site, CancellationToken stop)
    {
        var counter = await db.Set<PlanCounter>().AsNoTracking().FirstOrDefaultAsync(c => c.Site == site.Value && c.Counter > 0, stop);
        return counter is null ? (0, 0) : (counter.Epoch, counter.Counter);
    }

    public async Task<IReadOnlyDictionary<SiteId, long>> SentUntil(DateTimeOffset instant, CancellationToken stop)
    {
        var found = await db.Set<PlanCounter>().AsNoTracking().Where(c => c.Counter > 0)
            .Select(c => new
            {
                c.Site,
                Newest = db.Set<PlanRow>().Where(p => p.Site == c.Site && p.SentAt <= instant).OrderByDescending(p => p.Epoch).ThenByDescending(p => p.Counter).Select(p => p.Counter).FirstOrDefault(),
            }).ToListAsync(stop);
        return found.Where(f => f.Newest > 0).ToDictionary(f => SiteId.Parse(f.Site), f => f.Newest);
    }

    public async Task<IReadOnlyList<PlannedNow>> Of(SiteId site, DateTimeOffset at, CancellationToken stop)
    {
        if (await memory.Of(site, stop) is not { } clock)
            return [];
        return [.. clock.Plan.Outputs.Select(o => Now(clock.At(o.Id, at)))];
    }

    public async Task<IReadOnlyDictionary<OutputId, NextWords>> SpeakNext(SiteId site, DateTimeOffset at, CancellationToken stop)
    {
        var found = new Dictionary<OutputId, NextWords>();
        if (await memory.Of(site, stop) is not { } clock)
            return found;
        foreach (var speaker in clock.Plan.Outputs.Where(o => o.Kind == OutputKind.Speaker && clock.At(o.Id, at).Item is null))
        {
            if (clock.Between(speaker.Id, at, at + LookAhead).FirstOrDefault(a => a.Item is not null) is { Item: { } item } next)
                found[speaker.Id] = new(next.From, item.Title);
        }

        return found;
    }

    public async Task<IReadOnlyDictionary<ItemId, string>> Titles(SiteId site, CancellationToken stop) =>
        (await memory.Of(site, stop))?.Plan.Items.GroupBy(i => i.Id).ToDictionary(g => g.Key, g => g.First().Title) ?? [];

    private static PlannedNow Now(OnAir air) =>
        new(air.Output, air.Item?.Id, air.Item?.Title, air.Part?.Language, air.Until == DateTimeOffset.MaxValue ? null : air.Until, air.Because.ToString());
}
