namespace BorderInfo.Contract.Plans;

/// <summary>What rotates on a screen while no window, validity or publication changes: from <c>From</c> until <c>Until</c>.</summary>
/// <param name="Anchor">When the rotation began: the last instant at which a member came or went. It runs on unseen while a better rank covers it.</param>
/// <param name="Round">The members in order; empty = nothing is due.</param>
internal sealed record Scene(DateTimeOffset From, DateTimeOffset Until, DateTimeOffset Anchor, IReadOnlyList<(DueEntry Due, Slot Slot)> Round)
{
    private readonly long ticks = Round.Sum(r => (long)r.Slot.Part.DurationMs) * TimeSpan.TicksPerMillisecond;

    public bool Holds(DateTimeOffset utc) => From <= utc && utc < Until;

    /// <summary>True when both show one rotation that was never broken.</summary>
    public bool Continues(Scene other) => Round.Count > 0 && Anchor == other.Anchor && Round.SequenceEqual(other.Round);

    /// <summary>Whose turn it is, by the rotation alone.</summary>
    public ((DueEntry Due, Slot Slot) Member, DateTimeOffset From, DateTimeOffset Until) TurnAt(DateTimeOffset utc)
    {
        var from = utc.AddTicks(-((utc - Anchor).Ticks % ticks));
        foreach (var member in Round)
        {
            var until = from.AddMilliseconds(member.Slot.Part.DurationMs);
            if (utc < until)
                return (member, from, until);
            from = until;
        }

        throw new InvalidOperationException("a rotation has no gap");
    }
}
