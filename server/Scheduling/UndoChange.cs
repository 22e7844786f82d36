using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The editor presses “Hoàn tác” after a move in the calendar: the schedule reads again as before, as one more revision.</summary>
/// <remarks>Refuses with <c>schedule.nothing-to-undo</c> and what saving refuses.</remarks>
internal sealed class UndoChange(Schedules schedules, SaveSchedule save)
{
    /// <param name="To">The revision to bring back.</param>
    public sealed record Ask(Actor Actor, long Schedule, int To);

    public async Task<Outcome<ScheduleStand>> Handle(Ask ask, CancellationToken stop)
    {
        var stand = await schedules.Of(ask.Schedule, stop);
        if (stand is null || ask.To >= stand.Revision || await schedules.Revision(ask.Schedule, ask.To, stop) is not var (before, area))
            return new Refusal("schedule.nothing-to-undo");
        return await save.Handle(new(ask.Actor, before, stand.Revision, area), stop);
    }
}
