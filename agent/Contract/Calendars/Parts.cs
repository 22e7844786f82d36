using System.Collections;

namespace BorderInfo.Contract.Calendars;

/// <summary>A short unchangeable list that is equal to another one with the same values in the same order. <c>default</c> is empty.</summary>
public readonly struct Parts<T>(params T[] values) : IReadOnlyList<T>, IEquatable<Parts<T>>
    where T : IEquatable<T>
{
    private readonly T[]? values = values;

    public int Count => values?.Length ?? 0;

    public T this[int index] => values![index];

    public ReadOnlySpan<T> Span => values;

    public bool Contains(T value) => Span.Contains(value);

    public bool Equals(Parts<T> other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Parts<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in Span)
            hash.Add(value);
        return hash.ToHashCode();
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(values ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static bool operator ==(Parts<T> left, Parts<T> right) => left.Equals(right);

    public static bool operator !=(Parts<T> left, Parts<T> right) => !left.Equals(right);
}
