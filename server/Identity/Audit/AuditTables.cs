using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Identity;

/// <summary>One link of the audit chain, see Audit/AuditChain.cs.</summary>
internal sealed class AuditRow
{
    /// <summary>1, 2, 3 … without gaps; negative until saved.</summary>
    public long N { get; set; }

    public DateTimeOffset At { get; set; }

    public long ActorId { get; set; }

    public string ActorName { get; set; } = "";

    public string Action { get; set; } = "";

    public string Target { get; set; } = "";

    public string Detail { get; set; } = "";

    public string PrevHash { get; set; } = "";

    public string Hash { get; set; } = "";
}

/// <summary>Where the chain ends, so that rows missing at the end are found. One row.</summary>
internal sealed class AuditHead
{
    public int Id { get; set; }

    public long N { get; set; }

    public string Hash { get; set; } = "";

    /// <summary>Keyed hash of number and hash.</summary>
    public string Seal { get; set; } = "";
}

internal sealed class AuditRowTable : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> t)
    {
        t.ToTable("audit_rows").HasKey(r => r.N);
        t.Property(r => r.N).ValueGeneratedNever();
        t.HasIndex(r => r.ActorId);
        t.HasIndex(r => r.At);
    }
}

internal sealed class AuditHeadTable : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> t)
    {
        t.ToTable("audit_head");
        t.Property(h => h.Id).ValueGeneratedNever();
    }
}

/// <summary>The database itself refuses to change or delete audit rows. Not against somebody with the file in hand: that is what the chain is for.</summary>
internal static class AppendOnly
{
    public static Task Ensure(BorderInfoDb db, CancellationToken stop) => db.Database.ExecuteSqlRawAsync(
        """
        CREATE TRIGGER IF NOT EXISTS audit_rows_no_update BEFORE UPDATE ON audit_rows BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;
        CREATE TRIGGER IF NOT EXISTS audit_rows_no_delete BEFORE DELETE ON audit_rows BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;
        CREATE TRIGGER IF NOT EXISTS audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit head is never deleted'); END;
        """,
        stop);
}
