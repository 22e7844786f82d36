namespace BorderInfo.Contract.Calendars;

public sealed partial record Recurrence
{
    /// <summary>Days or smaller units looked at without an occurrence after which a rule counts as ended: beyond the year 9999 for days, so only rules within a day can meet it.</summary>
    public const int MaxBarren = 5_000_000;

    /// <summary>The occurrences from DTSTART on, ascending and lazily; DTSTART itself only if it matches. Ends with COUNT, UNTIL or the year 9999.</summary>
    public IEnumerable<DateTime> From(DateTime start) => From(start, start);

    /// <summary>Those at or after <paramref name="notBefore"/>, without walking from DTSTART unless COUNT is given.</summary>
    /// <remarks>A UTC UNTIL is taken as local time: <see cref="InZone"/> first. Times are cut to whole seconds.</remarks>
    public IEnumerable<DateTime> From(DateTime start, DateTime notBefore) => Between(start, notBefore, DateTime.MaxValue);

    /// <summary>Those from one local time to another, both inclusive.</summary>
    public IEnumerable<DateTime> Between(DateTime start, DateTime notBefore, DateTime notAfter) => Between(Walk(start), notBefore, notAfter);

    /// <summary>The compiled rule, for many questions about one DTSTART.</summary>
    internal RecurrenceWalk Walk(DateTime start) => RecurrenceWalk.Of(this, Whole(start));

    internal IEnumerable<DateTime> Between(RecurrenceWalk walk, DateTime notBefore, DateTime notAfter)
    {
        var left = Count ?? int.MaxValue;
        var last = Until is not { } until ? DateTime.MaxValue : until.Form == UntilForm.Date ? until.Time.Date.AddTicks(TimeSpan.TicksPerDay - 1) : until.Time;
        last = notAfter < last ? notAfter : last;
        var start = walk.Start;
        foreach (var ticks in walk.Between(Count is null && notBefore > start ? notBefore.Ticks : start.Ticks, last.Ticks))
        {
            if (ticks > last.Ticks || left-- == 0)
                yield break;
            if (ticks >= notBefore.Ticks)
                yield return new DateTime(ticks);
        }
    }

    /// <summary>The first at or after a local time; null = none.</summary>
    public DateTime? FirstAt(DateTime start, DateTime notBefore)
    {
        foreach (var occurrence in From(start, notBefore))
            return occurrence;
        return null;
    }

    private static DateTime Whole(DateTime time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerSecond);
}
