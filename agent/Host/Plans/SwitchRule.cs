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
        /// Files are missing, but an emergency with all its files must not wait for a film, nor must a withdrawn item stay on air while something else can be shown.
        /// What is missing is left out until it comes.
        /// </summary>
        Early,
    }

    /// <param name="active">The plan on air; null = none.</param>
    public static Verdict Decide(PlayPlan wanted, PlayPlan? active, Func<MediaHash, bool> onShelf, DateTimeOffset now)
    {
        if (wanted.Files.All(f => onShelf(f.Hash)))
            return Verdict.Complete;
        return HasNewEmergency(wanted, active, onShelf) || (active is not null && Withdraws(wanted, active) && NothingGoesDark(wanted, active, onShelf, now))
            ? Verdict.Early
            : Verdict.NotYet;
    }

    private static bool HasNewEmergency(PlayPlan wanted, PlayPlan? active, Func<MediaHash, bool> onShelf)
    {
        var known = active?.Entries.Where(e => e.Tier == Tier.Emergency).Select(e => (e.Id, e.Since)).ToHashSet() ?? [];
        return wanted.Entries
            .Where(e => e.Tier == Tier.Emergency && !known.Contains((e.Id, e.Since)))
            .SelectMany(e => e.Items)
            .Select(id => wanted.Items.FirstOrDefault(i => i.Id == id))
            .Any(item => item is { Parts.Count: > 0 } && item.Parts.All(p => onShelf(p.File)));
    }

    private static bool Withdraws(PlayPlan wanted, PlayPlan active)
    {
        var kept = wanted.Items.Select(i => (i.Id, i.Version)).ToHashSet();
        return active.Items.Any(i => !kept.Contains((i.Id, i.Version)));
    }

    private static bool NothingGoesDark(PlayPlan wanted, PlayPlan active, Func<MediaHash, bool> onShelf, DateTimeOffset now)
    {
        var then = new PlanClock(UsablePlan.Without(wanted, p => !onShelf(p.File)));
        var before = new PlanClock(active);
        return wanted.Outputs.All(o => then.At(o.Id, now).Part is not null || before.At(o.Id, now).Part is null);
    }
}
