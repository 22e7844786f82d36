namespace BorderInfo.Contract.Plans;

/// <summary>One part of one item in the order it is shown.</summary>
/// <param name="ticks">Null = as long as the part.</param>
internal sealed class Slot(DueEntry due, DueItem item, PlanPart part, int block, long? ticks = null)
{
    public DueEntry Due => due;

    public DueItem Item => item;

    public PlanPart Part => part;

    /// <summary>Which place of the entry's list it belongs to: the parts of one block end together.</summary>
    public int Block => block;

    public Piece Piece => due.PieceOf(this);

    public long Ticks { get; } = ticks ?? (part.DurationMs * TimeSpan.TicksPerMillisecond);
}
