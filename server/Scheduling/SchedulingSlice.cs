namespace BorderInfo.Server.Scheduling;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class SchedulingSlice
{
    public static void AddScheduling(this WebApplicationBuilder builder)
    {
    }

    public static void MapScheduling(this WebApplication app)
    {
    }
}
