namespace BorderInfo.Contract.Plans;

/// <summary>What rotates: slots one after the other and again from the beginning. All of one rank.</summary>
internal sealed class Round
{
    private readonly Slot[] slots;
    private readonly long[] ends;
    private readonly int[] blocks;
    private Bill? bill;

    public Round(Slot[] slots)
    {
        this.slots = slots;
        IsPaced = slots.Any(s => s.Due.Pace.IsAny);
        Entries = [.. slots.Select(s => s.Due.Entry.Id).Distinct()];
        ends = new long[slots.Length];
        blocks = new int[slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            ends[i] = (i == 0 ? 0 : ends[i - 1]) + slots[i].Ticks;
            blocks[i] = i > 0 && slots[i].Block == slots[i - 1].Block && slots[i].Due == slots[i - 1].Due ? blocks[i - 1] : i;
        }
    }

    public long Ticks => ends[^1];

    public Tier Tier => slots[0].Due.Entry.Tier;

    public Slot this[int index] => slots[index];

    public int Count => slots.Length;

    /// <summary>An entry of it has a share, a cap or a gap.</summary>
    public bool IsPaced { get; }

    /// <summary>It follows a voice.</summary>
    public bool IsInStep => slots[0].Due.Voice is not null;

    /// <summary>The one piece it is made of; null = it rotates.</summary>
    public Piece? Piece { get; init; }

    public Bill Bill => bill ??= new(this);

    public ReadOnlySpan<Slot> Slots => slots;

    public bool Has(DueEntry due) => Array.Exists(slots, s => s.Due == due);

    /// <summary>Ids of the entries, in order.</summary>
    public IReadOnlyList<string> Entries { get; }

    public bool Same(Round other) => ReferenceEquals(this, other) || slots.AsSpan().SequenceEqual(other.slots);

    /// <summary>The slot at an offset from the beginning, 0 to <see cref="Ticks"/> exclusive.</summary>
    public int At(long offset)
    {
        var (low, high) = (0, ends.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = offset < ends[middle] ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    public long StartOf(int slot) => slot == 0 ? 0 : ends[slot - 1];

    public long EndOf(int slot) => ends[slot];

    /// <summary>Where the item of a slot begins.</summary>
    public long BlockStart(int slot) => StartOf(blocks[slot]);

    public long BlockEnd(int slot)
    {
        var last = slot;
        while (last + 1 < slots.Length && blocks[last + 1] == blocks[slot])
            last++;
        return ends[last];
    }
}

/// <summary>Every round of an output once.</summary>
internal sealed class RoundBook
{
    private const int Most = 4096;

    private readonly Dictionary<int, List<Round>> known = [];
    private int count;

    /// <summary>Equal slots give the same round.</summary>
    public Round Of(List<Slot> slots)
    {
        var hash = new HashCode();
        foreach (var slot in slots)
            hash.Add(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(slot));
        var key = hash.ToHashCode();
        if (!known.TryGetValue(key, out var had))
            known[key] = had = [];
        foreach (var round in had)
        {
            if (round.Slots.SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(slots)))
                return round;
        }

        if (++count > Most)
        {
            known.Clear();
            known[key] = had = [];
            count = 1;
        }

        had.Add(new([.. slots]));
        return had[^1];
    }
}
