using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>“Lưu” on a user's page: name, unit, roles, areas. In force at the person's next request.</summary>
/// <remarks>Refuses with <c>user.not-found</c>, <c>user.not-yourself</c> (own administrator role), <c>user.last-administrator</c> and what <see cref="UserRules"/> says.</remarks>
internal sealed class ChangeUser(BorderInfoDb db, MaySet may, AreaNames names, IAuditTrail trail)
{
    public sealed record Ask(long Id, UserRules.Shape Shape);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!(await may.Touch(actor, ask.Id, stop)).Is(out var user, out var why))
            return why;
        if (UserRules.Check(actor, ask.Shape, names) is { } wrong)
            return wrong;
        if (!ask.Shape.Roles.Contains(Roles.Administrator) && await may.LoseAdministrator(actor, user, stop) is { } needed)
            return needed;
        (user.DisplayName, user.Unit) = (ask.Shape.DisplayName, ask.Shape.Unit);
        Replace(user.Roles, ask.Shape.Roles, r => r.Role, r => new UserRole { UserId = user.Id, Role = r });
        Replace(user.Areas, ask.Shape.Areas, a => a.Area, a => new UserArea { UserId = user.Id, Area = a });
        trail.Note(db, actor, "user.change", user.UserName!, Words(ask.Shape));
        await db.SaveChangesAsync(stop);
        return new Nothing();
    }

    internal static string Words(UserRules.Shape shape) => $"{shape.DisplayName}; {string.Join(' ', shape.Roles.Order())}; {string.Join(' ', shape.Areas.Order())}";

    private static void Replace<T>(List<T> have, IReadOnlyList<string> want, Func<T, string> key, Func<string, T> made)
    {
        have.RemoveAll(x => !want.Contains(key(x)));
        have.AddRange(want.Distinct().Where(w => have.All(x => key(x) != w)).ToArray().Select(made));
    }
}

/// <summary>The checks that need the database.</summary>
internal sealed class MaySet(BorderInfoDb db, AreaNames names)
{
    /// <summary>The user with roles and areas, if this administrator may touch them.</summary>
    public async Task<Outcome<User>> Touch(Actor actor, long id, CancellationToken stop)
    {
        var user = await db.Set<User>().Include(u => u.Roles).Include(u => u.Areas).AsSplitQuery().SingleOrDefaultAsync(u => u.Id == id, stop);
        if (user is null)
            return new Refusal("user.not-found");
        return UserRules.Beyond(actor, user.Areas.Select(a => a.Area), names) is { } why ? why : user;
    }

    public async Task<Refusal?> LoseAdministrator(Actor actor, User user, CancellationToken stop)
    {
        if (user.Roles.All(r => r.Role != Roles.Administrator))
            return null;
        if (user.Id == actor.UserId)
            return new Refusal("user.not-yourself");
        var others = await db.Set<User>().AnyAsync(u => u.Id != user.Id && !u.Disabled && u.Roles.Any(r => r.Role == Roles.Administrator), stop);
        return others ? null : new Refusal("user.last-administrator");
    }
}
