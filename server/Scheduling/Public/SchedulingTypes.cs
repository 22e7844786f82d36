using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Which clusters a schedule is for; resolved on the server when a plan is compiled.</summary>
/// <param name="Key">Cluster id, <c>clusterId/outputId</c>, commune code, sector id, gate class, tag or province code.</param>
public sealed record Target(TargetWidth Width, string Key);

/// <summary>A schedule (lịch phát) as it stands.</summary>
public sealed record ScheduleView(long Id, string Name, Tier Tier, int Number, IReadOnlyList<ItemId> Items, IReadOnlyList<Target> Targets, DateOnly From, DateOnly? To, Weekdays Weekdays, IReadOnlyList<TimeWindow> Windows, int? EveryMinutes, bool Published, DateTimeOffset ChangedAt);

/// <summary>Something an editor should know before publishing; does not stop it.</summary>
public sealed record PlanWarning(string Code, params string[] With);

/// <summary>A plan without number and seal, with what was left out and why.</summary>
/// <param name="Draft">Number, epoch, counter and instants are blanks that Publishing fills in.</param>
public sealed record CompiledPlan(PlayPlan Draft, IReadOnlyList<PlanWarning> Warnings);

public interface IPlanCompiler
{
    /// <summary>From everything published (and, when asked, the not yet published schedule <paramref name="with"/>). Refuses with <c>plan.…</c>.</summary>
    Task<Outcome<CompiledPlan>> Compile(SiteId site, long? with, CancellationToken stop);

    /// <summary>Sites that a schedule touches.</summary>
    Task<IReadOnlyList<SiteId>> SitesOf(long scheduleId, CancellationToken stop);
}
