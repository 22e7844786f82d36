using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Approval;

public enum DecisionKind
{
    Submitted,
    TakenBack,
    Approved,
    Returned,
    Withdrawn,
}

/// <summary>One step in the life of a version; never changed or deleted.</summary>
internal sealed class DecisionRow
{
    public long Id { get; set; }

    public long ItemId { get; set; }

    public int Version { get; set; }

    public DecisionKind Kind { get; set; }

    public long By { get; set; }

    /// <summary>User name at that time; travels in the plan as who approved.</summary>
    public string ByName { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public string Reason { get; set; } = "";

    /// <summary>The approver said to have heard the synthesised speech.</summary>
    public bool Heard { get; set; }
}

internal sealed class ApprovalTables : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> builder)
    {
        builder.ToTable("item_decisions");
        builder.HasIndex(d => new { d.ItemId, d.Version });
        builder.HasIndex(d => d.At);
    }
}
