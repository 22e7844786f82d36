namespace BorderInfo.Contract.Plans;

/// <summary>Who wins of what is open, who fills below a pace, and who is alone in step with a voice.</summary>
internal sealed partial class Sweep
{
    /// <summary>The best rank with an item to show, and below one with a pace those that fill: down to the first without one, below a slot all of them. True when another is there than before, or one began anew at the instant.</summary>
    private bool Follow(long at)
    {
        var (moved, count, slotted) = (false, 0, false);
        for (var rank = BestFrom(0); rank >= 0; rank = slotted || IsPaced(rank) ? Below(rank) : -1, count++)
        {
            moved |= Anchor(rank) == at || count >= chain.Count || chain[count] != rank;
            if (count < chain.Count)
                chain[count] = rank;
            else
                chain.Add(rank);
            slotted |= IsPaced(rank) && HasOne(rank, e => e.Pace.Slot > 0);
        }

        moved |= chain.Count > count;
        chain.RemoveRange(count, chain.Count - count);
        return moved;
    }

    /// <summary>The next rank that may fill; what is in step with a voice fills nothing.</summary>
    private int Below(int rank)
    {
        do
            rank = BestFrom(plan.Ranks[rank].First + plan.Ranks[rank].Count);
        while (rank >= 0 && IsInStep(rank));
        return rank;
    }

    private Scene Tell(long at, bool edge)
    {
        if (chain.Count == 0)
            return new(at, edge, -1, at, null, null);
        var best = StageOf(chain[0]);
        return new(at, edge, best.Rank, best.Anchor, best.Round, best.Round.IsPaced ? [best, .. chain.Skip(1).Select(StageOf)] : null);
    }

    private Stage StageOf(int rank)
    {
        members.Clear();
        var (first, count) = plan.Ranks[rank];
        var alone = IsInStep(rank);
        for (var i = first; i < first + count; i++)
        {
            if (!Has(i) || (alone && plan.Entries[i].Voice is null))
                continue;
            foreach (var slot in plan.Entries[i].Slots)
            {
                if (allowed[slot.Item.Index])
                    members.Add(slot);
            }
        }

        return new(rank, Anchor(rank), rounds.Of(members));
    }

    /// <summary>When the rotation of a rank began: a voice knows only its own, and when it is over the others begin anew.</summary>
    private long Anchor(int rank) => IsInStep(rank) ? spoken[rank] : Math.Max(changed[rank], spoken[rank]);

    /// <summary>The best rank with an item to show among the entries from this one on; −1 = none.</summary>
    private int BestFrom(int entry)
    {
        for (var i = entry >> 6; i < live.Length; i++)
        {
            var bits = i == entry >> 6 ? live[i] & (ulong.MaxValue << (entry & 63)) : live[i];
            if (bits != 0)
                return plan.Entries[(i * 64) + System.Numerics.BitOperations.TrailingZeroCount(bits)].RankIndex;
        }

        return -1;
    }

    private bool IsPaced(int rank) => plan.IsPaced && !IsInStep(rank) && HasOne(rank, e => e.Pace.IsAny);

    /// <summary>While a voice says something of a rank, it is alone there.</summary>
    private bool IsInStep(int rank) => plan.HasVoices && HasOne(rank, e => e.Voice is not null);

    private bool HasOne(int rank, Func<DueEntry, bool> such)
    {
        var (first, count) = plan.Ranks[rank];
        for (var i = first; i < first + count; i++)
        {
            if (such(plan.Entries[i]) && Has(i))
                return true;
        }

        return false;
    }
}
