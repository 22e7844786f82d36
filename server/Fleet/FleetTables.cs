using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Fleet;

internal sealed class ClusterRow
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string Kind { get; set; } = "";

    public string ProvinceCode { get; set; } = "";

    public string CommuneCode { get; set; } = "";

    public string? SectorId { get; set; }

    public string? GateId { get; set; }

    public double Lat { get; set; }

    public double Lon { get; set; }

    public List<string> Tags { get; set; } = [];

    /// <summary>Names of units; operator, owner and monitor are often three different ones.</summary>
    public string Owner { get; set; } = "";

    public string Operator { get; set; } = "";

    public string MonitoredBy { get; set; } = "";

    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>The computer of a cluster: its enrolment and what was last heard of it.</summary>
internal sealed class SiteRow
{
    public string Site { get; set; } = "";

    public long ClusterId { get; set; }

    public DateTimeOffset? EnrolledAt { get; set; }

    public bool Revoked { get; set; }

    /// <summary>Rises at every enrolment; part of the key of events.</summary>
    public int Installation { get; set; }

    /// <summary>Serial numbers of its certificates, newest last.</summary>
    public List<string> Certificates { get; set; } = [];

    public int RefusedEnrolments { get; set; }

    public DateTimeOffset? LastRefusedEnrolment { get; set; }

    public Presence? Presence { get; set; }

    public bool Silent { get; set; }

    public long Boot { get; set; }

    public long Birth { get; set; }

    public DateTimeOffset? LastContact { get; set; }

    public Standing Standing { get; set; }

    public DateTimeOffset? Since { get; set; }

    public string? Plan { get; set; }

    public int PlanEpoch { get; set; }

    public long PlanCounter { get; set; }

    public ClockTrust Clock { get; set; }

    public string AgentVersion { get; set; } = "";

    /// <summary>JSON of the last health report that changed something, at most a minute old while the site is online.</summary>
    public string? Health { get; set; }

    public bool HasLiveCertificate => EnrolledAt is not null && !Revoked;
}

internal sealed class OutputRow
{
    public long ClusterId { get; set; }

    public string Output { get; set; } = "";

    public string Name { get; set; } = "";

    public OutputKind Kind { get; set; }

    public int Screen { get; set; } = 1;

    public int X { get; set; }

    public int Y { get; set; }

    public int WidthPx { get; set; }

    public int HeightPx { get; set; }

    public List<string> Languages { get; set; } = [];

    public int VolumePercent { get; set; } = 80;

    /// <summary><c>21:00-05:00</c>, several separated by a comma.</summary>
    public string QuietHours { get; set; } = "";

    public List<string> RequiredLanguages { get; set; } = [];

    /// <summary><c>jra&gt;vi bdq&gt;vi</c></summary>
    public string Fallbacks { get; set; } = "";
}

internal sealed class PanelRow
{
    public long Id { get; set; }

    public long ClusterId { get; set; }

    public string Title { get; set; } = "";

    public double WidthM { get; set; }

    public double HeightM { get; set; }

    public List<string> Languages { get; set; } = [];
}

/// <summary>Somebody stood before a printed panel and looked.</summary>
internal sealed class InspectionRow
{
    public long Id { get; set; }

    public long PanelId { get; set; }

    public DateTimeOffset At { get; set; }

    public string By { get; set; } = "";

    public PanelCondition Condition { get; set; }

    public string Note { get; set; } = "";

    /// <summary>SHA-256 of a photograph kept elsewhere; null = none.</summary>
    public string? PhotoHash { get; set; }
}

internal enum PanelCondition
{
    Good,
    Faded,
    Damaged,
    Missing,
}

internal sealed class StandingChangeRow
{
    public long Id { get; set; }

    public string Site { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public Standing From { get; set; }

    public Standing To { get; set; }
}

internal sealed class SiteFindingRow
{
    public long Id { get; set; }

    public string Site { get; set; } = "";

    public string Code { get; set; } = "";

    public string? Output { get; set; }

    /// <summary>By the site's clock.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>By the server's clock, when people could first see it.</summary>
    public DateTimeOffset SeenAt { get; set; }

    public DateTimeOffset? ClearedAt { get; set; }

    public string Detail { get; set; } = "";
}

internal sealed class SiteEventRow
{
    public string Site { get; set; } = "";

    public int Installation { get; set; }

    public long Seq { get; set; }

    public long Boot { get; set; }

    public DateTimeOffset At { get; set; }

    public DateTimeOffset HeardAt { get; set; }

    public ClockTrust Clock { get; set; }

    public SiteEventKind Kind { get; set; }

    public string? Plan { get; set; }

    public string? Output { get; set; }

    public string? Code { get; set; }

    public string? Detail { get; set; }
}

internal sealed class ScreenRow
{
    public long Id { get; set; }

    public string Site { get; set; } = "";

    public string Output { get; set; } = "";

    /// <summary>Name in <see cref="DataFolder.Screens"/>, made by the server.</summary>
    public string File { get; set; } = "";

    public string? Item { get; set; }

    public int? Version { get; set; }

    public int? Page { get; set; }

    /// <summary>By the site's clock.</summary>
    public DateTimeOffset At { get; set; }

    public DateTimeOffset HeardAt { get; set; }

    public int Bytes { get; set; }
}

internal sealed class EnrolCodeRow
{
    public long Id { get; set; }

    public string Site { get; set; } = "";

    public byte[] Salt { get; set; } = [];

    public byte[] Hash { get; set; } = [];

    public DateTimeOffset MadeAt { get; set; }

    public string MadeBy { get; set; } = "";

    /// <summary>Who asked for it; the same person cannot confirm it.</summary>
    public long MadeByUser { get; set; }

    /// <summary>First characters of the code, in clear: who does not know them spends none of its tries.</summary>
    public string Prefix { get; set; } = "";

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When the second person agreed to the replacement of the site's computer, and who it was.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    public string? ConfirmedBy { get; set; }

    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>Wrong tries by those who knew the prefix.</summary>
    public int Tries { get; set; }
}

internal sealed class SiteCommandRow
{
    public string Id { get; set; } = "";

    public string Site { get; set; } = "";

    public Verb Verb { get; set; }

    public string? Output { get; set; }

    public string By { get; set; } = "";

    public DateTimeOffset MadeAt { get; set; }

    public DateTimeOffset NotAfter { get; set; }

    public DateTimeOffset? AnsweredAt { get; set; }

    public bool? Done { get; set; }

    public string? Code { get; set; }

    public string? Detail { get; set; }
}

internal sealed class FleetTables :
    IEntityTypeConfiguration<ClusterRow>, IEntityTypeConfiguration<SiteRow>, IEntityTypeConfiguration<OutputRow>, IEntityTypeConfiguration<PanelRow>,
    IEntityTypeConfiguration<InspectionRow>, IEntityTypeConfiguration<StandingChangeRow>, IEntityTypeConfiguration<SiteFindingRow>, IEntityTypeConfiguration<SiteEventRow>,
    IEntityTypeConfiguration<ScreenRow>, IEntityTypeConfiguration<EnrolCodeRow>, IEntityTypeConfiguration<SiteCommandRow>
{
    public void Configure(EntityTypeBuilder<ClusterRow> builder) => builder.ToTable("clusters");

    public void Configure(EntityTypeBuilder<SiteRow> builder)
    {
        builder.ToTable("sites").HasKey(s => s.Site);
        builder.HasIndex(s => s.ClusterId).IsUnique();
        builder.HasOne<ClusterRow>().WithMany().HasForeignKey(s => s.ClusterId);
    }

    public void Configure(EntityTypeBuilder<OutputRow> builder)
    {
        builder.ToTable("cluster_outputs").HasKey(o => new { o.ClusterId, o.Output });
        builder.HasOne<ClusterRow>().WithMany().HasForeignKey(o => o.ClusterId);
    }

    public void Configure(EntityTypeBuilder<PanelRow> builder)
    {
        builder.ToTable("printed_panels");
        builder.HasOne<ClusterRow>().WithMany().HasForeignKey(p => p.ClusterId);
    }

    public void Configure(EntityTypeBuilder<InspectionRow> builder)
    {
        builder.ToTable("panel_inspections");
        builder.HasOne<PanelRow>().WithMany().HasForeignKey(i => i.PanelId);
    }

    public void Configure(EntityTypeBuilder<StandingChangeRow> builder) => builder.ToTable("standing_changes").HasIndex(c => new { c.Site, c.At });

    public void Configure(EntityTypeBuilder<SiteFindingRow> builder) => builder.ToTable("site_findings").HasIndex(f => new { f.Site, f.ClearedAt });

    public void Configure(EntityTypeBuilder<SiteEventRow> builder) => builder.ToTable("site_events").HasKey(e => new { e.Site, e.Installation, e.Seq });

    public void Configure(EntityTypeBuilder<ScreenRow> builder) => builder.ToTable("screens").HasIndex(s => new { s.Site, s.Output });

    public void Configure(EntityTypeBuilder<EnrolCodeRow> builder) => builder.ToTable("enrol_codes").HasIndex(c => c.Site);

    public void Configure(EntityTypeBuilder<SiteCommandRow> builder) => builder.ToTable("site_commands").HasIndex(c => new { c.Site, c.MadeAt });
}
