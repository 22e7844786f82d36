using BorderInfo.Server.Geo.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Geo;

/// <summary>A sector the administrator changed or added; stands in for the shipped one with the same id.</summary>
internal sealed class SectorRow
{
    public required string Id { get; init; }
    public string Name { get; set; } = "";
    public string NameEn { get; set; } = "";
    public string ProvinceCode { get; set; } = "";
    public string Neighbour { get; set; } = "";

    /// <summary>Codes with blanks between; empty = every commune of the province at that border or coast.</summary>
    public string Communes { get; set; } = "";
    public string ManagedBy { get; set; } = "";
    public bool Withdrawn { get; set; }

    public BorderSector Sector() => new(Id, Name, NameEn, ProvinceCode, Neighbour, Communes.Split(' ', StringSplitOptions.RemoveEmptyEntries), ManagedBy);
}

/// <summary>A border gate the administrator changed or added.</summary>
internal sealed class GateRow
{
    public required string Id { get; init; }
    public string Name { get; set; } = "";
    public string NameEn { get; set; } = "";
    public GateClass Class { get; set; }
    public string Mode { get; set; } = "road";
    public string Neighbour { get; set; } = "";
    public string Counterpart { get; set; } = "";
    public string ProvinceCode { get; set; } = "";
    public string CommuneCode { get; set; } = "";
    public double? Lat { get; set; }
    public double? Lon { get; set; }
    public string PositionQuality { get; set; } = "D";
    public string Languages { get; set; } = "";
    public bool Withdrawn { get; set; }

    public BorderGate Gate() => new(Id, Name, NameEn, Class, Mode, Neighbour, Counterpart, ProvinceCode, CommuneCode, Lat, Lon, PositionQuality, Languages.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>A post of the border guard.</summary>
internal sealed class PostRow
{
    public required string Id { get; init; }
    public string Name { get; set; } = "";
    public string NameEn { get; set; } = "";
    public string ProvinceCode { get; set; } = "";
    public string CommuneCode { get; set; } = "";
    public string? SectorId { get; set; }
    public double? Lat { get; set; }
    public double? Lon { get; set; }
    public string Source { get; set; } = "";
    public bool Withdrawn { get; set; }

    public BorderPost Post() => new(Id, Name, NameEn, ProvinceCode, CommuneCode, SectorId, Lat, Lon, Source);
}

public enum BoundaryKind
{
    Communes,
    LandBorder,
}

/// <summary>One imported file. The newest that was not undone is in force for its kind; older ones are kept so that it can be undone.</summary>
internal sealed class BoundarySet
{
    public long Id { get; init; }
    public BoundaryKind Kind { get; init; }

    /// <summary>SHA-256 of the file as it was uploaded, hexadecimal.</summary>
    public required string Checksum { get; init; }
    public string FileName { get; init; } = "";

    /// <summary>Where it comes from; printed on the map.</summary>
    public string Source { get; init; } = "";

    /// <summary>Number of the decision it rests on; may be empty.</summary>
    public string Decision { get; init; } = "";
    public int Shapes { get; init; }
    public DateTimeOffset AppliedAt { get; init; }
    public string AppliedBy { get; init; } = "";
    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>One commune's area or one neighbour's border line.</summary>
internal sealed class BoundaryShape
{
    public long SetId { get; init; }

    /// <summary>Commune code, or CN, LA, KH.</summary>
    public required string Code { get; init; }

    /// <summary>Well-known binary, WGS 84, longitude first.</summary>
    public required byte[] Wkb { get; init; }
}

internal sealed class GeoTables : IEntityTypeConfiguration<SectorRow>, IEntityTypeConfiguration<GateRow>, IEntityTypeConfiguration<PostRow>, IEntityTypeConfiguration<BoundarySet>, IEntityTypeConfiguration<BoundaryShape>
{
    public void Configure(EntityTypeBuilder<SectorRow> builder) => builder.ToTable("geo_sectors").HasKey(s => s.Id);

    public void Configure(EntityTypeBuilder<GateRow> builder) => builder.ToTable("geo_gates").HasKey(g => g.Id);

    public void Configure(EntityTypeBuilder<PostRow> builder) => builder.ToTable("geo_posts").HasKey(p => p.Id);

    public void Configure(EntityTypeBuilder<BoundarySet> builder) => builder.ToTable("geo_boundary_sets").HasKey(s => s.Id);

    public void Configure(EntityTypeBuilder<BoundaryShape> builder)
    {
        builder.ToTable("geo_boundary_shapes").HasKey(s => new { s.SetId, s.Code });
        builder.HasOne<BoundarySet>().WithMany().HasForeignKey(s => s.SetId).OnDelete(DeleteBehavior.Cascade);
    }
}
