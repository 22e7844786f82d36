namespace BorderInfo.Contract.Plans;

/// <summary>A half-open stretch of time in UTC ticks.</summary>
internal readonly record struct Stretch(long From, long To)
{
    public bool IsEmpty => To <= From;

    public Stretch Within(long from, long to) => new(Math.Max(From, from), Math.Min(To, to));

    public bool Holds(long utc) => From <= utc && utc < To;
}
