using System.Diagnostics.CodeAnalysis;

namespace BorderInfo.Contract;

/// <summary>A rule said no. Not an error of the program: a value that is told to the user.</summary>
/// <param name="Code">Dotted code with a text in every interface language, for example <c>publish.nothing-released</c>.</param>
/// <param name="With">Values for the text's <c>{0}</c>, <c>{1}</c> …, already readable.</param>
public sealed record Refusal(string Code, params string[] With)
{
    /// <summary>Which field of a form the refusal is about; null = the whole.</summary>
    public string? Field { get; init; }

    public bool Equals(Refusal? other) => other is not null && Code == other.Code && Field == other.Field && With.AsSpan().SequenceEqual(other.With);

    public override int GetHashCode() => HashCode.Combine(Code, Field, With.Length);

    public override string ToString() => With.Length == 0 ? Code : $"{Code} ({string.Join(", ", With)})";
}

/// <summary>What a use case gives back: the value, or the refusal and nothing changed.</summary>
public readonly struct Outcome<T>
{
    private readonly T? value;
    private readonly Refusal? why;

    private Outcome(T value) => this.value = value;

    private Outcome(Refusal why) => this.why = why;

    /// <summary>True with the value, false with the reason.</summary>
    public bool Is([MaybeNullWhen(false)] out T done, [MaybeNullWhen(true)] out Refusal refusal)
    {
        done = value;
        refusal = why;
        return why is null;
    }

    public Refusal? Why => why;

    /// <exception cref="InvalidOperationException">It was refused.</exception>
    public T Value => why is null ? value! : throw new InvalidOperationException($"refused: {why}");

    public static implicit operator Outcome<T>(T value) => new(value);

    public static implicit operator Outcome<T>(Refusal why) => new(why);
}

/// <summary>The value of a use case that has nothing to tell but that it is done.</summary>
public readonly record struct Nothing;
