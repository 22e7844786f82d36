using BorderInfo.Contract.Calendars;

namespace BorderInfo.Contract.Plans;

/// <summary>The site's local days and hours in UTC ticks, by the rules of <see cref="LocalZone"/>.</summary>
/// <remarks>The days asked for last are kept; reading takes no lock.</remarks>
internal sealed class LocalDays(LocalZone zone)
{
    private const int Kept = 64;

    private readonly Day?[] known = new Day?[Kept];

    public DateOnly DayOf(long utc) => zone.DayOf(new(utc, TimeSpan.Zero));

    public long StartOf(DateOnly day) => Of(day).Start;

    /// <summary>The window that starts on this local day.</summary>
    public Stretch Of(DateOnly day, TimeWindow window) =>
        new(ToInstant(day, window.From), ToInstant(window.OverMidnight ? day.AddDays(1) : day, window.To));

    /// <summary>As long as the window, from a start that a rule names.</summary>
    public Stretch From(DateOnly day, TimeOnly start, TimeSpan length)
    {
        var from = ToInstant(day, start);
        return new(from, from + length.Ticks);
    }

    private long ToInstant(DateOnly day, TimeOnly time) => Of(day) is { Plain: true } plain ? plain.Start + time.Ticks : zone.ToInstant(day, time).UtcTicks;

    private Day Of(DateOnly date)
    {
        ref var place = ref known[date.DayNumber % Kept];
        if (Volatile.Read(ref place) is { } had && had.Date == date)
            return had;
        var day = new Day(date, zone.StartOf(date).UtcTicks, IsPlain(date));
        Volatile.Write(ref place, day);
        return day;
    }

    /// <summary>The clocks change neither on the day nor on those beside it.</summary>
    private bool IsPlain(DateOnly date)
    {
        if (date.Year is < 1900 or > 9900)
            return false;
        var wall = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue).Ticks, TimeSpan.Zero);
        var offset = zone.Zone.GetUtcOffset(wall);
        return zone.Zone.GetUtcOffset(wall.AddDays(-1)) == offset && zone.Zone.GetUtcOffset(wall.AddDays(1)) == offset && zone.Zone.GetUtcOffset(wall.AddDays(2)) == offset;
    }

    /// <param name="Plain">Every local time of it is as far from its start as on the wall.</param>
    private sealed record Day(DateOnly Date, long Start, bool Plain);
}
