using System.Security.Claims;

namespace BorderInfo.Server.Identity.Public;

/// <summary>Role names as they stand in claims, policies and the database. A user may hold several.</summary>
public static class Roles
{
    public const string Editor = "editor";
    public const string Approver = "approver";

    /// <summary>Border guard unit: sees the devices of its sector, reports faults.</summary>
    public const string Monitor = "monitor";
    public const string Technician = "technician";
    public const string Administrator = "administrator";

    public static readonly IReadOnlyList<string> All = [Editor, Approver, Monitor, Technician, Administrator];
}

/// <summary>The provinces, communes and border sectors a user may see and touch. The union of the three; <see cref="Everything"/> = the whole country.</summary>
/// <param name="Provinces">Two-digit codes.</param>
/// <param name="Communes">Five-digit codes.</param>
/// <param name="Sectors">Ids of border sectors.</param>
public sealed record AreaScope(bool Everything, IReadOnlyList<string> Provinces, IReadOnlyList<string> Communes, IReadOnlyList<string> Sectors)
{
    public static readonly AreaScope All = new(true, [], [], []);
    public static readonly AreaScope None = new(false, [], [], []);

    public bool Holds(string provinceCode, string communeCode, string? sectorId) =>
        Everything || Provinces.Contains(provinceCode) || Communes.Contains(communeCode) || (sectorId is not null && Sectors.Contains(sectorId));
}

/// <summary>Who acts: a signed-in user or the owner of a personal token.</summary>
public sealed record Actor(long UserId, string UserName, string DisplayName, IReadOnlySet<string> Roles, AreaScope Scope)
{
    /// <summary>The program itself: expiry, sample data.</summary>
    public static readonly Actor System = new(0, "system", "BorderInfo", new HashSet<string>(), AreaScope.All);

    public bool Is(string role) => Roles.Contains(role);
}

/// <summary>The claims that carry an actor.</summary>
public static class ActorClaims
{
    public const string DisplayName = "bi:name";

    /// <summary><c>all</c>, <c>p:20</c>, <c>c:06184</c>, <c>s:LS-CN-1</c>; one claim each.</summary>
    public const string Area = "bi:area";

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static Actor Actor(this ClaimsPrincipal user)
    {
        var id = user.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new InvalidOperationException("nobody is signed in");
        var areas = user.FindAll(Area).Select(c => c.Value).ToArray();
        return new(
            long.Parse(id, System.Globalization.CultureInfo.InvariantCulture),
            user.FindFirstValue(ClaimTypes.Name) ?? "",
            user.FindFirstValue(DisplayName) ?? "",
            user.FindAll(ClaimTypes.Role).Select(c => c.Value).ToHashSet(),
            new AreaScope(areas.Contains("all"), Coded(areas, "p:"), Coded(areas, "c:"), Coded(areas, "s:")));
    }

    private static string[] Coded(string[] areas, string prefix) => [.. areas.Where(a => a.StartsWith(prefix, StringComparison.Ordinal)).Select(a => a[2..])];
}
