using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Machine;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>
/// Sessions of people at browsers, kept in the database: the cookie is a random number and says nothing by itself.
/// They end after 30 minutes without a request, after 12 hours in any case, at sign-out, when an administrator ends them or the password changes.
/// </summary>
internal sealed class Sessions(BorderInfoDb db, SecondFactors factors, TimeProvider clock, ILogger<Sessions> log)
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>How long a half-open session waits for its code.</summary>
    public static readonly TimeSpan Half = TimeSpan.FromMinutes(5);

    /// <summary>How often the last-seen instant is written; makes the idle time at most that much shorter.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    /// <summary><c>__Host-</c> (HTTPS only, this host only, whole site) wherever there is HTTPS.</summary>
    public static string CookieName(HttpRequest request) => request.IsHttps ? "__Host-bi-session" : "bi-session";

    /// <returns>The value of the cookie.</returns>
    public async Task<string> Open(long userId, string address, string browser, bool byLink, bool needsCode, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await db.Set<UserSession>().Where(s => s.SeenAt < now - Idle || s.CreatedAt < now - Longest).ExecuteDeleteAsync(stop);
        var secret = Secrets.New();
        db.Add(new UserSession
        {
            Hash = Secrets.Hash(secret), UserId = userId, CreatedAt = now, SeenAt = now, Address = address, ByLink = byLink, NeedsCode = needsCode,
            Browser = browser.Length > 200 ? browser[..200] : browser,
        });
        await db.SaveChangesAsync(stop);
        return secret;
    }

    /// <summary>Opens a session for this browser and ends the one it had: a session number from before signing in is worth nothing.</summary>
    /// <param name="coded">The second factor was given.</param>
    /// <returns>Where to go on: <paramref name="next"/>, or the page that asks for the code.</returns>
    public async Task<string> Open(HttpContext http, long userId, bool byLink, string next, bool coded = false)
    {
        await Close(http);
        var needsCode = !coded && await factors.Asked(userId, http.RequestAborted);
        var secret = await Open(userId, http.Connection.RemoteIpAddress?.ToString() ?? "", http.Request.Headers.UserAgent.ToString(), byLink, needsCode, http.RequestAborted);
        http.Response.Cookies.Append(CookieName(http.Request), secret, Cookie(http));
        return needsCode ? CodeUrl(next) : next;
    }

    /// <summary>The session of a cookie's value that waits for its code.</summary>
    public async Task<UserSession?> FindHalf(string? secret, CancellationToken stop)
    {
        var (oldest, hash) = (clock.GetUtcNow() - Half, Secrets.Hash(secret ?? ""));
        return await db.Set<UserSession>().AsNoTracking().SingleOrDefaultAsync(s => s.Hash == hash && s.NeedsCode && s.CreatedAt > oldest, stop);
    }

    public Task<int> EndHalf(long userId, CancellationToken stop) => db.Set<UserSession>().Where(s => s.UserId == userId && s.NeedsCode).ExecuteDeleteAsync(stop);

    public async Task Close(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(CookieName(http.Request), out var secret))
            return;
        var hash = Secrets.Hash(secret);
        await db.Set<UserSession>().Where(s => s.Hash == hash).ExecuteDeleteAsync(http.RequestAborted);
        http.Response.Cookies.Delete(CookieName(http.Request), Cookie(http));
    }

    /// <summary>The living session of a cookie's value; seen now unless <paramref name="quiet"/>.</summary>
    public async Task<UserSession?> Find(string secret, bool quiet, CancellationToken stop)
    {
        var (now, hash) = (clock.GetUtcNow(), Secrets.Hash(secret));
        var session = await db.Set<UserSession>().AsNoTracking().SingleOrDefaultAsync(s => s.Hash == hash, stop);
        if (session is null || session.NeedsCode || session.SeenAt <= now - Idle || session.CreatedAt <= now - Longest)
            return null;
        if (!quiet && session.SeenAt <= now - Tick)
            await Seen(hash, now, stop);
        return session;
    }

    /// <summary>On a full disk people can still read: the instant is written when there is room again.</summary>
    private async Task Seen(string hash, DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            await db.Set<UserSession>().Where(s => s.Hash == hash).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), stop);
        }
        catch (Exception e) when (Disk.IsFull(e))
        {
            log.LogDebug(e, "The disk is full: when a session was last seen is not written");
        }
    }

    /// <summary>Ends the user's sessions, but not the one with the hash.</summary>
    public Task<int> EndAll(long userId, string? butHash, CancellationToken stop) =>
        db.Set<UserSession>().Where(s => s.UserId == userId && s.Hash != butHash).ExecuteDeleteAsync(stop);

    private static string CodeUrl(string next) => next == "/" ? "/dang-nhap/ma" : "/dang-nhap/ma?tiep=" + Uri.EscapeDataString(next);

    private static CookieOptions Cookie(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, Path = "/", IsEssential = true };
}
