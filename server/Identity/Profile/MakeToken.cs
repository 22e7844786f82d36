using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>“Tạo mã truy cập”: a personal token for the API, with the rights its owner has at each call. Shown once.</summary>
/// <remarks>Refuses with <c>token.name-missing</c>, <c>token.days</c> (1 to 366), <c>token.too-many</c> (20 living ones).</remarks>
internal sealed class MakeToken(BorderInfoDb db, IAuditTrail trail, TimeProvider clock)
{
    public const int MostDays = 366, MostTokens = 20;

    public sealed record Ask(string Name, int Days);

    public sealed record Done(long Id, string Token, DateTimeOffset ExpiresAt);

    public async Task<Outcome<Done>> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (ask.Name.Trim().Length is 0 or > 80)
            return new Refusal("token.name-missing") { Field = "name" };
        if (ask.Days is < 1 or > MostDays)
            return new Refusal("token.days") { Field = "days" };
        if (await db.Set<PersonalToken>().CountAsync(t => t.UserId == actor.UserId && t.ExpiresAt > now, stop) >= MostTokens)
            return new Refusal("token.too-many");
        var secret = "bi_" + Secrets.New();
        var token = new PersonalToken { Hash = Secrets.Hash(secret), Beginning = secret[..7], UserId = actor.UserId, Name = ask.Name.Typed(), CreatedAt = now, ExpiresAt = now.AddDays(ask.Days) };
        db.Add(token);
        trail.Note(db, actor, "token.create", token.Name, token.Beginning);
        await db.SaveChangesAsync(stop);
        return new Done(token.Id, secret, token.ExpiresAt);
    }
}

/// <summary>“Thu hồi”: an own token ends at once. Refuses with <c>token.not-found</c>.</summary>
internal sealed class RevokeToken(BorderInfoDb db, IAuditTrail trail)
{
    public async Task<Outcome<Nothing>> Handle(Actor actor, long id, CancellationToken stop)
    {
        if (await db.Set<PersonalToken>().SingleOrDefaultAsync(t => t.Id == id && t.UserId == actor.UserId, stop) is not { } token)
            return new Refusal("token.not-found");
        db.Remove(token);
        trail.Note(db, actor, "token.revoke", token.Name, token.Beginning);
        await db.SaveChangesAsync(stop);
        return new Nothing();
    }
}
