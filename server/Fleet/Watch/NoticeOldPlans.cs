using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Jobs;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>Sites that are online and go on playing an older plan than one that was sent some minutes ago: a finding, so that lists, wall and map show it.</summary>
internal sealed class NoticeOldPlans(StandingBoard board, KeepStanding keep, IServiceProvider services, TimeProvider clock) : IChore
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <summary>So long a plan may be on its way; with <see cref="Contract.Health.Findings.PlanBehind"/> it is seen after five minutes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);

    public async Task Run(CancellationToken stop)
    {
        if (services.GetService<INewestPlan>() is not { } plans)
            return;
        var due = await plans.SentUntil(clock.GetUtcNow() - Grace, stop);
        foreach (var site in board.All.Where(s => s.Presence is not null && s.DuePlan != due.GetValueOrDefault(s.Site)))
            await keep.Change(site.Site, (known, now) => StandingRules.Due(known, due.GetValueOrDefault(site.Site), now), stop);
    }
}
