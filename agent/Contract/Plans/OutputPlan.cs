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

        HasVoices = entries.Any(e => e.Voice is not null);
        IsPaced = entries.Any(e => e.Pace.IsAny);
        Shared = [.. entries.Where(e => e.Pace.Share > 0)];
        foreach (var entry in entries.Where(e => e.Pace.IsAny))
            (entry.Account, Accounts) = (Accounts, Accounts + entry.Items.Length);
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

    /// <summary>An entry has a share, a cap or a gap.</summary>
    public bool IsPaced { get; }

    /// <summary>An entry is shown in step with a loudspeaker.</summary>
    public bool HasVoices { get; }

    public DueEntry[] Shared { get; }

    /// <summary>Items of entries with a pace, each once an entry.</summary>
    public int Accounts { get; }

    /// <summary>True when the <see cref="HourBook"/> of this instant may tell more than an empty one: an entry with a pace was open with an item to show within two hours, or its longest gap, and a longest item.</summary>
    public bool Remembers(long utc)
    {
        if (!IsPaced)
            return false;
        var memory = Math.Max(2 * TimeSpan.TicksPerHour, Entries.Max(e => e.Pace.Gap)) + LongestBlock;
        var windows = new List<Stretch>();
        foreach (var entry in Entries)
        {
            if (!entry.Pace.IsAny)
                continue;
            windows.Clear();
            for (var day = Local.DayOf(utc - memory).AddDays(-1); day <= Local.DayOf(utc); day = day.AddDays(1))
                entry.WindowsOf(day, windows);
            if (entry.Items.Any(i => i.Allowed.Any(a => windows.Any(w => w.Within(a.From, a.To).Within(utc - memory, utc) is { IsEmpty: false }))))
                return true;
        }

        return false;
    }

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

    /// <param name="voiceOf">The clock of a loudspeaker of the plan.</param>
    public static OutputPlan Of(PlayPlan plan, PlanOutput output, PlanDays days, LocalDays local, Func<OutputId, SpeakerClock> voiceOf)
    {
        var speakers = plan.Outputs.Where(o => o.Kind == OutputKind.Speaker).Select(o => o.Id).OrderBy(o => o.Value, StringComparer.Ordinal).ToArray();
        var known = plan.Items.ToDictionary(i => i.Id);
        // An emergency may show what a stop holds elsewhere.
        var items = new Dictionary<(ItemId Item, bool Free), DueItem>();
        var entries = plan.Entries
            .Where(e => e.Outputs.Contains(output.Id))
            .SelectMany(Dues)
            .OrderBy(d => d.Rank)
            .ThenByDescending(d => d.Entry.Since)
            .ThenBy(d => d.Entry.Id, StringComparer.Ordinal)
            .Where(d => Fill(d, output, id => ItemOf(id, d.Entry.Tier)))
            .ToArray();
        for (var i = 0; i < entries.Length; i++)
            entries[i].Index = i;
        return new(output, entries, [.. items.Values], local);

        IEnumerable<DueEntry> Dues(PlanEntry e)
        {
            if (!e.InStep || output.Kind == OutputKind.Speaker || speakers.Where(e.Outputs.Contains).ToArray() is not [var first, ..])
                return [new DueEntry(e, days.Of(e), local)];
            return e.Items.Distinct().Select(i => new DueEntry(e, days.Of(e), local, new(voiceOf(first), e, i)));
        }

        DueItem? ItemOf(ItemId id, Tier tier)
        {
            var key = (id, plan.Stops.Count > 0 && tier == Tier.Emergency);
            if (!items.TryGetValue(key, out var item) && known.TryGetValue(id, out var named))
                items[key] = item = new(named, items.Count, Allowed(named, plan.Stops.Where(s => s.Holds(named, tier))));
            return item;
        }
    }

    /// <summary>Validity, or its times within it, less the stops that hold it.</summary>
    private static Stretch[] Allowed(PlanItem item, IEnumerable<PlanStop> stops)
    {
        var validity = new Stretch(item.ValidFrom.UtcTicks, item.ValidUntil.UtcTicks).Within(PlanClock.Earliest.UtcTicks, PlanClock.Latest.UtcTicks);
        var allowed = item.Times.Count > 0 ? Times(item, validity) : [validity];
        foreach (var stop in stops)
            allowed = [.. allowed.SelectMany(a => new[] { a.Within(long.MinValue, stop.From.UtcTicks), a.Within(stop.Until.UtcTicks, long.MaxValue) })];
        return [.. allowed.Where(a => !a.IsEmpty)];
    }

    /// <summary>Two times of which one begins as the other ends are one: nothing is cut between them.</summary>
    private static List<Stretch> Times(PlanItem item, Stretch validity)
    {
        var times = new List<Stretch>();
        foreach (var time in item.Times)
        {
            var next = validity.Within(time.From.UtcTicks, time.Until.UtcTicks);
            if (times.Count > 0 && times[^1].To == next.From)
                times[^1] = times[^1] with { To = next.To };
            else
                times.Add(next);
        }

        return times;
    }

    /// <summary>Slots: items in the order of the playlist, then their parts. An item without a part here has no slot.</summary>
    private static bool Fill(DueEntry due, PlanOutput output, Func<ItemId, DueItem?> itemOf)
    {
        var slots = new List<Slot>();
        if (due.Voice is { } voice)
        {
            if (itemOf(voice.Item) is { } said)
                slots.AddRange(voice.Fit(due, said, [.. PartsHere.Of(said.Item, output)]));
            due.Fill(slots);
            return slots.Count > 0;
        }

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
