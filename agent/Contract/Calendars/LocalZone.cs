namespace BorderInfo.Contract.Calendars;

/// <summary>
/// Local times of one zone as instants, by RFC 5545 §3.3.5: a time that the clocks skip is read with the offset before the gap (so it lies after it), a time that comes twice means the first.
/// </summary>
/// <remarks>The zone is given; nothing is read from the machine. Instants have offset zero. Safe for many threads. Presumes that the offset does not change twice within two days.</remarks>
public sealed class LocalZone(TimeZoneInfo zone)
{
    private static readonly DateTimeOffset Earliest = DateTimeOffset.MinValue.AddDays(2);
    private static readonly DateTimeOffset Latest = DateTimeOffset.MaxValue.AddDays(-2);

    public TimeZoneInfo Zone => zone;

    /// <remarks>Within two days of the ends of the calendar: the nearest instant two days inside.</remarks>
    public DateTimeOffset ToInstant(DateTime local)
    {
        var wall = new DateTimeOffset(local.Ticks, TimeSpan.Zero);
        if (wall <= Earliest || wall >= Latest)
            return wall <= Earliest ? Earliest : Latest;
        var before = zone.GetUtcOffset(wall.AddDays(-1));
        var after = zone.GetUtcOffset(wall.AddDays(1));
        if (before == after)
            return wall - before;
        var first = wall - before;
        var second = wall - after;
        return zone.GetUtcOffset(first) != before && zone.GetUtcOffset(second) == after ? second : first;
    }

    public DateTimeOffset ToInstant(DateOnly day, TimeOnly time) => ToInstant(day.ToDateTime(time));

    /// <summary>What a clock on the wall shows.</summary>
    public DateTime ToLocal(DateTimeOffset instant) => new(instant.UtcTicks + zone.GetUtcOffset(instant).Ticks);

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(ToLocal(instant));

    /// <summary>The first instant of a local day, also where the clocks skip midnight. A day that the zone skips whole begins where the next one does.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var instant = ToInstant(day, TimeOnly.MinValue);
        if (ToLocal(instant).TimeOfDay == TimeSpan.Zero)
            return instant;
        var earlier = instant.AddDays(-1);
        while (instant - earlier > TimeSpan.FromSeconds(1))
        {
            var middle = earlier + (instant - earlier) / 2;
            if (DayOf(middle) >= day)
                instant = middle;
            else
                earlier = middle;
        }

        return new(instant.Ticks - instant.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
    }
}
