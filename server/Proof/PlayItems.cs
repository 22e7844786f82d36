using System.Collections.Concurrent;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof;

/// <summary>Short keys of item versions, so that millions of rows need not repeat titles.</summary>
internal sealed class PlayItemKeys
{
    private readonly ConcurrentDictionary<(string Item, int Version), int> keys = [];

    /// <summary>Keys of the versions; those not yet known are added inside the caller's transaction and must be told by <see cref="Remember"/> after its commit.</summary>
    public async Task<Dictionary<(string Item, int Version), int>> Of(BorderInfoDb db, IItems items, IEnumerable<(ItemId Item, int Version)> versions, CancellationToken stop)
    {
        var found = new Dictionary<(string, int), int>();
        foreach (var (item, version) in versions.Distinct())
            found[(item.Value, version)] = keys.TryGetValue((item.Value, version), out var key) ? key : await Find(db, items, item, version, stop);
        return found;
    }

    public void Remember(Dictionary<(string Item, int Version), int> committed)
    {
        foreach (var (version, key) in committed)
            keys[version] = key;
    }

    private static async Task<int> Find(BorderInfoDb db, IItems items, ItemId item, int version, CancellationToken stop)
    {
        var row = await db.Set<PlayItemRow>().AsNoTracking().FirstOrDefaultAsync(i => i.Item == item.Value && i.Version == version, stop);
        if (row is not null)
            return row.Id;
        var known = await items.Version(item, version, stop);
        row = new() { Item = item.Value, Version = version, Title = known?.Title ?? item.Value, Theme = known?.Theme ?? "other", Class = known?.Class ?? default };
        db.Add(row);
        await db.SaveChangesAsync(stop);
        return row.Id;
    }
}
