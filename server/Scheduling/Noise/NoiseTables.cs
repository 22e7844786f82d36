using BorderInfo.Contract.Plans;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Scheduling.Noise;

/// <summary>A window of quiet, or of less volume, in all places of a class, with its dates.</summary>
internal sealed class NoiseRuleRow
{
    public long Id { get; set; }

    public NoiseZone Zone { get; set; }

    public string Name { get; set; } = "";

    /// <summary>First local day on which the window starts.</summary>
    public DateOnly From { get; set; }

    /// <summary>Last one; null = until further notice.</summary>
    public DateOnly? To { get; set; }

    public int Weekdays { get; set; } = (int)Contract.Plans.Weekdays.All;

    public TimeOnly Starts { get; set; }

    public TimeOnly Ends { get; set; }

    /// <summary>1–100; null = silent.</summary>
    public int? VolumePercent { get; set; }

    /// <summary>The document it comes from; "" = none named.</summary>
    public string Source { get; set; } = "";

    public TimeWindow Window => new(Starts, Ends);
}

/// <summary>A cluster or one loudspeaker of it belongs to a class.</summary>
internal sealed class NoisePlaceRow
{
    public long Cluster { get; set; }

    /// <summary>"" = all loudspeakers of the cluster that are not named.</summary>
    public string Output { get; set; } = "";

    public NoiseZone Zone { get; set; }
}

internal sealed class NoiseRuleTable : IEntityTypeConfiguration<NoiseRuleRow>
{
    public void Configure(EntityTypeBuilder<NoiseRuleRow> table)
    {
        table.ToTable("noise_rules");
        table.Ignore(r => r.Window);
        // What an administrator finds at first and replaces by the values in force at the place.
        table.HasData(
            new NoiseRuleRow { Id = 1, Zone = NoiseZone.Special, Name = "Giờ đêm", From = new(2026, 1, 1), Starts = new(21, 0), Ends = new(6, 0), Source = "QCVN 26" },
            new NoiseRuleRow { Id = 2, Zone = NoiseZone.Ordinary, Name = "Giờ đêm", From = new(2026, 1, 1), Starts = new(21, 0), Ends = new(5, 0), Source = "QCVN 26" });
    }
}

internal sealed class NoisePlaceTable : IEntityTypeConfiguration<NoisePlaceRow>
{
    public void Configure(EntityTypeBuilder<NoisePlaceRow> table) => table.ToTable("noise_places").HasKey(p => new { p.Cluster, p.Output });
}
