namespace BorderInfo.Server.Geo;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class GeoSlice
{
    public static void AddGeo(this WebApplicationBuilder builder)
    {
    }

    public static void MapGeo(this WebApplication app)
    {
    }
}
