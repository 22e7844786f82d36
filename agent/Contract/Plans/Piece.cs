namespace BorderInfo.Contract.Plans;

/// <summary>An item at one place of an entry's list with all its pages and languages: what ends before anything but a higher tier begins.</summary>
/// <param name="account">Of the item in the <see cref="HourBook"/>: one for all places of the list that name it; −1 = its entry has no pace.</param>
internal sealed class Piece(DueEntry due, DueItem item, int account, Slot[] slots)
{
    public DueEntry Due => due;

    public DueItem Item => item;

    public int Account => account;

    public Round Round => field ??= new Round(slots) { Piece = this };

    public long Ticks => Round.Ticks;
}

/// <summary>A rotation in pieces: what has a share of the hour, entry by entry, and what rotates in the time that is left.</summary>
internal sealed class Bill
{
    private readonly int[] ofSlot;

    public Bill(Round round)
    {
        var pieces = new List<Piece>();
        ofSlot = new int[round.Count];
        for (var slot = 0; slot < round.Count; slot++)
        {
            if (slot == 0 || round.StartOf(slot) == round.BlockStart(slot))
                pieces.Add(round[slot].Piece);
            ofSlot[slot] = pieces.Count - 1;
        }

        Slots = [.. pieces.Select(p => p.Due.Pace.Slot).Where(s => s > 0).Distinct()];
        Free = [.. pieces.Where(p => p.Due.Pace.Share == 0)];
        Shared = [.. pieces.Where(p => p.Due.Pace.Share > 0).GroupBy(p => p.Due).Select(g => (g.Key, g.ToArray()))];
    }

    /// <summary>Ticks of the slots of its entries, each length once; empty = it has none.</summary>
    public long[] Slots { get; }

    public Piece[] Free { get; }

    public (DueEntry Due, Piece[] Pieces)[] Shared { get; }

    /// <summary>The place of a slot's piece in <see cref="Free"/>, where nothing is shared.</summary>
    public int PlaceOf(int slot) => ofSlot[slot];
}
