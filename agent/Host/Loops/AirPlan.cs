using BorderInfo.Agent.Plans;
using BorderInfo.Agent.Store;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Loops;

/// <summary>A plan on air with its two clocks: what the plan says, and what can be played with the files that are there.</summary>
internal sealed class AirPlan
{
    private readonly Dictionary<MediaHash, PlanFile> files;
    private HashSet<(OutputId, MediaHash)> leftOut = [];

    public AirPlan(PlayPlan plan)
    {
        Plan = plan;
        files = plan.Files.ToDictionary(f => f.Hash);
        Said = new PlanClock(plan);
        Playable = Said;
    }

    public PlayPlan Plan { get; }

    /// <summary>The whole plan.</summary>
    public PlanClock Said { get; }

    /// <summary>Without the parts that are missing or quarantined.</summary>
    public PlanClock Playable { get; private set; }

    /// <summary>Files that are not on the shelf now.</summary>
    public IReadOnlyList<PlanFile> Missing { get; private set; } = [];

    public PlanFile? FileOf(PlanPart part) => files.GetValueOrDefault(part.File);

    /// <summary>Looks at the shelf again; cheap when nothing changed.</summary>
    public void Reconsider(Shelf shelf, Quarantine quarantine)
    {
        Missing = [.. Plan.Files.Where(f => shelf.Look(f) == OnShelf.Missing)];
        var gone = Missing.Select(f => f.Hash).ToHashSet();
        var unusable = Plan.Items.SelectMany(i => i.Parts)
            .Where(p => FileOf(p) is null || gone.Contains(p.File) || quarantine.Holds(p.Output, p.File))
            .Select(p => (p.Output, p.File))
            .ToHashSet();
        if (unusable.SetEquals(leftOut))
            return;
        leftOut = unusable;
        Playable = unusable.Count == 0 ? Said : new PlanClock(UsablePlan.Without(Plan, p => unusable.Contains((p.Output, p.File))));
    }
}
