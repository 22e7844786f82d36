using BorderInfo.Server.Platform.Jobs;

namespace BorderInfo.Server.Platform.Notes;

public static class NotesSetup
{
    public static IServiceCollection AddNotes(this IServiceCollection services)
    {
        services.AddScoped<ReadNotes>();
        services.AddSingleton<NotesHeard>();
        return services.AddChore<WatchNotes>("platform.watch-notes", TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(20));
    }
}
