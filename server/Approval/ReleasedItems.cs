using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Approval;

/// <summary>Approved versions with who released them, from the tables of Content and the history of decisions.</summary>
internal sealed class ReleasedItems(BorderInfoDb db, IItems items, INotices notices, TimeProvider clock) : IReleasedItems
{
    public async Task<ReleasedItem?> Of(ItemId id, CancellationToken stop) =>
        (await items.Versions(id, stop)).FirstOrDefault(v => v.State == ItemState.Approved) is { } version && version.ValidUntil > clock.GetUtcNow()
            ? await With(version, stop)
            : null;

    public async Task<IReadOnlyList<ReleasedItem>> All(CancellationToken stop)
    {
        var decided = await Decided(stop);
        var released = new List<ReleasedItem>();
        foreach (var newest in await items.Newest(stop))
        {
            if (newest.State == ItemState.Approved && newest.ValidUntil > clock.GetUtcNow())
                released.Add(decided.TryGetValue((newest.Id, newest.Version), out var by) ? new(newest, by.By, by.At) : await With(newest, stop));
            else if (newest.Version > 1 && newest.State is ItemState.Draft or ItemState.Submitted or ItemState.Returned && await Of(newest.Id, stop) is { } older)
                released.Add(older);
        }

        return released;
    }

    public async Task<Successors> Successors(CancellationToken stop) => new(await notices.Replaced(stop));

    /// <summary>Who approved which version last, in one question for all items.</summary>
    private async Task<Dictionary<(ItemId, int), (string By, DateTimeOffset At)>> Decided(CancellationToken stop)
    {
        var decided = new Dictionary<(ItemId, int), (string, DateTimeOffset)>();
        foreach (var d in await db.Set<DecisionRow>().AsNoTracking().Where(d => d.Kind == DecisionKind.Approved).OrderBy(d => d.Id).Select(d => new { d.ItemId, d.Version, d.ByName, d.At }).ToListAsync(stop))
            decided[(new ItemId(d.ItemId), d.Version)] = (d.ByName, d.At);
        return decided;
    }

    private async Task<ReleasedItem> With(ItemVersion version, CancellationToken stop)
    {
        var decision = await db.Set<DecisionRow>().AsNoTracking()
            .Where(d => d.ItemId == version.Id.Number && d.Version == version.Version && d.Kind == DecisionKind.Approved)
            .OrderByDescending(d => d.Id).FirstAsync(stop);
        return new(version, decision.ByName, decision.At);
    }
}
