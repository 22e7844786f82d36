namespace BorderInfo.Server.Messaging;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class MessagingSlice
{
    public static void AddMessaging(this WebApplicationBuilder builder)
    {
    }

    public static void MapMessaging(this WebApplication app)
    {
    }
}
