namespace BorderInfo.Contract.Plans;

/// <summary>The local days asked for last, at most <see cref="Days"/>; a run of so many days fits whole. Reading takes no lock; what is kept never changes.</summary>
internal sealed class DayCache<T>
    where T : class, IReckonedDay
{
    public const int Days = 32;

    private readonly T?[] kept = new T?[Days];

    public T? Of(DateOnly day) => Volatile.Read(ref kept[day.DayNumber % Days]) is { } known && known.Date == day ? known : null;

    public void Keep(T day) => Volatile.Write(ref kept[day.Date.DayNumber % Days], day);
}

internal interface IReckonedDay
{
    DateOnly Date { get; }
}
