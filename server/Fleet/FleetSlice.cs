namespace BorderInfo.Server.Fleet;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class FleetSlice
{
    public static void AddFleet(this WebApplicationBuilder builder)
    {
    }

    public static void MapFleet(this WebApplication app)
    {
    }
}
