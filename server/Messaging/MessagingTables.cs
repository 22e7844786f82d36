using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Messaging;

/// <summary>A message on its way to the broker; gone when the broker has acknowledged it.</summary>
internal sealed class OutboxRow
{
    public long Id { get; init; }

    public required string Topic { get; init; }

    public required byte[] Payload { get; init; }

    public bool Retain { get; init; }

    /// <summary>Seconds; null = never expires.</summary>
    public long? ExpirySeconds { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>What it carries, for the log: the number of a plan; null where the topic says enough.</summary>
    public string? About { get; init; }
}

/// <summary>A certificate issued to a site.</summary>
internal sealed class IssuedCertificate
{
    public long Id { get; init; }

    public required string Site { get; init; }

    /// <summary>Uppercase hexadecimal.</summary>
    public required string Serial { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class OutboxTable : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("outbox");
        builder.Property(r => r.Topic).HasMaxLength(200);
        builder.Property(r => r.About).HasMaxLength(60);
    }
}

internal sealed class IssuedCertificateTable : IEntityTypeConfiguration<IssuedCertificate>
{
    public void Configure(EntityTypeBuilder<IssuedCertificate> builder)
    {
        builder.ToTable("site_certificates");
        builder.HasIndex(c => c.Site);
        builder.HasIndex(c => c.Serial).IsUnique();
    }
}
