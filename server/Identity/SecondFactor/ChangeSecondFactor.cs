using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>“Bật xác thực hai bước”: the first right code. All other sessions of the user end.</summary>
/// <remarks>
/// Whoever has a password must tell it: an unwatched browser is not enough to shut its owner out. Refuses with <c>password.old-wrong</c>, <c>sign-in.locked</c>,
/// <c>second.wrong</c> (also when the authenticator is already in use, or its secret was shown more than 15 minutes ago).
/// </remarks>
internal sealed class TurnOnSecondFactor(BorderInfoDb db, Accounts accounts, SecondFactors factors, Sessions sessions, IAuditTrail trail)
{
    public sealed record Ask(string Code, string? Password, string SessionHash);

    public Task<bool> NeedsPassword(long userId, CancellationToken stop) => db.Set<User>().AnyAsync(u => u.Id == userId && u.PasswordHash != null, stop);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        var user = (await db.Set<User>().FindAsync([actor.UserId], stop))!;
        if (user.PasswordHash is not null && await accounts.AskAgain(user, ask.Password ?? "", "password", stop) is { } wrong)
            return wrong;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await factors.Take(actor.UserId, ask.Code, first: true, stop))
            return new Refusal("second.wrong") { Field = "code" };
        trail.Note(db, actor, "second.on", actor.UserName);
        await db.SaveChangesAsync(stop);
        await sessions.EndAll(actor.UserId, ask.SessionHash, stop);
        await transaction.CommitAsync(stop);
        return new Nothing();
    }
}

/// <summary>“Tắt xác thực hai bước” by its owner, with a code: an unwatched browser is not enough.</summary>
/// <remarks>Refuses with <c>second.wrong</c>, and with <c>sign-in.locked</c> after five wrong ones.</remarks>
internal sealed class TurnOffSecondFactor(BorderInfoDb db, Accounts accounts, SecondFactors factors, IAuditTrail trail)
{
    public sealed record Ask(string Code);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var answer = await Judge(actor, ask, stop);
        await transaction.CommitAsync(stop);
        return answer;
    }

    private async Task<Outcome<Nothing>> Judge(Actor actor, Ask ask, CancellationToken stop)
    {
        var user = (await db.Set<User>().FindAsync([actor.UserId], stop))!;
        if (await accounts.IsLockedOutAsync(user))
            return new Refusal("sign-in.locked");
        if (!await factors.Take(actor.UserId, ask.Code, first: false, stop))
        {
            await accounts.AccessFailedAsync(user);
            return new Refusal("second.wrong") { Field = "code" };
        }

        await factors.Remove(actor.UserId, stop);
        trail.Note(db, actor, "second.off", actor.UserName);
        await db.SaveChangesAsync(stop);
        return new Nothing();
    }
}

/// <summary>“Bỏ xác thực hai bước” of somebody who lost the telephone, by an administrator of the area. Sessions of that user end.</summary>
/// <remarks>Refuses with <c>user.not-found</c>, what <see cref="UserRules.Beyond"/> says, and <c>user.not-yourself</c>: the own one goes with a code.</remarks>
internal sealed class ResetSecondFactor(BorderInfoDb db, MaySet may, SecondFactors factors, Sessions sessions, IAuditTrail trail)
{
    public sealed record Ask(long Id);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!(await may.Touch(actor, ask.Id, stop)).Is(out var user, out var why))
            return why;
        if (user.Id == actor.UserId)
            return new Refusal("user.not-yourself");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await factors.Remove(user.Id, stop);
        trail.Note(db, actor, "second.reset", user.UserName!);
        await db.SaveChangesAsync(stop);
        await sessions.EndAll(user.Id, null, stop);
        await transaction.CommitAsync(stop);
        return new Nothing();
    }
}
