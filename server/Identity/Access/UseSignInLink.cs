using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>The button on the page of a one-time link: the link is used up and the session begins. Refuses with <c>sign-in.link-used</c>.</summary>
internal sealed class UseSignInLink(BorderInfoDb db, SignInLinks links, IAuditTrail trail)
{
    public sealed record Ask(string Token, string Address);

    public sealed record Done(long UserId, bool HasPassword);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await links.OwnerOf(ask.Token, stop) is not { } user || !await links.Use(ask.Token, stop))
            return new Refusal("sign-in.link-used");
        trail.Note(db, new Actor(user.Id, user.UserName!, user.DisplayName, new HashSet<string>(), AreaScope.None), "session.open-by-link", user.UserName!, ask.Address);
        await db.SaveChangesAsync(stop);
        await db.Set<User>().Where(u => u.Id == user.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.LockoutEnd, (DateTimeOffset?)null).SetProperty(x => x.AccessFailedCount, 0), stop);
        await transaction.CommitAsync(stop);
        return new Done(user.Id, user.PasswordHash is not null);
    }
}
