namespace BorderInfo.Contract.Plans;

/// <summary>Pure: which words a plan uses.</summary>
public static class PlanLevels
{
    /// <summary>The lowest <see cref="ContractLevel"/> whose agents understand the plan whole; a compiler writes this one, so that an older agent refuses only what it would play wrongly.</summary>
    public static int Of(PlayPlan plan) => plan.Items.Any(i => i.Times.Count > 0) ? 5 : Fourth(plan) ? 4 : Third(plan) ? 3 : Second(plan) ? 2 : 1;

    /// <summary>An older agent would silence the emergency.</summary>
    private static bool Fourth(PlayPlan plan) =>
        plan.Stops.Any(s => plan.Items.Any(i => s.Names(i) && plan.Entries.Any(e => !s.Holds(i, e.Tier) && e.Items.Contains(i.Id))));

    private static bool Third(PlayPlan plan) => plan.Outputs.Any(o => o.QuietRules.Count > 0) || plan.Entries.Any(Paced);

    private static bool Second(PlayPlan plan) =>
        plan.Holidays.Count > 0 || plan.Stops.Count > 0
        || plan.Entries.Any(e => e.Days is not null || e.Order != PlayOrder.Listed || e.Weights.Count > 0)
        || plan.Outputs.Any(o => o.RequiredLanguages.Count > 0 || o.Fallbacks.Count > 0);

    private static bool Paced(PlanEntry e) =>
        e.SharePercent is not null || e.ShareSeconds is not null || e.MostPerHour is not null || e.LeastGapSeconds is not null || e.SlotMinutes is not null || e.InStep;
}
