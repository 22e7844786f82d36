using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>Pure: schedules of one rank may not be promised more than the hour; said by name before agents would refuse the plan.</summary>
internal static class SharesFit
{
    /// <summary>Null = they fit; else <c>publish.shares</c> with cluster, output and schedule.</summary>
    public static Refusal? Check(IEnumerable<CompiledPlan> plans, IReadOnlyList<ScheduleStand> all, DateTimeOffset now)
    {
        foreach (var plan in plans.Select(p => p.Draft).Where(p => p.Entries.Any(e => e.SharePercent is not null || e.ShareSeconds is not null)))
        {
            if (PlanRules.Check(SendPlan.Numbered(plan, 1, 1, now)) is { Code: "plan.shares", With: [var entry, var output, ..] })
                return new("publish.shares", plan.ClusterName, plan.Outputs.FirstOrDefault(o => o.Id.Value == output)?.Name ?? output, all.FirstOrDefault(s => s.Id == ScheduleView.IdOfEntry(entry))?.Newest.Name ?? entry);
        }

        return null;
    }
}
