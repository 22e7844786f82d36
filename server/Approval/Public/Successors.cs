namespace BorderInfo.Server.Approval.Public;

/// <summary>Pure: which notice took the place of which. What names a replaced one means its successor; this is the one place where that is decided.</summary>
/// <param name="next">One step of each replaced notice.</param>
public sealed class Successors(IReadOnlyDictionary<ItemId, ItemId> next)
{
    public static readonly Successors None = new(new Dictionary<ItemId, ItemId>());

    public bool Any => next.Count > 0;

    public bool Replaced(ItemId item) => next.ContainsKey(item);

    /// <summary>The last of the chain, the item itself when nothing replaced it. A chain that came round (no approval makes one) ends where it began.</summary>
    public ItemId Of(ItemId item)
    {
        var at = item;
        for (var steps = 0; steps <= next.Count && next.TryGetValue(at, out var by); steps++)
        {
            if (by == item)
                return item;
            at = by;
        }

        return at;
    }

    /// <summary>In their order, each once: two of one chain become one.</summary>
    public IReadOnlyList<ItemId> Of(IReadOnlyList<ItemId> items) => Any && items.Any(Replaced) ? [.. items.Select(Of).Distinct()] : items;

    /// <summary>The items, and every replaced one whose place one of them took.</summary>
    public HashSet<ItemId> Names(IEnumerable<ItemId> items)
    {
        var names = items.ToHashSet();
        names.UnionWith(next.Keys.Where(k => names.Contains(Of(k))).ToArray());
        return names;
    }
}
