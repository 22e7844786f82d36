using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>“Khóa” and “Mở khóa”: a disabled user has no session, no token and no link; name and deeds stay in the records.</summary>
internal sealed class DisableUser(BorderInfoDb db, MaySet may, Sessions sessions, IAuditTrail trail)
{
    public sealed record Ask(long Id, bool Disabled);

    public async Task<Outcome<Nothing>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!(await may.Touch(actor, ask.Id, stop)).Is(out var user, out var why))
            return why;
        if (ask.Disabled && (user.Id == actor.UserId ? new Refusal("user.not-yourself") : await may.LoseAdministrator(actor, user, stop)) is { } needed)
            return needed;
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        (user.Disabled, user.LockoutEnd, user.AccessFailedCount) = (ask.Disabled, null, 0);
        trail.Note(db, actor, ask.Disabled ? "user.disable" : "user.enable", user.UserName!);
        await db.SaveChangesAsync(stop);
        if (ask.Disabled)
        {
            await sessions.EndAll(user.Id, null, stop);
            await db.Set<PersonalToken>().Where(t => t.UserId == user.Id).ExecuteDeleteAsync(stop);
            await db.Set<OneTimeLink>().Where(l => l.UserId == user.Id).ExecuteDeleteAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return new Nothing();
    }
}
