using BorderInfo.Server.Platform.Backup;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Platform.Machine;

/// <summary>The server looks after the machine it runs on: disk, programs, backups.</summary>
public static class MachineSetup
{
    public static void AddMachine(this WebApplicationBuilder builder, DataFolder data)
    {
        var services = builder.Services;
        services.AddSingleton<Disk>();
        services.AddScoped<ITellNotes, MachineNotes>();
        services.AddSingleton(BackupSettings.From(builder.Configuration, data)).AddSingleton<BackupShelf>().AddSingleton<ServedSince>();
        services.AddScoped<ITellNotes, BackupNotes>();
        services.AddChore<BackUpServer>("platform.backup", TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10));
        services.AddSingleton(new HomeCard(85, typeof(ServerCard), "administrator"));
    }
}
