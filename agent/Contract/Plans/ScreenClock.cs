namespace BorderInfo.Contract.Plans;

/// <summary>A screen or LED region: the best-ranked entries that are due rotate without a gap; nothing due means the safe screen.</summary>
internal sealed class ScreenClock(PlanOutput output, IReadOnlyList<DueEntry> entries) : OutputClock(output)
{
    public override OnAir At(DateTimeOffset utc)
    {
        var round = new List<(DueEntry Due, Slot Slot)>();
        var anchor = DateTimeOffset.MinValue;
        var horizon = DateTimeOffset.MaxValue;
        Rank? winner = null;
        foreach (var due in entries)
        {
            if (winner is { } w && due.Rank.CompareTo(w) > 0)
                break;
            horizon = Min(horizon, NextChange(due, utc));
            if (due.WindowAt(utc) is not { } window)
                continue;
            var before = round.Count;
            foreach (var slot in due.Slots)
            {
                if (slot.Item.ValidFrom <= utc && utc < slot.Item.ValidUntil)
                {
                    round.Add((due, slot));
                    anchor = Max(anchor, Max(window.From, Max(due.Entry.Since, slot.Item.ValidFrom)));
                }
            }

            if (round.Count > before)
                winner = due.Rank;
        }

        return round.Count == 0 ? Nothing(Because.NothingDue, DateTimeOffset.MinValue, horizon) : Rotate(round, anchor, utc, horizon);
    }

    private OnAir Rotate(List<(DueEntry Due, Slot Slot)> round, DateTimeOffset anchor, DateTimeOffset utc, DateTimeOffset horizon)
    {
        var total = round.Sum(r => (long)r.Slot.Part.DurationMs);
        var since = Mod((utc - anchor).Ticks, total * TimeSpan.TicksPerMillisecond);
        var from = utc.AddTicks(-since);
        foreach (var (due, slot) in round)
        {
            var until = from.AddMilliseconds(slot.Part.DurationMs);
            if (utc < until)
                return Playing(due, slot, from, Min(until, horizon));
            from = until;
        }

        throw new InvalidOperationException("a rotation has no gap");
    }

    /// <summary>Window edges, publishing instants ahead and item validity; losers below the winner are not asked.</summary>
    private static DateTimeOffset NextChange(DueEntry due, DateTimeOffset utc)
    {
        var next = due.NextEdge(utc);
        foreach (var slot in due.Slots)
        {
            if (slot.Item.ValidFrom > utc)
                next = Min(next, slot.Item.ValidFrom);
            else if (slot.Item.ValidUntil > utc)
                next = Min(next, slot.Item.ValidUntil);
        }

        return next;
    }

    private static long Mod(long a, long n) => ((a % n) + n) % n;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
