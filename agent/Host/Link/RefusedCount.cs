using System.Collections.Concurrent;

namespace BorderInfo.Agent.Link;

/// <summary>Refused messages since the start, by code; they stand in every health message.</summary>
public sealed class RefusedCount
{
    private readonly ConcurrentDictionary<string, long> counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> All => new SortedDictionary<string, long>(counts, StringComparer.Ordinal);

    public void Add(string code) => counts.AddOrUpdate(code, 1, (_, n) => n + 1);
}
