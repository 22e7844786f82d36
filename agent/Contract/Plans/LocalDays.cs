namespace BorderInfo.Contract.Plans;

/// <summary>A half-open stretch of time, offsets zero.</summary>
internal readonly record struct Stretch(DateTimeOffset From, DateTimeOffset To)
{
    public bool IsEmpty => To <= From;

    public Stretch Within(DateTimeOffset from, DateTimeOffset to) => new(From > from ? From : from, To < to ? To : to);
}

/// <summary>The site's local days and hours as instants.</summary>
/// <remarks>
/// An hour that the clocks skip does not exist: a local time in it means the end of the gap, so a window inside it is empty.
/// An hour that comes twice counts from its second coming.
/// </remarks>
internal sealed class LocalDays(TimeZoneInfo zone)
{
    public DateOnly DayOf(DateTimeOffset utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(utc, zone).DateTime);

    public DateTimeOffset StartOf(DateOnly day) => Utc(day, TimeOnly.MinValue);

    /// <summary>The window that starts on this local day.</summary>
    public Stretch Of(DateOnly day, TimeWindow window) =>
        new(Utc(day, window.From), Utc(window.OverMidnight ? day.AddDays(1) : day, window.To));

    private DateTimeOffset Utc(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (!zone.IsInvalidTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(-1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime().AddMinutes(1);
    }
}
