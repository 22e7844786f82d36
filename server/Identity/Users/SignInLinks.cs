using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>One-time links <c>/vao/{token}</c>: 128 random bits, kept as a hash, good for 24 hours and one use. A newer link of a user ends the older ones.</summary>
internal sealed class SignInLinks(BorderInfoDb db, TimeProvider clock)
{
    public static readonly TimeSpan Good = TimeSpan.FromHours(24);

    /// <summary>Adds the link to the unit of work; the caller saves.</summary>
    /// <returns>The token.</returns>
    public async Task<string> Make(long userId, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await db.Set<OneTimeLink>().Where(l => l.UserId == userId || l.ExpiresAt < now).ExecuteDeleteAsync(stop);
        var token = Secrets.New();
        db.Add(new OneTimeLink { Hash = Secrets.Hash(token), UserId = userId, CreatedAt = now, ExpiresAt = now + Good });
        return token;
    }

    public Task<User?> OwnerOf(string token, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), Secrets.Hash(token));
        return db.Set<OneTimeLink>().AsNoTracking().Where(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now)
            .Join(db.Set<User>().AsNoTracking().Where(u => !u.Disabled), l => l.UserId, u => u.Id, (_, u) => u).SingleOrDefaultAsync(stop);
    }

    /// <summary>Uses the link up. One UPDATE decides, so of two requests at the same time only one gets in.</summary>
    public async Task<bool> Use(string token, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), Secrets.Hash(token));
        return await db.Set<OneTimeLink>().Where(l => l.Hash == hash && l.UsedAt == null && l.ExpiresAt > now).ExecuteUpdateAsync(l => l.SetProperty(x => x.UsedAt, now), stop) == 1;
    }
}
