namespace BorderInfo.Contract.Plans;

/// <summary>What is on the voice over a stretch.</summary>
/// <param name="Slot">Null = silence.</param>
internal readonly record struct Said(long From, long Until, Slot? Slot, Because Because)
{
    public bool Continues(Said held) => Slot == held.Slot && Because == held.Because && (Slot is null || From == held.From);
}

/// <summary>The stretches of one local day at a loudspeaker, without a gap. The first may have begun before, the last reaches the day's end or beyond.</summary>
/// <param name="After">The queue as the day leaves it; never stepped on, only copied.</param>
internal sealed record SpeakerDay(DateOnly Date, long Start, long End, Said[] Stretches, SpeakerQueue After) : IReckonedDay
{
    private long changes;

    /// <summary>The day from which this one was reckoned.</summary>
    public DateOnly First { get; init; }

    /// <summary>How loud it may be over this day and the next.</summary>
    public Loudness[] Volumes { get; init; } = [];

    /// <summary>When the last stretch ends; 0 = not looked for yet.</summary>
    public long Changes
    {
        get => Volatile.Read(ref changes);
        set => Volatile.Write(ref changes, value);
    }

    public int StretchAt(long utc)
    {
        var (low, high) = (0, Stretches.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Stretches[middle].From <= utc ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
