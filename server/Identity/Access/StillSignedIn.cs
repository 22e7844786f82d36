using System.Security.Claims;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Identity;

/// <summary>Reads session, roles and areas anew, as a fresh request would.</summary>
internal sealed class StillSignedIn(IServiceScopeFactory scopes) : IStillSignedIn
{
    public async Task<bool> Of(HttpContext http, CancellationToken stop)
    {
        if (!http.Request.Cookies.TryGetValue(Sessions.CookieName(http.Request), out var secret))
            return false;
        using var scope = scopes.CreateScope();
        var services = scope.ServiceProvider;
        return await services.GetRequiredService<Sessions>().Find(secret, quiet: true, stop) is { } session
            && await Principals.Of(services.GetRequiredService<BorderInfoDb>(), session.UserId, SessionHandler.Scheme_, stop) is { } now
            && Rights(now).SetEquals(Rights(http.User));
    }

    private static HashSet<string> Rights(ClaimsPrincipal user) => [.. user.Claims.Where(c => c.Type is ClaimTypes.Role or ActorClaims.Area or ClaimTypes.NameIdentifier).Select(c => $"{c.Type} {c.Value}")];
}
