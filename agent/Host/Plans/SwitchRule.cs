using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Plans;

/// <summary>Pure: may the wanted plan go on air now?</summary>
public static class SwitchRule
{
    public enum Verdict
    {
        /// <summary>Files are missing; the active plan goes on.</summary>
        NotYet,

        /// <summary>Every file is there.</summary>
        Complete,

        /// <summary>
        /// Files are missing, but neither an emergency with all its files nor a withdrawal (<see cref="PlayPlan.Withdrawn"/>) nor a stop of themes in force (<see cref="PlayPlan.Stops"/>)
        /// waits for a film: who holds a file back must not keep on air what has to go.
        /// What is missing is left out until it comes; an output that has nothing else shows the safe screen.
        /// </summary>
        Early,
    }

    /// <param name="active">The plan on air; null = none.</param>
    public static Verdict Decide(PlayPlan wanted, PlayPlan? active, Func<MediaHash, bool> onShelf, DateTimeOffset now)
    {
        if (wanted.Files.All(f => onShelf(f.Hash)))
            return Verdict.Complete;
        return HasNewEmergency(wanted, active, onShelf) || (active is not null && (Withdraws(wanted, active, now) || Stops(wanted, active, now))) ? Verdict.Early : Verdict.NotYet;
    }

    /// <summary>True when <paramref name="plan"/> withdraws something that <paramref name="older"/> carries, due or not: then the older one must never come back, not even in place of a spoilt one.</summary>
    public static bool TakesBackFrom(PlayPlan plan, PlayPlan older) => older.Items.Any(Gone(plan));

    private static bool HasNewEmergency(PlayPlan wanted, PlayPlan? active, Func<MediaHash, bool> onShelf)
    {
        var known = active?.Entries.Where(e => e.Tier == Tier.Emergency).Select(e => (e.Id, e.Since)).ToHashSet() ?? [];
        return wanted.Entries
            .Where(e => e.Tier == Tier.Emergency && !known.Contains((e.Id, e.Since)))
            .SelectMany(e => e.Items)
            .Select(id => wanted.Items.FirstOrDefault(i => i.Id == id))
            .Any(item => item is { Parts.Count: > 0 } && item.Parts.All(p => onShelf(p.File)));
    }

    /// <summary>True when the active plan could still show what the wanted plan withdraws. Replaced, stopped and changed things wait for the files; what has run out by itself is no withdrawal.</summary>
    private static bool Withdraws(PlayPlan wanted, PlayPlan active, DateTimeOffset now)
    {
        var yesterday = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1);
        var due = active.Entries.Where(e => e.To is not { } last || last >= yesterday).SelectMany(e => e.Items).ToHashSet();
        var gone = Gone(wanted);
        return active.Items.Any(i => i.LastUntil > now && due.Contains(i.Id) && gone(i));
    }

    /// <summary>True when a stop in force that the active plan does not know of holds one of its items.</summary>
    private static bool Stops(PlayPlan wanted, PlayPlan active, DateTimeOffset now)
    {
        var news = wanted.Stops.Where(s => s.From <= now && now < s.Until).Where(s => !active.Stops.Any(k => k.Id == s.Id && k.From <= now && now < k.Until)).ToArray();
        return active.Items.Any(i => i.LastUntil > now && news.Any(s => s.Holds(i, active)));
    }

    /// <summary>A full list may have left something out, so then everything goes that the plan does not carry itself.</summary>
    private static Func<PlanItem, bool> Gone(PlayPlan wanted)
    {
        if (wanted.Withdrawn.Count >= PlanLimits.Withdrawn)
        {
            var kept = wanted.Items.Select(i => (i.Id, i.Version)).ToHashSet();
            return item => !kept.Contains((item.Id, item.Version));
        }

        var until = wanted.Withdrawn.GroupBy(w => w.Item).ToDictionary(g => g.Key, g => g.Max(w => w.Version));
        return item => until.TryGetValue(item.Id, out var version) && item.Version <= version;
    }
}
