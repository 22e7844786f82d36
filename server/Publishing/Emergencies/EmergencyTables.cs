using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Publishing.Emergencies;

/// <summary>An emergency that was published. Only its end is ever added.</summary>
internal sealed class EmergencyRow
{
    public long Id { get; set; }

    public long ScheduleId { get; set; }

    public int Revision { get; set; }

    public string Name { get; set; } = "";

    public string Reason { get; set; } = "";

    public DateTimeOffset At { get; set; }

    public long By { get; set; }

    public string ByName { get; set; } = "";

    public bool AtOnce { get; set; }

    /// <summary>Ids, in order.</summary>
    public List<string> Sites { get; set; } = [];

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedByName { get; set; }
}

internal sealed class EmergencyTable : IEntityTypeConfiguration<EmergencyRow>
{
    public void Configure(EntityTypeBuilder<EmergencyRow> table)
    {
        table.ToTable("emergencies");
        table.HasIndex(e => e.At);
        table.HasIndex(e => e.ScheduleId);
    }
}
