using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>User administration for forms and programs.</summary>
internal static class UsersEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("/nguoi-dung/{id:long}").RequireAuthorization(p => p.RequireRole(Roles.Administrator)).ExcludeFromDescription();
        forms.MapPost("/khoa", (long id, HttpContext http, DisableUser disable, Texts t) => Disable(id, true, "user.disabled-now", http, disable, t));
        forms.MapPost("/mo-khoa", (long id, HttpContext http, DisableUser disable, Texts t) => Disable(id, false, "user.enabled-now", http, disable, t));
        forms.MapPost("/ket-thuc-phien", async (long id, HttpContext http, EndSessions end, Texts t) =>
            Reply.Form(http, await end.Handle(http.User.Actor(), new(id, ProfileEndpoints.OwnSession(http)), http.RequestAborted), $"/nguoi-dung/{id}", "session.ended", t));

        var api = app.MapGroup("/api/v1/users").WithTags("identity").RequireAuthorization(ApiDoor.Policy).RequireAuthorization(p => p.RequireRole(Roles.Administrator));
        api.MapGet("/", List).WithSummary("Users inside the caller's areas; q searches name, display name and unit.");
        api.MapPost("/", async (CreateUser.Ask ask, HttpContext http, CreateUser create, Texts t) =>
            Reply.Api(await create.Handle(http.User.Actor(), ask, http.RequestAborted), t)).WithSummary("Creates a user; the answer holds the first one-time link's token (/vao/{token}).");
        api.MapPut("/{id:long}", async (long id, UserRules.Shape shape, HttpContext http, ChangeUser change, Texts t) =>
            Reply.Api(await change.Handle(http.User.Actor(), new(id, shape), http.RequestAborted), t)).WithSummary("Sets display name, unit, roles and areas.");
        api.MapDelete("/{id:long}/sessions", async (long id, HttpContext http, EndSessions end, Texts t) =>
            Reply.Api(await end.Handle(http.User.Actor(), new(id, ProfileEndpoints.OwnSession(http)), http.RequestAborted), t)).WithSummary("Ends the user's sessions; of the own ones, all but the one that asks.");
        api.MapPost("/{id:long}/disable", async (long id, HttpContext http, DisableUser disable, Texts t) =>
            Reply.Api(await disable.Handle(http.User.Actor(), new(id, true), http.RequestAborted), t)).WithSummary("Disables the user and ends sessions, tokens and links.");
        api.MapPost("/{id:long}/enable", async (long id, HttpContext http, DisableUser disable, Texts t) =>
            Reply.Api(await disable.Handle(http.User.Actor(), new(id, false), http.RequestAborted), t)).WithSummary("Enables the user again.");
        api.MapPost("/{id:long}/link", async (long id, HttpContext http, MakeSignInLink make, Texts t) =>
            Reply.Api(await make.Handle(http.User.Actor(), new(id), http.RequestAborted), t)).WithSummary("A one-time sign-in link, good for 24 hours; ends older ones.");
    }

    private static async Task<IResult> Disable(long id, bool disabled, string done, HttpContext http, DisableUser disable, Texts t) =>
        Reply.Form(http, await disable.Handle(http.User.Actor(), new(id, disabled), http.RequestAborted), $"/nguoi-dung/{id}", done, t);

    private static async Task<IReadOnlyList<UserView>> List(string? q, HttpContext http, UserList users) => await users.Find(http.User.Actor(), q, http.RequestAborted);
}

/// <param name="Areas"><c>all</c>, <c>p:20</c>, <c>c:06184</c>, <c>s:LS-CN-1</c>.</param>
internal sealed record UserView(long Id, string UserName, string DisplayName, string Unit, string[] Roles, string[] Areas, bool Disabled, bool HasPassword, DateTimeOffset? LastSeen);

/// <summary>Users as an administrator sees them: those whose areas lie inside the own ones.</summary>
internal sealed class UserList(BorderInfoDb db, AreaNames names)
{
    public const int Most = 300;

    public async Task<IReadOnlyList<UserView>> Find(Actor actor, string? words, CancellationToken stop)
    {
        var users = await db.Set<User>().AsNoTracking().Include(u => u.Roles).Include(u => u.Areas).AsSplitQuery().OrderBy(u => u.UserName).ToListAsync(stop);
        var seen = await db.Set<UserSession>().GroupBy(s => s.UserId).Select(g => new { g.Key, At = g.Max(s => s.SeenAt) }).ToDictionaryAsync(x => x.Key, x => x.At, stop);
        // In memory, since SQLite folds upper and lower case for ASCII only.
        return [.. users.Where(u => UserRules.Beyond(actor, u.Areas.Select(a => a.Area), names) is null).Where(u => Has(u, words)).Take(Most)
            .Select(u => new UserView(u.Id, u.UserName!, u.DisplayName, u.Unit, [.. u.Roles.Select(r => r.Role).Order()], [.. u.Areas.Select(a => a.Area).Order()],
                u.Disabled, u.PasswordHash is not null, seen.TryGetValue(u.Id, out var at) ? at : null))];
    }

    private static bool Has(User user, string? words) =>
        string.IsNullOrWhiteSpace(words) || $"{user.UserName} {user.DisplayName} {user.Unit}".Contains(words.Trim(), StringComparison.CurrentCultureIgnoreCase);
}
