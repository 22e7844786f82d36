using System.Text.RegularExpressions;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Identity;

/// <summary>What a user must be, and who may make one so. Pure but for the names of areas.</summary>
internal static partial class UserRules
{
    public sealed record Shape(string DisplayName, string Unit, IReadOnlyList<string> Roles, IReadOnlyList<string> Areas);

    /// <summary>Refuses with <c>user.display-name-missing</c>, <c>user.role-missing</c>, <c>user.area-missing</c>, <c>user.area-unknown</c>, <c>user.area-beyond</c>.</summary>
    public static Refusal? Check(Actor actor, Shape? user, AreaNames names)
    {
        // A body without one comes in by the API.
        if (user is null)
            return new("user.display-name-missing") { Field = "shape" };
        if (user.DisplayName.Length is 0 or > 80 || user.Unit.Length > 120)
            return new("user.display-name-missing") { Field = "displayName" };
        if (user.Roles.Count == 0 || user.Roles.Any(r => !Roles.All.Contains(r)))
            return new("user.role-missing") { Field = "roles" };
        if (user.Areas.Count == 0)
            return new("user.area-missing") { Field = "areas" };
        if (user.Areas.FirstOrDefault(a => !AreaCodes.IsOne(a) || !names.Exists(a)) is { } unknown)
            return new("user.area-unknown", unknown[(unknown.IndexOf(':') + 1)..]) { Field = "areas" };
        return Beyond(actor, user.Areas, names);
    }

    /// <summary>An administrator rules over users whose areas all lie inside the own ones. Refuses with <c>user.not-allowed</c> or <c>user.area-beyond</c>.</summary>
    public static Refusal? Beyond(Actor actor, IEnumerable<string> areas, AreaNames names)
    {
        if (!actor.Is(Roles.Administrator))
            return new("user.not-allowed");
        return areas.FirstOrDefault(a => !AreaCodes.Covers(actor.Scope, a, names.ProvinceOf)) is { } beyond ? new("user.area-beyond", names.Of(beyond)) { Field = "areas" } : null;
    }

    /// <summary>3 to 40 small letters, digits, dots, dashes or underscores, beginning with a letter.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    [GeneratedRegex("^[a-z][a-z0-9._-]{2,39}$")]
    private static partial Regex Name();
}
