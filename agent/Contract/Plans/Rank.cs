namespace BorderInfo.Contract.Plans;

/// <summary>Tier, number, target, one-off packed so that the smaller wins.</summary>
internal readonly record struct Rank(long Value) : IComparable<Rank>
{
    public static Rank Of(PlanEntry e) => new((((long)e.Tier * 10_000) + e.Number) * 100 + ((int)e.Target * 2) + (e.OneOff ? 0 : 1));

    public int CompareTo(Rank other) => Value.CompareTo(other.Value);
}
