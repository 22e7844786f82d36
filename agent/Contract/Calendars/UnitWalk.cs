namespace BorderInfo.Contract.Calendars;

/// <summary>SECONDLY, MINUTELY, HOURLY: steps of one unit from DTSTART, days and hours that do not fit are jumped over.</summary>
internal sealed class UnitWalk : RecurrenceWalk
{
    private readonly DayFilter filter;
    private readonly long unit;
    private readonly long origin;
    private readonly long[] offsets;

    public UnitWalk(Recurrence rule, DateTime start)
        : base(rule, start)
    {
        filter = new(rule, rule.Months.Span, rule.Days.Span);
        unit = rule.Frequency switch
        {
            Frequency.Hourly => TimeSpan.TicksPerHour,
            Frequency.Minutely => TimeSpan.TicksPerMinute,
            _ => TimeSpan.TicksPerSecond,
        };
        origin = start.Ticks / unit * unit;
        offsets = Offsets();
    }

    public override IEnumerable<long> Between(long from, long to)
    {
        var barren = 0L;
        long[] own = [0];
        for (var at = FirstFrom(from / unit * unit); at < End && at <= to && barren < Recurrence.MaxBarren;)
        {
            barren++;
            if (Misfit(new DateTime(at)) is { } next)
            {
                at = FirstFrom(next);
                continue;
            }

            own[0] = at;
            foreach (var member in Members(own, offsets))
            {
                if (member < from || member < Start.Ticks)
                    continue;
                barren = 0;
                yield return member;
            }

            at = at + Step < at ? End : at + Step;
        }
    }

    private long Step => unit * Rule.Interval;

    /// <summary>The first unit of the rule at or after a moment.</summary>
    private long FirstFrom(long ticks)
    {
        if (ticks <= origin)
            return origin;
        var steps = (ticks - origin + Step - 1) / Step;
        return steps > (End - origin) / Step ? End : origin + steps * Step;
    }

    /// <summary>Null = the unit fits; otherwise where the next day, hour, minute or unit that may fit begins.</summary>
    private long? Misfit(DateTime at)
    {
        if (!filter.All(DateOnly.FromDateTime(at)))
            return After(at, TimeSpan.TicksPerDay);
        if (Rule.Hours.Count > 0 && !Rule.Hours.Contains(at.Hour))
            return After(at, TimeSpan.TicksPerHour);
        if (Rule.Frequency < Frequency.Hourly && Rule.Minutes.Count > 0 && !Rule.Minutes.Contains(at.Minute))
            return After(at, TimeSpan.TicksPerMinute);
        var misses = Rule.Frequency == Frequency.Secondly && Rule.Seconds.Count > 0 && !Rule.Seconds.Contains(at.Second) && !(at.Second == 59 && Rule.Seconds.Contains(60));
        return misses ? After(at, TimeSpan.TicksPerSecond) : null;
    }

    private static long After(DateTime at, long length) => at.Ticks > End - length ? End : at.Ticks / length * length + length;
}
