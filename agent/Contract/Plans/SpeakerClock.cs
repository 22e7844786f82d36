namespace BorderInfo.Contract.Plans;

/// <summary>A loudspeaker: the day of its <see cref="SpeakerQueue"/>, reckoned from the last midnight at which it was surely free, at most 14 days back.</summary>
internal sealed class SpeakerClock(PlanOutput output, IReadOnlyList<DueEntry> entries, LocalDays days) : OutputClock(output)
{
    private const int DaysBack = 14;

    private volatile Day? last;

    public override OnAir At(DateTimeOffset utc)
    {
        var local = days.DayOf(utc);
        if (last is not { } day || day.Date != local)
            last = day = Reckon(local);
        var said = day.At(utc);
        return said.Due is { } due && said.Slot is { } slot ? Playing(due, slot, said.From, said.Until) : Nothing(said.Because, said.Until);
    }

    private Day Reckon(DateOnly local)
    {
        var first = local;
        while (first > local.AddDays(-DaysBack) && SpeakerQueue.MayCarry(entries, days, first))
            first = first.AddDays(-1);
        var start = days.StartOf(local);
        var end = days.StartOf(local.AddDays(1));
        var stretches = new SpeakerQueue(entries, Output.QuietHours, days).From(first)
            .SkipWhile(s => s.Until <= start)
            .TakeWhile(s => s.From < end);
        return new(local, [.. stretches]);
    }

    private sealed record Day(DateOnly Date, SpeakerQueue.Said[] Stretches)
    {
        public SpeakerQueue.Said At(DateTimeOffset utc)
        {
            var (low, high) = (0, Stretches.Length - 1);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = Stretches[middle].From <= utc ? (middle, high) : (low, middle - 1);
            }

            return Stretches[low];
        }
    }
}
