namespace BorderInfo.Server.Publishing;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class PublishingSlice
{
    public static void AddPublishing(this WebApplicationBuilder builder)
    {
    }

    public static void MapPublishing(this WebApplication app)
    {
    }
}
