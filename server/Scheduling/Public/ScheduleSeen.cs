using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Pure: who sees a schedule, and what a refusal may call it.</summary>
public static class ScheduleSeen
{
    /// <summary>It reaches a cluster of the actor, or the actor made it.</summary>
    public static bool SeenBy(this ScheduleStand stand, Actor actor, IReadOnlyList<Cluster> all) =>
        actor.Scope.Everything || stand.CreatedBy == actor.UserId
        || stand.Views.Any(v => TargetResolver.Clusters(v.View.Targets, v.Area, all).Any(c => c.Within(actor.Scope)));

    /// <summary>Its name for those who see it, for others only the number they asked by.</summary>
    public static string NameFor(this ScheduleStand stand, Actor actor, IReadOnlyList<Cluster> all) => stand.SeenBy(actor, all) ? stand.Newest.Name : stand.Newest.EntryId;
}
