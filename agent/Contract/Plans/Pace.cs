namespace BorderInfo.Contract.Plans;

/// <summary>Pure: what an entry may and must have of a local hour on a screen.</summary>
/// <param name="Share">Seconds of every hour; 0 = what the others leave.</param>
/// <param name="Most">Plays of one item that may begin in an hour.</param>
/// <param name="Gap">Ticks from the end of a play of an item to its next.</param>
/// <param name="Slot">Ticks of a programme slot; 0 = it has none.</param>
internal readonly record struct Pace(int Share, int Most, long Gap, long Slot)
{
    public bool IsAny => Share > 0 || Most < int.MaxValue || Gap > 0 || Slot > 0;

    public static Pace Of(PlanEntry entry) => new(
        entry.ShareSeconds ?? entry.SharePercent * 36 ?? 0,
        entry.MostPerHour ?? int.MaxValue,
        (entry.LeastGapSeconds ?? 0) * TimeSpan.TicksPerSecond,
        (entry.SlotMinutes ?? 0) * TimeSpan.TicksPerMinute);
}
