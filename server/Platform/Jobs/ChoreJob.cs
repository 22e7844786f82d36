using Quartz;

namespace BorderInfo.Server.Platform.Jobs;

/// <summary>What Quartz calls: one run of a chore. Nothing leaves it, so the schedule goes on.</summary>
[DisallowConcurrentExecution]
internal sealed partial class ChoreJob<T>(IServiceScopeFactory scopes, ChoreBook book, TimeProvider clock, ILogger<ChoreJob<T>> log) : IJob
    where T : class, IChore
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var name = context.JobDetail.Key.Name;
        try
        {
            using var scope = scopes.CreateScope();
            await scope.ServiceProvider.GetRequiredService<T>().Run(cancellationToken);
            if (book.Ended(name, clock.GetUtcNow(), failed: false))
                Log.WellAgain(log, name);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops.
        }
        catch (Exception e)
        {
            if (book.Ended(name, clock.GetUtcNow(), failed: true))
                Log.Failed(log, name, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1071, LogLevel.Error, "The chore {Chore} failed; it is tried again in its time and said again when it has run well")]
        public static partial void Failed(ILogger log, string chore, Exception e);

        [LoggerMessage(1072, LogLevel.Information, "The chore {Chore} runs well again")]
        public static partial void WellAgain(ILogger log, string chore);
    }
}
