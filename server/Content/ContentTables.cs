using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Content;

/// <summary>An item through all its versions; its number is the number in <c>T-1024</c>.</summary>
internal sealed class ItemRow
{
    public long Id { get; set; }

    /// <summary>Two digits; "" = whole country.</summary>
    public string ProvinceCode { get; set; } = "";

    public long CreatedBy { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public int NewestVersion { get; set; }

    /// <summary>Item number of the notice that took its place; null = none did.</summary>
    public long? ReplacedBy { get; set; }
}

internal sealed class ItemVersionRow
{
    public long Id { get; set; }

    public long ItemId { get; set; }

    public int Version { get; set; }

    public string Title { get; set; } = "";

    /// <summary>Title and texts without diacritics, lower case, for the search.</summary>
    public string Folded { get; set; } = "";

    public string Theme { get; set; } = "";

    public BulletinClass Class { get; set; }

    /// <summary>1–3, which colour scheme of its class.</summary>
    public int Look { get; set; } = 1;

    public DateTimeOffset ValidFrom { get; set; }

    public DateTimeOffset ValidUntil { get; set; }

    public ItemState State { get; set; }

    public List<long> Authors { get; set; } = [];

    /// <summary>JSON of the <see cref="Public.Notice"/>; null = an ordinary item.</summary>
    public string? Notice { get; set; }

    /// <summary>What its makers say changed.</summary>
    public string Note { get; set; } = "";

    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Raised by every change, so that two editors do not overwrite each other unseen.</summary>
    public int Stamp { get; set; }

    public List<RenditionRow> Renditions { get; set; } = [];
}

internal sealed class RenditionRow
{
    public long Id { get; set; }

    public long VersionId { get; set; }

    public string Language { get; set; } = "";

    public RenditionKind Kind { get; set; }

    public string? Text { get; set; }

    /// <summary>First line of the text is shown as a headline.</summary>
    public bool Headline { get; set; }

    /// <summary>SHA-256 of our own re-encoded master, never of the upload.</summary>
    public string? Media { get; set; }

    public string? MediaType { get; set; }

    public int DurationMs { get; set; }

    public bool Synthesised { get; set; }
}

/// <summary>A page, clip or speech made for one profile.</summary>
internal sealed class PartRow
{
    /// <summary>SHA-256 over everything the pixels or sound depend on.</summary>
    public string Profile { get; set; } = "";

    /// <summary>From 1.</summary>
    public int Page { get; set; }

    /// <summary>Pages of this profile altogether; a profile counts as made when all are there.</summary>
    public int Pages { get; set; }

    public PartKind Kind { get; set; }

    public string Hash { get; set; } = "";

    public long Size { get; set; }

    public string MediaType { get; set; } = "";

    public int DurationMs { get; set; }
}

/// <summary>How far the parts of a version are made for the outputs that will show it.</summary>
internal sealed class PreparationRow
{
    public long VersionId { get; set; }

    /// <summary>Stamp of the version it was made for.</summary>
    public int Stamp { get; set; }

    public bool Ready { get; set; }

    public int Done { get; set; }

    public int Total { get; set; }

    /// <summary>Refusals as JSON list of <see cref="PreparationFailure"/>.</summary>
    public string Failures { get; set; } = "[]";
}

public enum UploadState
{
    Receiving,
    Checking,
    Converting,
    Done,
    Refused,
}

internal sealed class UploadRow
{
    /// <summary>Made by the server; also the temporary file's name.</summary>
    public Guid Id { get; set; }

    public long VersionId { get; set; }

    public string Language { get; set; } = "";

    /// <summary>As the user's machine called it, cut to 120 characters; shown, never used as a path.</summary>
    public string ShownName { get; set; } = "";

    public long Size { get; set; }

    public UploadState State { get; set; }

    public int Percent { get; set; }

    public string? RefusalCode { get; set; }

    public List<string> RefusalWith { get; set; } = [];

    public string? Media { get; set; }

    public long By { get; set; }

    public DateTimeOffset At { get; set; }
}

internal sealed class ContentTables : IEntityTypeConfiguration<ItemRow>, IEntityTypeConfiguration<ItemVersionRow>, IEntityTypeConfiguration<RenditionRow>,
    IEntityTypeConfiguration<PartRow>, IEntityTypeConfiguration<PreparationRow>, IEntityTypeConfiguration<UploadRow>
{
    public void Configure(EntityTypeBuilder<ItemRow> builder) => builder.ToTable("items");

    public void Configure(EntityTypeBuilder<ItemVersionRow> builder)
    {
        builder.ToTable("item_versions");
        builder.HasIndex(v => new { v.ItemId, v.Version }).IsUnique();
        builder.HasIndex(v => v.State);
        builder.HasOne<ItemRow>().WithMany().HasForeignKey(v => v.ItemId);
        builder.HasMany(v => v.Renditions).WithOne().HasForeignKey(r => r.VersionId);
        builder.Property(v => v.Stamp).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<RenditionRow> builder)
    {
        builder.ToTable("item_renditions");
        builder.HasIndex(r => new { r.VersionId, r.Language, r.Kind }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PartRow> builder)
    {
        builder.ToTable("item_parts");
        builder.HasKey(p => new { p.Profile, p.Page });
    }

    public void Configure(EntityTypeBuilder<PreparationRow> builder)
    {
        builder.ToTable("item_preparations");
        builder.HasKey(p => p.VersionId);
        builder.Property(p => p.VersionId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<UploadRow> builder)
    {
        builder.ToTable("item_uploads");
        builder.HasIndex(u => u.VersionId);
    }
}
