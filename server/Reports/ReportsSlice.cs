namespace BorderInfo.Server.Reports;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class ReportsSlice
{
    public static void AddReports(this WebApplicationBuilder builder)
    {
    }

    public static void MapReports(this WebApplication app)
    {
    }
}
