using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Plans;

/// <summary>Pure: a plan as it can be played with what is on the shelf.</summary>
public static class UsablePlan
{
    /// <summary>The plan without the parts that cannot be played; the others close the gap.</summary>
    public static PlayPlan Without(PlayPlan plan, Func<PlanPart, bool> unusable) => plan with
    {
        Items = [.. plan.Items.Select(i => i.Parts.Any(unusable) ? i with { Parts = [.. i.Parts.Where(p => !unusable(p))] } : i)],
    };

    /// <summary>The plan's files, those of emergencies first, then by what wins.</summary>
    public static IReadOnlyList<PlanFile> FilesByUrgency(PlayPlan plan)
    {
        var items = plan.Items.ToDictionary(i => i.Id);
        var files = plan.Files.ToDictionary(f => f.Hash);
        var inOrder = plan.Entries
            .OrderBy(e => e.Tier).ThenBy(e => e.Number)
            .SelectMany(e => e.Items)
            .Where(items.ContainsKey)
            .SelectMany(i => items[i].Parts)
            .Select(p => p.File)
            .Concat(plan.Files.Select(f => f.Hash));
        return [.. inOrder.Distinct().Where(files.ContainsKey).Select(h => files[h])];
    }
}
