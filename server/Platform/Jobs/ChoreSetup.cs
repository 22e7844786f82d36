using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace BorderInfo.Server.Platform.Jobs;

/// <summary>Puts chores on the scheduler (Quartz, in memory).</summary>
public static class ChoreSetup
{
    /// <summary>A scheduler with a name has a clock of its own; the one without would take the container's, or put its own there.</summary>
    private const string Scheduler = "chores";

    /// <summary>Once, from Program.cs. <c>--jobs off</c> starts the server without its chores (tests, repair).</summary>
    public static void AddChores(this WebApplicationBuilder builder)
    {
        var steady = new SteadyTime(TimeProvider.System);
        builder.Services.AddSingleton<ChoreBook>().AddSingleton(steady);
        builder.Services.AddQuartz(Scheduler, q => q.UseTimeProvider(steady).ConfigureScheduler(o => o.ShutdownJobInterruption = ShutdownJobInterruption.Always));
        if (builder.Configuration.GetValue("jobs", "on") != "off")
            builder.Services.AddQuartzHostedService(Scheduler, o => o.WaitForJobsToComplete = true);
    }

    /// <summary>Registered by the slice whose duty it is; the chore itself is made by the container, one for each run.</summary>
    /// <param name="name">See <see cref="ChoreTime.Name"/>.</param>
    /// <param name="first">Default: after <paramref name="every"/>.</param>
    public static IServiceCollection AddChore<T>(this IServiceCollection services, string name, TimeSpan every, TimeSpan? first = null)
        where T : class, IChore
    {
        var time = new ChoreTime(name, every, first ?? every);
        services.TryAddScoped<T>();
        services.AddSingleton(time);
        return services.ConfigureAllQuartzSchedulers(q => q.ScheduleJob<ChoreJob<T>>(
            (made, trigger) => trigger
                .WithIdentity(name)
                .StartAt(made.GetRequiredService<SteadyTime>().GetUtcNow() + time.First)
                .WithSchedule(SimpleScheduleBuilder.Create().WithInterval(every).RepeatForever().MeasureIntervalFromCompletion(true).WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount)),
            (_, job) => job.WithIdentity(name)));
    }
}
