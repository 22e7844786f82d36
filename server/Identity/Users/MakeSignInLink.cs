using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Identity;

/// <summary>“Tạo liên kết đăng nhập”: invitation or lost password. The administrator hands it over; the server sends no mail.</summary>
/// <remarks>Refuses with <c>user.not-found</c>, <c>user.is-disabled</c> and what <see cref="UserRules.Beyond"/> says.</remarks>
internal sealed class MakeSignInLink(BorderInfoDb db, MaySet may, SignInLinks links, IAuditTrail trail)
{
    public sealed record Ask(long Id);

    public sealed record Done(string Token);

    public async Task<Outcome<Done>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        if (!(await may.Touch(actor, ask.Id, stop)).Is(out var user, out var why))
            return why;
        if (user.Disabled)
            return new Refusal("user.is-disabled");
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var token = await links.Make(user.Id, stop);
        trail.Note(db, actor, "user.link", user.UserName!);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new Done(token);
    }
}
