namespace BorderInfo.Contract.Calendars;

/// <summary>Pure: the occurrences of a rule without COUNT and UNTIL, in ticks, from any moment on. A period is one step of the frequency.</summary>
internal abstract class RecurrenceWalk(Recurrence rule, DateTime start)
{
    protected static readonly long End = DateTime.MaxValue.Ticks;

    protected Recurrence Rule => rule;

    public DateTime Start => start;

    public static RecurrenceWalk Of(Recurrence rule, DateTime start) =>
        rule.Frequency < Frequency.Daily ? new UnitWalk(rule, start) : rule.Skip != Skip.Omit && rule.Frequency >= Frequency.Monthly ? new SkipWalk(rule, start) : new DayWalk(rule, start);

    /// <summary>Ascending, none before DTSTART, none before <paramref name="from"/>. Ends soon after <paramref name="to"/>: a few later ones may come.</summary>
    public abstract IEnumerable<long> Between(long from, long to);

    /// <summary>Offsets within the base of a period, ascending: the product of the lists, with DTSTART's value where there is none.</summary>
    protected long[] Offsets()
    {
        int[] hours = Rule.Frequency < Frequency.Daily ? [0] : Rule.Hours.Count > 0 ? [.. Rule.Hours] : [start.Hour];
        int[] minutes = Rule.Frequency < Frequency.Hourly ? [0] : Rule.Minutes.Count > 0 ? [.. Rule.Minutes] : [start.Minute];
        int[] seconds = Rule.Frequency < Frequency.Minutely ? [0] : Rule.Seconds.Count > 0 ? [.. Rule.Seconds.Select(s => Math.Min(s, 59)).Distinct()] : [start.Second];
        var offsets =
            from hour in hours
            from minute in minutes
            from second in seconds
            select (hour * 3600L + minute * 60 + second) * TimeSpan.TicksPerSecond;
        return [.. offsets.Order()];
    }

    /// <summary>The members of one period, ascending: all, or those at BYSETPOS.</summary>
    protected IEnumerable<long> Members(IReadOnlyList<long> bases, long[] offsets)
    {
        if (Rule.Positions.Count == 0)
        {
            foreach (var at in bases)
            {
                foreach (var offset in offsets)
                    yield return at + offset;
            }

            yield break;
        }

        var all = (long)bases.Count * offsets.Length;
        foreach (var place in Rule.Positions.Select(p => p > 0 ? p - 1 : all + p).Where(p => p >= 0 && p < all).Distinct().Order())
            yield return bases[(int)(place / offsets.Length)] + offsets[place % offsets.Length];
    }
}
