namespace BorderInfo.Contract.Plans;

/// <summary>A stretch in which an item may be shown or said: from <paramref name="From"/> until just before <paramref name="Until"/>.</summary>
public sealed record AirTime(DateTimeOffset From, DateTimeOffset Until)
{
    internal bool Holds(DateTimeOffset instant) => From <= instant && instant < Until;
}
