using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Identity;

/// <summary>“Xác nhận” after the password or the one-time link: the six digits make the half-open session a whole one.</summary>
/// <remarks>
/// Refuses with <c>second.wrong</c>, <c>second.expired</c> (no half-open session, or older than five minutes), <c>sign-in.locked</c>, <c>sign-in.wait</c>.
/// Wrong codes count with wrong passwords: the fifth locks the account for 15 minutes and ends the half-open session.
/// </remarks>
internal sealed partial class EnterCode(
    BorderInfoDb db, Accounts accounts, Sessions sessions, SecondFactors factors, FailuresByAddress failures, IAuditTrail trail, ILogger<EnterCode> log)
{
    public sealed record Ask(string? Cookie, string Code, string Address);

    public sealed record Done(long UserId, bool ByLink);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        if (failures.MustWait(ask.Address))
            return new Refusal("sign-in.wait");
        if (await sessions.FindHalf(ask.Cookie, stop) is not { } half)
            return new Refusal("second.expired");
        // Begins with the write lock: codes sent at once are judged one after the other, each knowing what became of the one before.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var answer = await Judge(ask, half, stop);
        await transaction.CommitAsync(stop);
        return answer;
    }

    private async Task<Outcome<Done>> Judge(Ask ask, UserSession half, CancellationToken stop)
    {
        if (await db.Set<User>().FindAsync([half.UserId], stop) is not { Disabled: false } user)
            return new Refusal("second.expired");
        if (await accounts.IsLockedOutAsync(user))
            return new Refusal("sign-in.locked");
        if (!await factors.Take(user.Id, ask.Code, first: false, stop))
            return await Wrong(ask, user, stop);
        user.AccessFailedCount = 0;
        trail.Note(db, new Actor(user.Id, user.UserName!, user.DisplayName, new HashSet<string>(), AreaScope.None), "session.second", user.UserName!, ask.Address);
        await db.SaveChangesAsync(stop);
        return new Done(user.Id, half.ByLink);
    }

    private async Task<Outcome<Done>> Wrong(Ask ask, User user, CancellationToken stop)
    {
        failures.Add(ask.Address);
        Log.CodeRefused(log, ask.Address);
        trail.Note(db, Actor.System, "session.refuse", user.UserName!, ask.Address);
        await accounts.AccessFailedAsync(user);
        if (await accounts.IsLockedOutAsync(user))
            await sessions.EndHalf(user.Id, stop);
        return new Refusal("second.wrong") { Field = "code" };
    }

    private static partial class Log
    {
        [LoggerMessage(1103, LogLevel.Warning, "A second-factor code from {Address} was refused")]
        public static partial void CodeRefused(ILogger log, string address);
    }
}
