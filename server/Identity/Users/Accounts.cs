using BorderInfo.Server.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BorderInfo.Server.Identity;

/// <summary>The library's user manager over our database and our clock: it hashes passwords, counts failures and locks for a while.</summary>
internal sealed class Accounts(
    BorderInfoDb db,
    TimeProvider clock,
    IOptions<IdentityOptions> options,
    IPasswordHasher<User> hasher,
    IEnumerable<IPasswordValidator<User>> passwords,
    PasswordTurns turns,
    IServiceProvider services,
    ILogger<Accounts> log)
    : UserManager<User>(new UserOnlyStore<User, BorderInfoDb, long>(db), options, hasher, [], passwords, new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), services, log)
{
    private readonly BorderInfoDb db = db;
    private readonly TimeProvider clock = clock;

    public override Task<bool> IsLockedOutAsync(User user) => Task.FromResult(user.LockoutEnabled && user.LockoutEnd > clock.GetUtcNow());

    /// <summary>The fifth failure locks for 15 minutes and begins to count anew: never for ever, so that nobody can lock a duty officer out.</summary>
    /// <remarks>Counted by the database, so that tries sent at once all count. Saves what else waits in the context (the audit note) with it.</remarks>
    public override async Task<IdentityResult> AccessFailedAsync(User user)
    {
        var (most, until) = (Options.Lockout.MaxFailedAccessAttempts, (DateTimeOffset?)(clock.GetUtcNow() + Options.Lockout.DefaultLockoutTimeSpan));
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync() : null;
        var rows = db.Set<User>().Where(u => u.Id == user.Id);
        await rows.ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, x => x.AccessFailedCount + 1));
        await rows.Where(u => u.AccessFailedCount >= most).ExecuteUpdateAsync(u => u.SetProperty(x => x.LockoutEnd, until).SetProperty(x => x.AccessFailedCount, 0));
        await db.Entry(user).ReloadAsync();
        await db.SaveChangesAsync();
        if (own is not null)
            await own.CommitAsync();
        return IdentityResult.Success;
    }

    /// <summary>To be held while a password of this account is looked at, and until its failure is counted; the user is then as the database has it.</summary>
    public async Task<IDisposable> Turn(User user, CancellationToken stop)
    {
        var turn = await turns.Take(user.Id, stop);
        try
        {
            await db.Entry(user).ReloadAsync(stop);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Asks the current password once more. Null when it fits; else <c>sign-in.locked</c> or <c>password.old-wrong</c>, which counts with wrong ones at sign-in.</summary>
    public async Task<Refusal?> AskAgain(User user, string password, string field, CancellationToken stop)
    {
        using var turn = await Turn(user, stop);
        if (await IsLockedOutAsync(user))
            return new Refusal("sign-in.locked");
        if (await CheckPasswordAsync(user, password))
            return null;
        await AccessFailedAsync(user);
        return new Refusal("password.old-wrong") { Field = field };
    }
}

/// <summary>What the length does not catch: the own name as password, and the same few characters over and over.</summary>
internal sealed class PasswordIsNotGuessable : IPasswordValidator<User>
{
    private static readonly string[] Worn = ["123456789", "password", "matkhau", "qwerty", "abcdefgh", "borderinfo", "bienphong123", "vietnam123"];

    public Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user, string? password) =>
        Task.FromResult(Decide(user.UserName ?? "", password ?? "") ? IdentityResult.Success : IdentityResult.Failed(new IdentityError { Code = "user.password-guessable" }));

    /// <summary>Pure. A word everybody tries makes a password bad only if little else is in it (fewer than eight other characters).</summary>
    internal static bool Decide(string userName, string password)
    {
        var plain = password.Replace(" ", "", StringComparison.Ordinal);
        if (plain.Distinct().Count() < 5)
            return false;
        return Worn.Append(userName).Where(w => w.Length > 0).All(w => plain.Replace(w, "", StringComparison.OrdinalIgnoreCase) is var rest && (rest.Length == plain.Length || rest.Length >= 8));
    }
}
