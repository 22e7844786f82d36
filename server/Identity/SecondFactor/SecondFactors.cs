using System.Security.Cryptography;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Identity;

/// <summary>The authenticator app of one user. Asked for at sign-in once <see cref="Since"/> is set.</summary>
internal sealed class SecondFactor
{
    public long UserId { get; set; }

    /// <summary>Encrypted with the server's keys (<c>keys/cookies</c>): the database alone cannot make codes.</summary>
    public byte[] Secret { get; set; } = [];

    /// <summary>Null until the first right code: a picture that nobody read locks nobody out.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>
    /// The last step whose code was taken: a code works once. While the secret waits for its first code, <see cref="BeforeMade"/> steps before the one it was
    /// made in: no older code can be right, and it tells the secret's age.
    /// </summary>
    public long UsedStep { get; set; }

    /// <summary>Two, so that the code of the step before still fits a telephone that is slow.</summary>
    public const int BeforeMade = 2;
}

internal sealed class SecondFactorTable : IEntityTypeConfiguration<SecondFactor>
{
    public void Configure(EntityTypeBuilder<SecondFactor> t)
    {
        t.ToTable("user_second_factors").HasKey(f => f.UserId);
        t.Property(f => f.UserId).ValueGeneratedNever();
        t.Property(f => f.UsedStep).IsConcurrencyToken();
        t.HasOne<User>().WithOne().HasForeignKey<SecondFactor>(f => f.UserId);
    }
}

/// <summary>Makes, checks and removes authenticators. The use cases around it ask who may.</summary>
internal sealed class SecondFactors(BorderInfoDb db, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Issuer = "BorderInfo";

    /// <summary>15 minutes: a picture left on a screen longer is worth nothing.</summary>
    private const long LongestWaitSteps = 15 * 60 / Totp.StepSeconds;

    private readonly IDataProtector protector = protection.CreateProtector("second-factor");

    /// <param name="Secret">Base32, for typing in by hand.</param>
    /// <param name="Uri">For the picture.</param>
    public sealed record Shown(string Secret, string Uri);

    public Task<bool> Asked(long userId, CancellationToken stop) => db.Set<SecondFactor>().AnyAsync(f => f.UserId == userId && f.Since != null, stop);

    /// <summary>The secret that waits for its first code: the one shown in the last 15 minutes, or a new one. Null when the authenticator is in use.</summary>
    public async Task<Shown?> Waiting(string userName, long userId, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var factor = await Find(userId, stop);
        if (factor is { Since: not null })
            return null;
        if (factor is null)
            db.Add(factor = new SecondFactor { UserId = userId });
        if (IsStale(factor))
            (factor.Secret, factor.UsedStep) = (protector.Protect(RandomNumberGenerator.GetBytes(Totp.SecretBytes)), NowStep - SecondFactor.BeforeMade);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        var secret = protector.Unprotect(factor.Secret);
        return new(Totp.Base32(secret), Totp.Uri(secret, Issuer, userName));
    }

    /// <summary>True when the code is right and was not used before; it is then used up, with the next save.</summary>
    public async Task<bool> Take(long userId, string code, bool first, CancellationToken stop)
    {
        if (await Find(userId, stop) is not { } factor || (factor.Since is null) != first || (first && IsStale(factor)))
            return false;
        if (Totp.Fits(protector.Unprotect(factor.Secret), code, clock.GetUtcNow(), factor.UsedStep) is not { } step)
            return false;
        factor.UsedStep = step;
        factor.Since ??= clock.GetUtcNow();
        return true;
    }

    public async Task Remove(long userId, CancellationToken stop)
    {
        if (await db.Set<SecondFactor>().FindAsync([userId], stop) is { } factor)
            db.Remove(factor);
    }

    private long NowStep => Totp.StepAt(clock.GetUtcNow());

    /// <summary>Only for one that waits for its first code.</summary>
    private bool IsStale(SecondFactor factor) => NowStep - factor.UsedStep - SecondFactor.BeforeMade > LongestWaitSteps;

    /// <summary>As the database has it now, even if this request read it before.</summary>
    private async Task<SecondFactor?> Find(long userId, CancellationToken stop)
    {
        if (await db.Set<SecondFactor>().FindAsync([userId], stop) is not { } factor)
            return null;
        await db.Entry(factor).ReloadAsync(stop);
        return db.Entry(factor).State == EntityState.Detached ? null : factor;
    }
}
