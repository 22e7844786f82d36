using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>What an editor should know about a schedule before it is published: overlaps, gaps, languages, quiet hours, validity. Nothing of it stops him.</summary>
public interface IScheduleAdvice
{
    /// <param name="area">Where the schedule may be shown.</param>
    Task<IReadOnlyList<PlanWarning>> Of(ScheduleView schedule, AreaScope area, CancellationToken stop);
}
