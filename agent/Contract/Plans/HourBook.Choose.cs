namespace BorderInfo.Contract.Plans;

/// <summary>What comes next.</summary>
/// <remarks>
/// Rank by rank: the share that is behind, of several the one whose piece is due first; else what rotates, unless too little of the hour would then be left for the shares;
/// else a share ahead of its time. What may not come now, by its cap or gap or since it would run over the beginning of the next slot, is passed over for the next.
/// </remarks>
internal sealed partial class HourBook
{
    /// <summary>Changes nothing but the hour.</summary>
    public Choice Choose(long at, Stage[] stages)
    {
        Turn(at);
        var look = new Look(at, hourEnds);
        foreach (var stage in stages)
        {
            look.Narrow(stage, hour);
            var behind = ShareOf(stage, ref look);
            if (behind.Piece is not null)
                return behind;
            var free = FreeOf(stage, ref look);
            if (free.Piece is not null)
                return free;
        }

        return new(null, null, 0, look.Again);
    }

    /// <summary>The share that is behind and whose piece ends first if all were given evenly; of equal ones the first in the order of what wins.</summary>
    private Choice ShareOf(Stage stage, ref Look look)
    {
        var (best, due) = (default(Choice), Int128.MaxValue);
        foreach (var (entry, pieces) in stage.Round.Bill.Shared)
        {
            var share = shares[entry.Index];
            var (open, of) = (share.OpenAt(look.At), share.OpenAt(look.At) + hourEnds - look.At);
            var (all, given) = (share.Owed + (entry.Pace.Share * of), share.Given * PerHour);
            if (all <= given)
                continue;
            look.Owed += all - given;
            var place = Next(pieces, CursorOf(own[entry.Index], stage) ?? 0, ref look, long.MaxValue);
            if (place < 0)
                continue;
            var found = new Choice(pieces[place], stage, place, 0);
            var ends = ((Int128)(given + (pieces[place].Ticks * PerHour)) * of / all) - open;
            if ((Int128)given * of > (Int128)all * open)
            {
                look.Wait(look.At + (long)((((Int128)given * of) + all - 1) / all) - open, hour);
                look.Ahead(found, ends);
            }
            else if (ends < due)
            {
                (best, due) = (found, ends);
            }
        }

        return best;
    }

    /// <summary>What rotates, of its pieces the next that leaves the shares their time; when none does, a share ahead of its time or the next piece all the same.</summary>
    private Choice FreeOf(Stage stage, ref Look look)
    {
        var pieces = stage.Round.Bill.Free;
        if (pieces.Length == 0)
            return default;
        var from = CursorOf(cursors[stage.Rank], stage) ?? (stage.Round.IsPaced ? 0 : Unseen(stage, look.At));
        var room = look.Owed > 0 ? ((hourEnds - look.At) * PerHour) - look.Owed : long.MaxValue;
        var fits = Next(pieces, from, ref look, room);
        if (fits >= 0)
            return new(pieces[fits], stage, fits, 0);
        var next = Next(pieces, from, ref look, long.MaxValue);
        if (next < 0)
            return default;
        return look.Early.Piece is not null ? look.Early : new(pieces[next], stage, next, 0);
    }

    /// <summary>The first piece from a place on that may come now and is no longer than the room, in 3600ths of a tick; −1 = none.</summary>
    private int Next(Piece[] pieces, int from, ref Look look, long room)
    {
        for (var i = 0; i < pieces.Length; i++)
        {
            var place = (from + i) % pieces.Length;
            if (pieces[place].Ticks * PerHour <= room && MayCome(pieces[place], ref look))
                return place;
        }

        return -1;
    }

    private bool MayCome(Piece piece, ref Look look)
    {
        if (look.At + piece.Ticks > look.Fence)
            return look.Not(look.Fence);
        if (piece.Account < 0)
            return true;
        if (begun[piece.Account] >= piece.Due.Pace.Most)
            return false;
        var until = ended[piece.Account] + piece.Due.Pace.Gap;
        return piece.Due.Pace.Gap == 0 || until <= look.At || look.Not(until);
    }

    /// <summary>Where the list stands since the rotation began; what fills below a pace begins anew with the pace.</summary>
    private int? CursorOf(Cursor cursor, Stage stage) =>
        cursor.Anchor == stage.Anchor && (stage.Round.IsPaced || cursor.Made >= since) ? cursor.Next : null;

    /// <summary>The piece whose turn it is in a rotation that ran on unseen.</summary>
    private static int Unseen(Stage stage, long at) => stage.Round.Bill.PlaceOf(stage.Round.At((at - stage.Anchor) % stage.Round.Ticks));

    /// <summary>What was found on the way down the ranks.</summary>
    private ref struct Look(long at, long hourEnds)
    {
        private Int128 earliest = Int128.MaxValue;

        public readonly long At => at;

        /// <summary>What ends a pause is asked for as it is, not when the screen would notice.</summary>
        public bool ToTheTick { get; init; }

        /// <summary>When to look again if nothing may come.</summary>
        public long Again { get; private set; } = hourEnds;

        /// <summary>When the next slot begins of those found so far.</summary>
        public long Fence { get; private set; } = long.MaxValue;

        /// <summary>What of this hour still belongs to the shares of the ranks so far, in 3600ths of a tick.</summary>
        public long Owed { get; set; }

        /// <summary>The share that would come next ahead of its time.</summary>
        public Choice Early { get; private set; }

        /// <summary>From this rank on down nothing runs over the beginning of its next slot, of whichever length.</summary>
        public void Narrow(Stage stage, long hour)
        {
            foreach (var slot in stage.Round.Bill.Slots)
                Fence = Math.Min(Fence, hour + ((((at - hour) / slot) + 1) * slot));
        }

        /// <summary>Not before an instant: always false.</summary>
        public bool Not(long before)
        {
            Again = Math.Min(Again, before);
            return false;
        }

        public void Ahead(Choice choice, Int128 ends)
        {
            if (ends < earliest)
                (Early, earliest) = (choice, ends);
        }

        /// <summary>A pause ends at a whole second of the hour.</summary>
        public void Wait(long until, long hour) =>
            Not(ToTheTick ? until : hour + ((until - hour + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond));
    }
}
