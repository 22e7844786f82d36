using Serilog;
using Serilog.Events;

namespace BorderInfo.Server.Platform.Startup;

/// <summary>Logs go to a file a day in the data folder (31 kept, 64 MB each); the console shows warnings and what the start has to say.</summary>
public static class Logging
{
    private const string Line = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u3} {SourceContext} {EventId} {Message:lj}";

    public static void AddLogs(this WebApplicationBuilder builder, DataFolder data)
    {
        var log = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .WriteTo.Console(new OneLine("{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}"), LogEventLevel.Warning)
            .WriteTo.File(
                new OneLine(Line),
                Path.Combine(data.Logs, "server-.log"),
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: 64 * 1024 * 1024,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: 31)
            .CreateLogger();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(log, dispose: true);
    }
}
