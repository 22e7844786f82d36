namespace BorderInfo.Contract.Plans;

/// <summary>One part of one item in the order it is shown.</summary>
internal sealed class Slot(DueEntry due, DueItem item, PlanPart part, int block)
{
    public DueEntry Due => due;

    public DueItem Item => item;

    public PlanPart Part => part;

    /// <summary>Which place of the entry's list it belongs to: the parts of one block end together.</summary>
    public int Block => block;

    public long Ticks { get; } = part.DurationMs * TimeSpan.TicksPerMillisecond;
}
