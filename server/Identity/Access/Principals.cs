using System.Globalization;
using System.Security.Claims;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>From a user in the database to claims: read at every request, so a right that was taken away is gone at once.</summary>
internal static class Principals
{
    /// <returns>Null when the user is gone or disabled.</returns>
    public static async Task<ClaimsPrincipal?> Of(BorderInfoDb db, long userId, string scheme, CancellationToken stop)
    {
        var user = await db.Set<User>().AsNoTracking().Include(u => u.Roles).Include(u => u.Areas).AsSplitQuery()
            .SingleOrDefaultAsync(u => u.Id == userId && !u.Disabled, stop);
        return user is null ? null : new ClaimsPrincipal(Made(user, scheme));
    }

    private static ClaimsIdentity Made(User user, string scheme) => new(
        [
            new(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, user.UserName!),
            new(ActorClaims.DisplayName, user.DisplayName),
            .. user.Roles.Select(r => new Claim(ClaimTypes.Role, r.Role)),
            .. user.Areas.Select(a => new Claim(ActorClaims.Area, a.Area)),
        ],
        scheme);
}
