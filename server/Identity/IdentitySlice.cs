namespace BorderInfo.Server.Identity;

/// <summary>Services, endpoints and menu entries of the slice; called from Program.cs.</summary>
public static class IdentitySlice
{
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication("session").AddCookie("session");
        builder.Services.AddAuthorization();
    }

    public static void MapIdentity(this WebApplication app)
    {
    }
}
