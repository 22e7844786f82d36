using System.Collections.Concurrent;

namespace BorderInfo.Server.Platform.Jobs;

/// <summary>How the last run of a chore ended.</summary>
/// <param name="FailingSince">Null = it ended well.</param>
public sealed record ChoreEnd(DateTimeOffset At, DateTimeOffset? FailingSince);

/// <summary>How the chores stand, in memory since the start.</summary>
public sealed class ChoreBook
{
    private readonly ConcurrentDictionary<string, ChoreEnd> ends = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ChoreEnd> Ends => ends;

    /// <returns>True when this is news: it failed and had not, or ended well after having failed.</returns>
    public bool Ended(string chore, DateTimeOffset at, bool failed)
    {
        var before = ends.GetValueOrDefault(chore)?.FailingSince;
        ends[chore] = new(at, failed ? before ?? at : null);
        return failed != before is not null;
    }
}
