using BorderInfo.Server.Identity.Public;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Identity;

/// <summary>A person who may sign in. Password hash, failure count and lock are the library's.</summary>
internal sealed class User : IdentityUser<long>
{
    public string DisplayName { get; set; } = "";

    /// <summary>Agency or unit, free text.</summary>
    public string Unit { get; set; } = "";

    public bool Disabled { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public List<UserRole> Roles { get; } = [];

    public List<UserArea> Areas { get; } = [];
}

internal sealed class UserRole
{
    public long UserId { get; set; }

    public string Role { get; set; } = "";
}

/// <summary>One area as it stands in the claim <see cref="ActorClaims.Area"/>: <c>all</c>, <c>p:20</c>, <c>c:06184</c>, <c>s:LS-CN-1</c>.</summary>
internal sealed class UserArea
{
    public long UserId { get; set; }

    public string Area { get; set; } = "";
}

internal sealed class UserSession
{
    /// <summary>SHA-256 of the cookie's value.</summary>
    public string Hash { get; set; } = "";

    public long UserId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    public string Address { get; set; } = "";

    public string Browser { get; set; } = "";

    /// <summary>Opened by a one-time link: may set a password without telling the old one.</summary>
    public bool ByLink { get; set; }

    /// <summary>Half open: the code of the second factor is still to come, and until then this opens nothing else.</summary>
    public bool NeedsCode { get; set; }
}

internal sealed class OneTimeLink
{
    /// <summary>SHA-256 of the token in the address.</summary>
    public string Hash { get; set; } = "";

    public long UserId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class PersonalToken
{
    public long Id { get; set; }

    /// <summary>SHA-256 of the whole token, <c>bi_</c> included.</summary>
    public string Hash { get; set; } = "";

    /// <summary>The first seven characters, so that the owner knows which it is.</summary>
    public string Beginning { get; set; } = "";

    public long UserId { get; set; }

    public string Name { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class UserTable : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> t)
    {
        t.ToTable("users");
        t.HasIndex(u => u.NormalizedUserName).IsUnique();
        t.Ignore(u => u.Email).Ignore(u => u.NormalizedEmail).Ignore(u => u.EmailConfirmed);
        t.Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed).Ignore(u => u.TwoFactorEnabled);
        t.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
        t.HasMany(u => u.Roles).WithOne().HasForeignKey(r => r.UserId);
        t.HasMany(u => u.Areas).WithOne().HasForeignKey(a => a.UserId);
    }
}

internal sealed class UserRoleTable : IEntityTypeConfiguration<UserRole>
{
    public void Configure(EntityTypeBuilder<UserRole> t) => t.ToTable("user_roles").HasKey(r => new { r.UserId, r.Role });
}

internal sealed class UserAreaTable : IEntityTypeConfiguration<UserArea>
{
    public void Configure(EntityTypeBuilder<UserArea> t) => t.ToTable("user_areas").HasKey(a => new { a.UserId, a.Area });
}

internal sealed class UserSessionTable : IEntityTypeConfiguration<UserSession>
{
    public void Configure(EntityTypeBuilder<UserSession> t)
    {
        t.ToTable("user_sessions").HasKey(s => s.Hash);
        t.HasIndex(s => s.UserId);
        t.HasOne<User>().WithMany().HasForeignKey(s => s.UserId);
    }
}

internal sealed class OneTimeLinkTable : IEntityTypeConfiguration<OneTimeLink>
{
    public void Configure(EntityTypeBuilder<OneTimeLink> t)
    {
        t.ToTable("user_links").HasKey(l => l.Hash);
        t.HasOne<User>().WithMany().HasForeignKey(l => l.UserId);
    }
}

internal sealed class PersonalTokenTable : IEntityTypeConfiguration<PersonalToken>
{
    public void Configure(EntityTypeBuilder<PersonalToken> t)
    {
        t.ToTable("user_tokens");
        t.HasIndex(p => p.Hash).IsUnique();
        t.HasOne<User>().WithMany().HasForeignKey(p => p.UserId);
    }
}
