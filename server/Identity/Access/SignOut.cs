using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Identity;

/// <summary>“Đăng xuất”: the session ends on the server too.</summary>
internal static class SignOut
{
    public static void MapSignOut(this IEndpointRouteBuilder app) =>
        app.MapPost("/dang-xuat", Handle).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> Handle(HttpContext http, Sessions sessions, BorderInfoDb db, IAuditTrail trail)
    {
        trail.Note(db, http.User.Actor(), "session.close", http.User.Actor().UserName);
        await db.SaveChangesAsync(http.RequestAborted);
        await sessions.Close(http);
        return Results.Redirect("/da-dang-xuat");
    }
}
