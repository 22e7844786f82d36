using BorderInfo.Server.Approval.Public;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Pure: schedules as they play since notices were replaced. No revision is rewritten: what was typed stays, what is meant is the successor.</summary>
public static class Replacements
{
    /// <summary>Each replaced notice as what took its place, in its turn and with its weight; a successor that is named too comes once, where it is named first.</summary>
    public static ScheduleView With(this ScheduleView schedule, Successors successors) => !successors.Any || !schedule.Items.Any(successors.Replaced)
        ? schedule
        : schedule with
        {
            Items = successors.Of(schedule.Items),
            Weights = [.. schedule.Weights.Select(w => w with { Item = successors.Of(w.Item) }).DistinctBy(w => w.Item)],
        };

    public static ScheduleStand With(this ScheduleStand stand, Successors successors) => successors.Any
        ? stand with { Newest = stand.Newest.With(successors), Published = stand.Published?.With(successors) }
        : stand;
}
