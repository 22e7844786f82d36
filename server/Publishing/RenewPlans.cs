using BorderInfo.Server.Platform.Jobs;

namespace BorderInfo.Server.Publishing;

/// <summary>Renews plans long before they run out (<see cref="Republish.RenewBefore"/>).</summary>
internal sealed class RenewPlans(Republish republish) : IChore
{
    public Task Run(CancellationToken stop) => republish.RunningOut(stop);
}
