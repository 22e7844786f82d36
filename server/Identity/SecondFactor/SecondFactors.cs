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

    /// <summary>The last step whose code was taken: a code works once.</summary>
    public long UsedStep { get; set; }
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
    private readonly IDataProtector protector = protection.CreateProtector("second-factor");

    /// <param name="Secret">Base32, for typing in by hand.</param>
    /// <param name="Uri">For the picture.</param>
    public sealed record Shown(string Secret, string Uri);

    public Task<bool> Asked(long userId, CancellationToken stop) => db.Set<SecondFactor>().AnyAsync(f => f.UserId == userId && f.Since != null, stop);

    /// <summary>The secret that waits for its first code: the one already shown, or a new one. Null when the authenticator is in use.</summary>
    public async Task<Shown?> Waiting(string userName, long userId, CancellationToken stop)
    {
        var factor = await db.Set<SecondFactor>().FindAsync([userId], stop);
        if (factor is { Since: not null })
            return null;
        if (factor is null)
        {
            factor = new SecondFactor { UserId = userId, Secret = protector.Protect(RandomNumberGenerator.GetBytes(Totp.SecretBytes)) };
            db.Add(factor);
            await db.SaveChangesAsync(stop);
        }

        var secret = protector.Unprotect(factor.Secret);
        return new(Totp.Base32(secret), Totp.Uri(secret, Issuer, userName));
    }

    /// <summary>True when the code is right and was not used before; it is then used up, with the next save.</summary>
    public async Task<bool> Take(long userId, string code, bool first, CancellationToken stop)
    {
        if (await db.Set<SecondFactor>().FindAsync([userId], stop) is not { } factor || (factor.Since is null) != first)
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
}
