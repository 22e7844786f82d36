namespace BorderInfo.Contract.Plans;

/// <summary>A plan as it concerns one output: its entries in the order of what wins, their slots, and when items come into force or go.</summary>
internal sealed class OutputPlan
{
    /// <summary>When items come or go and entries are published, in order.</summary>
    private readonly long[] edges;

    private OutputPlan(PlanOutput output, DueEntry[] entries, DueItem[] items, LocalDays local)
    {
        (Output, Entries, Items, Local) = (output, entries, items, local);
        Ranks = [.. entries.GroupBy(e => e.Rank).Select(g => (g.First().Index, g.Count()))];
        for (var rank = 0; rank < Ranks.Length; rank++)
        {
            foreach (var entry in entries.AsSpan(Ranks[rank].First, Ranks[rank].Count))
                entry.RankIndex = rank;
        }

        ItemEdges = [.. items.SelectMany(i => i.Allowed.SelectMany(a => new[] { (a.From, i.Index), (a.To, i.Index) })).Order()];
        edges = [.. ItemEdges.Select(e => e.At).Concat(entries.Select(e => e.Since)).Order()];
        UsersOf = [.. items.Select(i => entries.Where(e => e.Items.Contains(i)).Select(e => e.Index).ToArray())];
        LongestBlock = entries.SelectMany(e => e.Slots.GroupBy(s => s.Block).Select(b => b.Sum(s => s.Ticks))).DefaultIfEmpty().Max();
    }

    public PlanOutput Output { get; }

    public LocalDays Local { get; }

    /// <summary>By rank, then newest published first, then by id. Entries that name the output and have a part for it.</summary>
    public DueEntry[] Entries { get; }

    /// <summary>Runs of equal rank in <see cref="Entries"/>, best first.</summary>
    public (int First, int Count)[] Ranks { get; }

    public DueItem[] Items { get; }

    /// <summary>When items begin and cease to be allowed, in order.</summary>
    public (long At, int Item)[] ItemEdges { get; }

    /// <summary>Per item the entries that name it.</summary>
    public int[][] UsersOf { get; }

    /// <summary>No item lasts longer here.</summary>
    public long LongestBlock { get; }

    public Tier TierOf(int rank) => Entries[Ranks[rank].First].Entry.Tier;

    /// <summary>How many items came or went, or entries were published, before the instant.</summary>
    public int EdgesBefore(long utc)
    {
        var at = edges.AsSpan().BinarySearch(utc);
        at = at < 0 ? ~at : at;
        while (at > 0 && edges[at - 1] == utc)
            at--;
        return at;
    }

    /// <summary>True when one of them lies in [<paramref name="from"/>, <paramref name="to"/>].</summary>
    public bool HasEdge(long from, long to) => EdgesBefore(to + 1) > EdgesBefore(from);

    public static OutputPlan Of(PlayPlan plan, PlanOutput output, PlanDays days, LocalDays local)
    {
        var known = plan.Items.ToDictionary(i => i.Id);
        var items = new Dictionary<ItemId, DueItem>();
        var entries = plan.Entries
            .Where(e => e.Outputs.Contains(output.Id))
            .Select(e => new DueEntry(e, days.Of(e), local))
            .OrderBy(d => d.Rank)
            .ThenByDescending(d => d.Entry.Since)
            .ThenBy(d => d.Entry.Id, StringComparer.Ordinal)
            .Where(d => Fill(d, output, id => ItemOf(id)))
            .ToArray();
        for (var i = 0; i < entries.Length; i++)
            entries[i].Index = i;
        return new(output, entries, [.. items.Values], local);

        DueItem? ItemOf(ItemId id)
        {
            if (!items.TryGetValue(id, out var item) && known.TryGetValue(id, out var named))
                items[id] = item = new(named, items.Count, Allowed(named, plan.Stops));
            return item;
        }
    }

    /// <summary>Validity less the stops.</summary>
    private static Stretch[] Allowed(PlanItem item, IReadOnlyList<PlanStop> stops)
    {
        List<Stretch> allowed = [new Stretch(item.ValidFrom.UtcTicks, item.ValidUntil.UtcTicks).Within(PlanClock.Earliest.UtcTicks, PlanClock.Latest.UtcTicks)];
        foreach (var stop in stops.Where(s => s.Holds(item)))
            allowed = [.. allowed.SelectMany(a => new[] { a.Within(long.MinValue, stop.From.UtcTicks), a.Within(stop.Until.UtcTicks, long.MaxValue) })];
        return [.. allowed.Where(a => !a.IsEmpty)];
    }

    /// <summary>Slots: items in the order of the playlist, then their parts. An item without a part here has no slot.</summary>
    private static bool Fill(DueEntry due, PlanOutput output, Func<ItemId, DueItem?> itemOf)
    {
        var slots = new List<Slot>();
        var block = 0;
        foreach (var place in Playlist.Of(due.Entry))
        {
            if (itemOf(due.Entry.Items[place]) is { } item)
                slots.AddRange(PartsHere.Of(item.Item, output).Select(p => new Slot(due, item, p, block)));
            block++;
        }

        due.Fill(slots);
        return slots.Count > 0;
    }
}
