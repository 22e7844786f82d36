using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;

namespace BorderInfo.Server.Reports;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class ReportsSlice
{
    public static void AddReports(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<ReportNames>();
        services.AddScoped<BuildReport>();
        services.AddScoped<EmergencyLog>();
        services.AddScoped<BuildHalfYear>();
        services.AddSingleton(s => ReportDeadlines.From(s.GetRequiredService<IConfiguration>()));
        services.AddSingleton<IAtStart, DeadlinesAreDays>();
        services.AddScoped<ITellNotes, DeadlineNotes>();
        services.AddSingleton(new NavEntry(70, "/bao-cao", "reports.nav", "report-analytics"));
    }

    public static void MapReports(this WebApplication app) => app.MapReportsEndpoints();
}
