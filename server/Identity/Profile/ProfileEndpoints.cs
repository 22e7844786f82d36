using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>What people do with their own account, for forms and programs.</summary>
internal static class ProfileEndpoints
{
    public static void MapProfile(this IEndpointRouteBuilder app)
    {
        app.MapPost("/toi/ma/{id:long}/thu-hoi", async (long id, HttpContext http, RevokeToken revoke, Texts t) =>
            Reply.Form(http, await revoke.Handle(http.User.Actor(), id, http.RequestAborted), "/toi", "token.revoked", t)).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/toi/phien/ket-thuc", async (HttpContext http, EndSessions end, Texts t) =>
            Reply.Form(http, await end.Handle(http.User.Actor(), new(http.User.Actor().UserId, OwnSession(http)), http.RequestAborted), "/toi", "session.ended", t)).RequireAuthorization().ExcludeFromDescription();

        var api = app.MapGroup("/api/v1").WithTags("identity").RequireAuthorization(ApiDoor.Policy);
        api.MapGet("/me", Me).WithSummary("Who calls: name, roles and areas.");
        api.MapGet("/tokens", List).WithSummary("Own personal tokens, without their secret.");
        api.MapDelete("/tokens/{id:long}", async (long id, HttpContext http, RevokeToken revoke, Texts t) =>
            Reply.Api(await revoke.Handle(http.User.Actor(), id, http.RequestAborted), t)).WithSummary("Ends an own token.");
        api.MapDelete("/me/sessions", async (HttpContext http, EndSessions end, Texts t) =>
            Reply.Api(await end.Handle(http.User.Actor(), new(http.User.Actor().UserId, OwnSession(http)), http.RequestAborted), t)).WithSummary("Ends the own sessions, but the one that asks.");
        app.MapPut("/api/v1/me/password", async (PasswordAsk ask, HttpContext http, SetPassword set, Texts t) =>
            Reply.Api(await set.Handle(http.User.Actor(), new(ask.Old, ask.New ?? "", ask.New ?? "", OwnSession(http)), http.RequestAborted), t)).WithTags("identity").RequireAuthorization()
            .WithSummary("Sets the own password; the other sessions end. Needs a session, not a token.");
        // Not by token: one that leaked must not be able to make others.
        app.MapPost("/api/v1/tokens", async (MakeToken.Ask ask, HttpContext http, MakeToken make, Texts t) =>
            Reply.Api(await make.Handle(http.User.Actor(), ask, http.RequestAborted), t)).WithTags("identity").RequireAuthorization()
            .WithSummary("Makes a personal token; the answer is the only place it stands. Needs a session, not a token.");
    }

    public static string OwnSession(HttpContext http) => http.User.FindFirst(SessionHandler.SessionClaim)?.Value ?? "";

    private static Mine Me(HttpContext http)
    {
        var actor = http.User.Actor();
        return new(actor.UserId, actor.UserName, actor.DisplayName, [.. actor.Roles.Order()], [.. AreaCodes.Of(actor.Scope)]);
    }

    private static async Task<TokenView[]> List(HttpContext http, BorderInfoDb db)
    {
        var me = http.User.Actor().UserId;
        return await db.Set<PersonalToken>().Where(t => t.UserId == me).OrderBy(t => t.Id)
            .Select(t => new TokenView(t.Id, t.Name, t.Beginning, t.CreatedAt, t.ExpiresAt, t.UsedAt)).ToArrayAsync(http.RequestAborted);
    }

    /// <param name="Old">Null or empty = there is none yet, or the session came by a one-time link.</param>
    public sealed record PasswordAsk(string? Old, string New);

    /// <param name="Areas"><c>all</c>, <c>p:20</c>, <c>c:06184</c>, <c>s:LS-CN-1</c>.</param>
    public sealed record Mine(long Id, string UserName, string DisplayName, string[] Roles, string[] Areas);

    public sealed record TokenView(long Id, string Name, string Beginning, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? UsedAt);
}
