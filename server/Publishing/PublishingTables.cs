using BorderInfo.Server.Publishing.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Publishing;

/// <summary>Why plans were sent.</summary>
public enum PublishCause
{
    Schedule,
    Stop,
    ItemWithdrawn,
    ItemReleased,
    ClusterChanged,
    FirstPlan,
    Refresh,
    NewEpoch,
    HolidayChanged,
    ThemeStop,
    ThemeStopLifted,
    NoiseRules,

    /// <summary>A commune accepted a bulletin, took that back, or decided who goes first.</summary>
    CommuneDecision,

    /// <summary>A notice was approved that takes the place of another.</summary>
    NoticeReplaced,
}

/// <summary>One act of publishing (lần phát hành): the plans of all sites that it concerned.</summary>
internal sealed class PublishRow
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    public PublishCause Cause { get; set; }

    /// <summary>Names of schedules, item or cluster, for people.</summary>
    public string What { get; set; } = "";

    /// <summary>0 = the program itself.</summary>
    public long ByUser { get; set; }

    public string ByName { get; set; } = "";
}

/// <summary>A plan as sent to one site, and how far it came.</summary>
internal sealed class PlanRow
{
    public long Id { get; set; }

    public long PublishId { get; set; }

    public string Site { get; set; } = "";

    public string Number { get; set; } = "";

    public int Epoch { get; set; }

    public long Counter { get; set; }

    public DateTimeOffset SentAt { get; set; }

    public DateTimeOffset ValidUntil { get; set; }

    /// <summary>Exactly the bytes that travelled.</summary>
    public byte[] Sealed { get; set; } = [];

    /// <summary>The plan's JSON as signed, Brotli-compressed.</summary>
    public byte[] Plan { get; set; } = [];

    public int Entries { get; set; }

    public int Items { get; set; }

    /// <summary>This and the next by the site's clock where it is trusted, else when the news came in.</summary>
    public DateTimeOffset? ReceivedAt { get; set; }

    public DateTimeOffset? OnDiskAt { get; set; }

    public DateTimeOffset? OnAirAt { get; set; }

    public DateTimeOffset? RefusedAt { get; set; }

    public string? RefusedCode { get; set; }

    public string? RefusedDetail { get; set; }

    public DateTimeOffset? OvertakenAt { get; set; }
}

/// <summary>Numbers of a site: the last one given out and the highest one the site says it has seen.</summary>
internal sealed class PlanCounter
{
    public string Site { get; set; } = "";

    public int Epoch { get; set; }

    public long Counter { get; set; }

    public int SeenEpoch { get; set; }

    public long SeenCounter { get; set; }

    /// <summary>Set while the site knows of plans that we do not: the database is older than the site.</summary>
    public DateTimeOffset? AheadSince { get; set; }
}

/// <summary>The epoch in force is the highest one; none = 1.</summary>
internal sealed class PlanEpoch
{
    public int Epoch { get; set; }

    public DateTimeOffset At { get; set; }

    public string By { get; set; } = "";
}

/// <summary>Plans to be made anew soon: written in the transaction of the change, worked off right after it.</summary>
/// <remarks>Making files of a new version may take minutes and the changed cluster is known only after the commit, so it can't be done inside.</remarks>
internal sealed class RepublishWish
{
    public long Id { get; set; }

    public PublishCause Cause { get; set; }

    /// <summary>Id of the item, cluster, site or holiday, or code of the commune, by cause; empty for the new epoch of all sites.</summary>
    public string Key { get; set; } = "";

    public DateTimeOffset MadeAt { get; set; }

    public int Tries { get; set; }

    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Why the last try was refused, as <see cref="StuckWish.Kept"/> writes it.</summary>
    public string? LastRefusal { get; set; }
}

internal sealed class PublishTable : IEntityTypeConfiguration<PublishRow>
{
    public void Configure(EntityTypeBuilder<PublishRow> table)
    {
        table.ToTable("publishes");
        table.HasIndex(p => p.At);
    }
}

internal sealed class PlanTable : IEntityTypeConfiguration<PlanRow>
{
    public void Configure(EntityTypeBuilder<PlanRow> table)
    {
        table.ToTable("plans");
        table.HasIndex(p => p.Number).IsUnique();
        table.HasIndex(p => new { p.Site, p.Epoch, p.Counter }).IsUnique();
        table.HasIndex(p => new { p.Site, p.OnAirAt });
        table.HasIndex(p => p.ValidUntil);
        table.HasOne<PublishRow>().WithMany().HasForeignKey(p => p.PublishId);
    }
}

internal sealed class PlanCounterTable : IEntityTypeConfiguration<PlanCounter>
{
    public void Configure(EntityTypeBuilder<PlanCounter> table) => table.ToTable("plan_counters").HasKey(c => c.Site);
}

internal sealed class PlanEpochTable : IEntityTypeConfiguration<PlanEpoch>
{
    public void Configure(EntityTypeBuilder<PlanEpoch> table)
    {
        table.ToTable("plan_epochs").HasKey(e => e.Epoch);
        table.Property(e => e.Epoch).ValueGeneratedNever();
    }
}

internal sealed class RepublishWishTable : IEntityTypeConfiguration<RepublishWish>
{
    public void Configure(EntityTypeBuilder<RepublishWish> table) => table.ToTable("republish_wishes").HasIndex(w => w.NotBefore);
}

/// <summary>The stage that a plan's row tells.</summary>
internal static class PlanStages
{
    public static DeliveryStage Stage(this PlanRow p) => p switch
    {
        { OnAirAt: not null } => DeliveryStage.OnAir,
        { RefusedAt: not null } => DeliveryStage.Refused,
        { OvertakenAt: not null } => DeliveryStage.Overtaken,
        { OnDiskAt: not null } => DeliveryStage.OnDisk,
        { ReceivedAt: not null } => DeliveryStage.Received,
        _ => DeliveryStage.Sent,
    };
}
