using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Identity;

/// <summary>“Đặt mật khẩu”: the first one, or a new one. All other sessions end.</summary>
/// <remarks>
/// The old one must be told unless there is none or the session came by a one-time link. Refuses with <c>password.old-wrong</c>, <c>password.repeat</c>,
/// <c>password.too-short</c> (under 12), <c>password.too-long</c> (over 200), <c>password.guessable</c>, <c>sign-in.locked</c>.
/// </remarks>
internal sealed class SetPassword(BorderInfoDb db, Accounts accounts, Sessions sessions, IAuditTrail trail)
{
    public sealed record Ask(string? Old, string New, string Again, string SessionHash);

    public async Task<bool> NeedsOld(long userId, string sessionHash, CancellationToken stop) =>
        await db.Set<User>().FindAsync([userId], stop) is { PasswordHash: not null } && await db.Set<UserSession>().FindAsync([sessionHash], stop) is not { ByLink: true };

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (ask.New != ask.Again)
            return new Refusal("password.repeat") { Field = "again" };
        if (ask.New.Length > 200)
            return new Refusal("password.too-long") { Field = "new" };
        var user = (await db.Set<User>().FindAsync([actor.UserId], stop))!;
        if (await NeedsOld(user.Id, ask.SessionHash, stop) && await accounts.AskAgain(user, ask.Old ?? "", "old", stop) is { } wrong)
            return wrong;
        foreach (var rule in accounts.PasswordValidators)
        {
            if (await rule.ValidateAsync(accounts, user, ask.New) is { Succeeded: false } no)
                return new Refusal(no.Errors.First().Code == "PasswordTooShort" ? "password.too-short" : "password.guessable") { Field = "new" };
        }

        await Keep(actor, user, ask, stop);
        return new Nothing();
    }

    private async Task Keep(Actor actor, User user, Ask ask, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        user.PasswordHash = accounts.PasswordHasher.HashPassword(user, ask.New);
        (user.AccessFailedCount, user.LockoutEnd) = (0, null);
        trail.Note(db, actor, "password.set", user.UserName!);
        if (await db.Set<UserSession>().FindAsync([ask.SessionHash], stop) is { } session)
            session.ByLink = false;
        await db.SaveChangesAsync(stop);
        await sessions.EndAll(user.Id, ask.SessionHash, stop);
        await transaction.CommitAsync(stop);
    }
}
