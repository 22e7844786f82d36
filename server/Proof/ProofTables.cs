using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Proof;

/// <summary>One record of a site's journal, as sent.</summary>
internal sealed class PlayRow
{
    public long Id { get; set; }

    public string Site { get; set; } = "";

    /// <summary>Which life of the site's journal: 1, then one more each time the numbers began anew.</summary>
    public int Run { get; set; }

    public long Seq { get; set; }

    public long Boot { get; set; }

    public string Plan { get; set; } = "";

    public string Entry { get; set; } = "";

    public Tier Tier { get; set; }

    public string Output { get; set; } = "";

    public int ItemKey { get; set; }

    public string Language { get; set; } = "";

    public int Page { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset EndedAt { get; set; }

    public long DurationMs { get; set; }

    public PlayEnd End { get; set; }

    public ProofGrade Grade { get; set; }

    public ClockTrust Clock { get; set; }

    /// <summary>False = the site's clock was wrong: kept, but on no day and in no sum.</summary>
    public bool Timed { get; set; }

    public DateTimeOffset HeardAt { get; set; }
}

/// <summary>One version of an item as it stood when it was first reported: what reports group by.</summary>
internal sealed class PlayItemRow
{
    public int Id { get; set; }

    public string Item { get; set; } = "";

    public int Version { get; set; }

    public string Title { get; set; } = "";

    public string Theme { get; set; } = "";

    public BulletinClass Class { get; set; }
}

/// <summary>Plays of one local day, written in the transaction of the records they count.</summary>
internal sealed class PlayDayRow
{
    public string Site { get; set; } = "";

    public DateOnly Day { get; set; }

    public string Output { get; set; } = "";

    public int ItemKey { get; set; }

    public string Language { get; set; } = "";

    public Tier Tier { get; set; }

    public int Plays { get; set; }

    public long Ms { get; set; }
}

/// <summary>How far the journal of a site has come.</summary>
internal sealed class PlayStreamRow
{
    public string Site { get; set; } = "";

    public int Run { get; set; } = 1;

    /// <summary>Everything up to here is committed or given up: what is acknowledged.</summary>
    public long UpTo { get; set; }

    /// <summary>Highest number seen in this run.</summary>
    public long MaxSeq { get; set; }

    public long LastBoot { get; set; }

    public DateTimeOffset? LastEndedAt { get; set; }

    public DateTimeOffset? LastHeardAt { get; set; }

    /// <summary>A computer was enrolled since the last batch: its numbers may begin at 1.</summary>
    public bool MayBeginAnew { get; set; }

    /// <summary>First local day on which anything could have been on air.</summary>
    public DateOnly FirstDay { get; set; }

    public long RefusedBatches { get; set; }

    /// <summary>A word of <see cref="PlayBatchRules"/>.</summary>
    public string? LastRefusal { get; set; }

    public DateTimeOffset? LastRefusedAt { get; set; }
}

/// <summary>Numbers that are missing; gone when they have come.</summary>
internal sealed class PlayGapRow
{
    public long Id { get; set; }

    public string Site { get; set; } = "";

    public int Run { get; set; }

    public long FromSeq { get; set; }

    public long ToSeq { get; set; }

    public DateTimeOffset NoticedAt { get; set; }

    /// <summary>Batches that began beyond it.</summary>
    public int Offers { get; set; }

    /// <summary>Set when the site no longer has them.</summary>
    public DateTimeOffset? LostAt { get; set; }

    /// <summary>Ends of the records before and after: what is missing ended between them. Null = from the beginning.</summary>
    public DateTimeOffset? AfterAt { get; set; }

    public DateTimeOffset? BeforeAt { get; set; }

    public long AfterBoot { get; set; }

    public long BeforeBoot { get; set; }
}

/// <summary>Whether a site's day has been compared with its plans, and on what knowledge.</summary>
internal sealed class AirSiteDayRow
{
    public string Site { get; set; } = "";

    public DateOnly Day { get; set; }

    /// <summary>Rises whenever something that the comparison reads has changed.</summary>
    public long Stamp { get; set; }

    /// <summary>A <see cref="DoneStamp"/>: the records of the day are no longer kept, so what was found stays.</summary>
    public const long Closed = long.MaxValue;

    /// <summary>The stamp that was compared; -1 = never.</summary>
    public long DoneStamp { get; set; } = -1;

    public DateTimeOffset? KnownUntil { get; set; }

    /// <summary>Everything about the day is known and compared.</summary>
    public bool Final { get; set; }
}

/// <summary>Planned against played on one output on one local day, in milliseconds and slots.</summary>
internal sealed class AirDayRow
{
    public string Site { get; set; } = "";

    public DateOnly Day { get; set; }

    public string Output { get; set; } = "";

    public long ScheduledMs { get; set; }

    public long PlayedMs { get; set; }

    public long MissedMs { get; set; }

    public long UnknownMs { get; set; }

    public long SilencedMs { get; set; }

    public int Slots { get; set; }

    public int SlotsPlayed { get; set; }

    public int SlotsMissed { get; set; }

    public int SlotsUnknown { get; set; }
}

internal static class DayColumn
{
    /// <summary>A day as 20261123: small, sorts, and a person can read it.</summary>
    public static PropertyBuilder<DateOnly> AsNumber(this PropertyBuilder<DateOnly> day) =>
        day.HasConversion(d => d.Year * 10000 + d.Month * 100 + d.Day, n => new DateOnly(n / 10000, n / 100 % 100, n % 100));
}

internal sealed class PlayTable : IEntityTypeConfiguration<PlayRow>
{
    public void Configure(EntityTypeBuilder<PlayRow> table)
    {
        table.ToTable("plays");
        table.HasIndex(p => new { p.Site, p.Run, p.Seq }).IsUnique();
        table.HasIndex(p => new { p.Site, p.StartedAt });
        table.HasIndex(p => new { p.ItemKey, p.StartedAt });
        table.HasIndex(p => p.StartedAt);
    }
}

internal sealed class PlayItemTable : IEntityTypeConfiguration<PlayItemRow>
{
    public void Configure(EntityTypeBuilder<PlayItemRow> table)
    {
        table.ToTable("play_items");
        table.HasIndex(i => new { i.Item, i.Version }).IsUnique();
    }
}

internal sealed class PlayDayTable : IEntityTypeConfiguration<PlayDayRow>
{
    public void Configure(EntityTypeBuilder<PlayDayRow> table)
    {
        table.ToTable("play_days").HasKey(d => new { d.Site, d.Day, d.Output, d.ItemKey, d.Language, d.Tier });
        table.Property(d => d.Day).AsNumber();
        table.HasIndex(d => d.Day);
        table.HasIndex(d => d.ItemKey);
    }
}

internal sealed class PlayStreamTable : IEntityTypeConfiguration<PlayStreamRow>
{
    public void Configure(EntityTypeBuilder<PlayStreamRow> table)
    {
        table.ToTable("play_streams").HasKey(s => s.Site);
        table.Property(s => s.FirstDay).AsNumber();
    }
}

internal sealed class PlayGapTable : IEntityTypeConfiguration<PlayGapRow>
{
    public void Configure(EntityTypeBuilder<PlayGapRow> table)
    {
        table.ToTable("play_gaps");
        table.HasIndex(g => new { g.Site, g.Run, g.FromSeq });
    }
}

internal sealed class AirSiteDayTable : IEntityTypeConfiguration<AirSiteDayRow>
{
    public void Configure(EntityTypeBuilder<AirSiteDayRow> table)
    {
        table.ToTable("air_site_days").HasKey(d => new { d.Site, d.Day });
        table.Property(d => d.Day).AsNumber();
    }
}

internal sealed class AirDayTable : IEntityTypeConfiguration<AirDayRow>
{
    public void Configure(EntityTypeBuilder<AirDayRow> table)
    {
        table.ToTable("air_days").HasKey(d => new { d.Site, d.Day, d.Output });
        table.Property(d => d.Day).AsNumber();
        table.HasIndex(d => d.Day);
    }
}
