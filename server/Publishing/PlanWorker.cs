namespace BorderInfo.Server.Publishing;

/// <summary>Works off wishes for new plans within about a second.</summary>
internal sealed partial class PlanWorker(IServiceScopeFactory scopes, WorkBell bell, ILogger<PlanWorker> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Alert = TimeSpan.FromMilliseconds(300);

    /// <summary>After a ring the transaction of the wish may still be open: look this often before idling again.</summary>
    private const int LooksAfterRing = 30;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var looks = 0;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await bell.Heard(looks > 0 ? Alert : Idle, stop))
                    looks = LooksAfterRing;
                else
                    looks = Math.Max(0, looks - 1);
                await Turn(r => r.DueWishes(stop));
            }
            catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                Log.TurnFailed(log, e);
            }
        }
    }

    private async Task Turn(Func<Republish, Task<int>> work)
    {
        using var scope = scopes.CreateScope();
        await work(scope.ServiceProvider.GetRequiredService<Republish>());
    }

    private static partial class Log
    {
        [LoggerMessage(1810, LogLevel.Error, "Making plans anew failed; tried again soon")]
        public static partial void TurnFailed(ILogger log, Exception e);
    }
}
