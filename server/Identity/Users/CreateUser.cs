using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Identity;

/// <summary>“Tạo người dùng”: without a password; the person comes in by a one-time link.</summary>
/// <remarks>Refuses with <c>user.name-shape</c>, <c>user.name-taken</c> and what <see cref="UserRules"/> says.</remarks>
internal sealed class CreateUser(BorderInfoDb db, Accounts accounts, AreaNames names, SignInLinks links, IAuditTrail trail, TimeProvider clock)
{
    public sealed record Ask(string UserName, UserRules.Shape Shape);

    /// <param name="Token">Of the first sign-in link <c>/vao/{token}</c>; shown once, kept nowhere.</param>
    public sealed record Done(long Id, string Token);

    public async Task<Outcome<Done>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!UserRules.IsName(ask.UserName))
            return new Refusal("user.name-shape") { Field = "userName" };
        if (UserRules.Check(actor, ask.Shape, names) is { } why)
            return why;
        if (await accounts.FindByNameAsync(ask.UserName) is not null)
            return new Refusal("user.name-taken", ask.UserName) { Field = "userName" };
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var user = Made(ask);
        trail.Note(db, actor, "user.create", user.UserName!, ChangeUser.Words(ask.Shape));
        var made = await accounts.CreateAsync(user);
        if (!made.Succeeded)
            return new Refusal("user.name-taken", ask.UserName) { Field = "userName" };
        var token = await links.Make(user.Id, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new Done(user.Id, token);
    }

    private User Made(Ask ask)
    {
        var user = new User { UserName = ask.UserName, DisplayName = ask.Shape.DisplayName, Unit = ask.Shape.Unit, CreatedAt = clock.GetUtcNow() };
        user.Roles.AddRange(ask.Shape.Roles.Distinct().Select(r => new UserRole { Role = r }));
        user.Areas.AddRange(ask.Shape.Areas.Distinct().Select(a => new UserArea { Area = a }));
        return user;
    }
}
