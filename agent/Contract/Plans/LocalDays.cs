using BorderInfo.Contract.Calendars;

namespace BorderInfo.Contract.Plans;

/// <summary>The site's local days and hours in UTC ticks, by the rules of <see cref="LocalZone"/>.</summary>
internal sealed class LocalDays(LocalZone zone)
{
    public DateOnly DayOf(long utc) => zone.DayOf(new(utc, TimeSpan.Zero));

    public long StartOf(DateOnly day) => zone.StartOf(day).UtcTicks;

    /// <summary>The window that starts on this local day.</summary>
    public Stretch Of(DateOnly day, TimeWindow window) =>
        new(zone.ToInstant(day, window.From).UtcTicks, zone.ToInstant(window.OverMidnight ? day.AddDays(1) : day, window.To).UtcTicks);

    /// <summary>As long as the window, from a start that a rule names.</summary>
    public Stretch From(DateOnly day, TimeOnly start, TimeSpan length)
    {
        var from = zone.ToInstant(day, start).UtcTicks;
        return new(from, from + length.Ticks);
    }
}
