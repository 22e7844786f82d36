using System.Security.Claims;

namespace BorderInfo.Server.Platform.Notes;

/// <summary>How much a note weighs.</summary>
public enum NoteWeight
{
    /// <summary>Something falls due soon.</summary>
    Reminder,

    /// <summary>Something is overdue or will fail if nobody acts.</summary>
    Warning,

    /// <summary>Something does not work now.</summary>
    Trouble,
}

/// <summary>One sentence on the overview that says what is wrong or due and what to do.</summary>
/// <param name="TextKey">In <c>content/languages</c>; <paramref name="With"/> fills its places.</param>
public sealed record Note(NoteWeight Weight, string TextKey, params object[] With)
{
    /// <summary>Where to act; null = outside of these pages.</summary>
    public string? Url { get; init; }

    /// <summary>Tells two notes of the same text apart where <see cref="With"/> changes while the thing is the same; null = <see cref="With"/> does.</summary>
    public string? About { get; init; }

    public string Key => $"{TextKey} {About ?? string.Join(' ', With)}";
}

/// <summary>A slice that has something to tell on the overview. Worked out when somebody looks, and every quarter of an hour for the log.</summary>
public interface ITellNotes
{
    /// <summary>Who reads these; none = everybody signed in.</summary>
    IReadOnlyList<string> Roles { get; }

    /// <param name="reader">Whose area counts; null = the server itself, which sees the whole country.</param>
    Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop);
}
