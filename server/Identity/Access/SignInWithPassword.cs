using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.AspNetCore.Identity;

namespace BorderInfo.Server.Identity;

/// <summary>“Đăng nhập”: name and password become a session.</summary>
/// <remarks>
/// Refuses with <c>sign-in.wrong</c> (the same for an unknown name, a wrong password and a disabled user, and as slow), <c>sign-in.locked</c> (five failures
/// of the account), <c>sign-in.wait</c> (twenty of the address).
/// </remarks>
internal sealed partial class SignInWithPassword(
    BorderInfoDb db, Accounts accounts, SecondFactors factors, FailuresByAddress failures, IPasswordHasher<User> hasher, IAuditTrail trail, ILogger<SignInWithPassword> log)
{
    public sealed record Ask(string UserName, string Password, string Address);

    public sealed record Done(long UserId);

    private static readonly User Nobody = new();
    private static string? hashOfNobody;

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        // Counted before the slow look at the password: else hundreds sent at once would all be tried.
        if (!failures.Take(ask.Address))
            return Refused(ask, "sign-in.wait");
        var user = await accounts.FindByNameAsync(ask.UserName.Trim());
        using var turn = user is null ? null : await accounts.Turn(user, stop);
        var locked = user is not null && await accounts.IsLockedOutAsync(user);
        if (!locked && !await Fits(user, ask.Password))
            return await Wrong(ask, user, stop);
        if (!locked)
            return await Open(ask, user!, stop);
        failures.GiveBack(ask.Address);
        return Refused(ask, "sign-in.locked");
    }

    private async Task<Outcome<Done>> Open(Ask ask, User user, CancellationToken stop)
    {
        // Begins with the write lock: wrong codes that came in meanwhile may have locked the account.
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Entry(user).ReloadAsync(stop);
        // Then the right one is answered, and counted, as a wrong one is: “locked” would tell it apart.
        if (await accounts.IsLockedOutAsync(user))
            return Refused(ask, "sign-in.wrong");
        // While the code is owed, wrong codes stay counted: else the password alone would buy four more tries, for ever.
        if (!await factors.Asked(user.Id, stop))
            user.AccessFailedCount = 0;
        trail.Note(db, Act(user), "session.open", user.UserName!, ask.Address);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        failures.GiveBack(ask.Address);
        return new Done(user.Id);
    }

    private async Task<bool> Fits(User? user, string password)
    {
        if (user is { Disabled: false, PasswordHash: not null })
            return await accounts.CheckPasswordAsync(user, password);
        hasher.VerifyHashedPassword(Nobody, hashOfNobody ??= hasher.HashPassword(Nobody, Secrets.New()), password);
        return false;
    }

    private async Task<Outcome<Done>> Wrong(Ask ask, User? user, CancellationToken stop)
    {
        trail.Note(db, Actor.System, "session.refuse", user?.UserName ?? "?", ask.Address);
        if (user is not null)
            await accounts.AccessFailedAsync(user);
        await db.SaveChangesAsync(stop);
        return Refused(ask, "sign-in.wrong");
    }

    private Refusal Refused(Ask ask, string code)
    {
        Log.SignInRefused(log, ask.Address, code);
        return new Refusal(code);
    }

    private static Actor Act(User user) => new(user.Id, user.UserName!, user.DisplayName, new HashSet<string>(), AreaScope.None);

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Warning, "Sign-in from {Address} refused: {Code}")]
        public static partial void SignInRefused(ILogger log, string address, string code);
    }
}
