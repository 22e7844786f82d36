namespace BorderInfo.Contract.Plans;

/// <summary>An item with the stretches in which it may be shown: its validity, or its times within it, less what stops it. Sorted, without overlap.</summary>
internal sealed class DueItem(PlanItem item, int index, Stretch[] allowed)
{
    public PlanItem Item => item;

    /// <summary>Place in <see cref="OutputPlan.Items"/>.</summary>
    public int Index => index;

    public Stretch[] Allowed => allowed;

    public bool AllowedAt(long utc) => AllowedUntil(utc) > utc;

    /// <summary>When it may no longer be shown; the instant itself when it may not be shown even then.</summary>
    public long AllowedUntil(long utc)
    {
        foreach (var stretch in allowed)
        {
            if (stretch.Holds(utc))
                return stretch.To;
        }

        return utc;
    }

    /// <summary>The first instant from this one on at which it may be shown; null = none.</summary>
    public long? AllowedFrom(long utc)
    {
        foreach (var stretch in allowed)
        {
            if (stretch.To > utc)
                return Math.Max(stretch.From, utc);
        }

        return null;
    }
}
