namespace BorderInfo.Server.Content;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class ContentSlice
{
    public static void AddContent(this WebApplicationBuilder builder)
    {
    }

    public static void MapContent(this WebApplication app)
    {
    }
}
