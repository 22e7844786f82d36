namespace BorderInfo.Contract.Plans;

/// <summary>One rotation on a screen from its beginning to what ends it.</summary>
/// <param name="Until"><see cref="long.MaxValue"/> = beyond the day; the next day knows.</param>
/// <param name="Base">When the first slot of the round would have begun; at or before <c>From</c>.</param>
/// <param name="Anchor">Of the scene it plays.</param>
/// <param name="Round">Null = safe screen.</param>
internal readonly record struct Run(long From, long Until, long Base, long Anchor, Round? Round)
{
    public static readonly Run Nothing = new(long.MinValue, long.MaxValue, 0, 0, null);

    public bool Continues(Run before) => Round is not null && before.Round is not null && From == before.From && Base == before.Base;
}

/// <summary>What a day hands to the next.</summary>
/// <param name="Lost">Since when something else is due and waits for the item on screen to end; <see cref="long.MaxValue"/> = it is on by right.</param>
/// <param name="Over">When that item ends.</param>
/// <param name="Book">Null where no entry has a pace, or nothing is remembered. Never written in, only copied.</param>
internal readonly record struct Carry(Run On, long Lost, long Over, HourBook? Book)
{
    public static readonly Carry Fresh = new(Run.Nothing, long.MaxValue, long.MaxValue, null);
}

/// <summary>The runs of one local day at a screen, without a gap.</summary>
internal sealed record ScreenDay(DateOnly Date, long Start, long End, Run[] Runs, Carry Out) : IReckonedDay
{
    private long opens;

    /// <summary>When something is on again after a day that ends with nothing; 0 = not looked for yet.</summary>
    public long Opens
    {
        get => Volatile.Read(ref opens);
        set => Volatile.Write(ref opens, value);
    }

    public int RunAt(long utc)
    {
        var (low, high) = (0, Runs.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Runs[middle].From <= utc ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
