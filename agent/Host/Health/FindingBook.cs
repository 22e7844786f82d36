using BorderInfo.Contract;
using BorderInfo.Contract.Health;

namespace BorderInfo.Agent.Health;

/// <summary>Something seen to be wrong now.</summary>
public sealed record Symptom(FindingKind Kind, OutputId? Output = null, string? Detail = null);

/// <summary>Turns symptoms seen every few seconds into findings: only what has held for its <c>VisibleAfter</c> and is not explained away by another.</summary>
/// <remarks>Pure but for its memory. Time by the caller's monotonic count, so that a jump of the clock raises nothing.</remarks>
public sealed class FindingBook
{
    private readonly Dictionary<(string Code, OutputId? Output), (TimeSpan Since, DateTimeOffset At)> seen = [];
    private Dictionary<(string, OutputId?), Finding> visible = [];

    /// <summary>What people see now.</summary>
    public IReadOnlyList<Finding> Visible => [.. visible.Values.OrderBy(f => f.Since).ThenBy(f => f.Code, StringComparer.Ordinal)];

    /// <param name="elapsed">Monotonic time of now.</param>
    /// <returns>What became visible and what went since the last call.</returns>
    public (IReadOnlyList<Finding> Raised, IReadOnlyList<Finding> Cleared) Look(IReadOnlyList<Symptom> symptoms, TimeSpan elapsed, DateTimeOffset now)
    {
        Remember(symptoms, elapsed, now);
        var held = symptoms.Where(s => elapsed - seen[Key(s)].Since >= s.Kind.VisibleAfter).ToArray();
        var next = held
            .Where(s => !held.Any(by => s.Kind.HiddenBy.Contains(by.Kind.Code) && (by.Output is null || by.Output == s.Output)))
            .GroupBy(Key)
            .ToDictionary(g => g.Key, g => new Finding(g.Key.Code, seen[g.Key].At, g.Key.Output, g.First().Detail is { Length: > 300 } d ? d[..300] : g.First().Detail));
        var before = visible;
        visible = next;
        return ([.. next.Where(n => !before.ContainsKey(n.Key)).Select(n => n.Value)], [.. before.Where(b => !next.ContainsKey(b.Key)).Select(b => b.Value)]);
    }

    private void Remember(IReadOnlyList<Symptom> symptoms, TimeSpan elapsed, DateTimeOffset now)
    {
        var keys = symptoms.Select(Key).ToHashSet();
        foreach (var gone in seen.Keys.Where(k => !keys.Contains(k)).ToArray())
            seen.Remove(gone);
        foreach (var key in keys)
            seen.TryAdd(key, (elapsed, now));
    }

    private static (string Code, OutputId? Output) Key(Symptom symptom) => (symptom.Kind.Code, symptom.Output);
}
