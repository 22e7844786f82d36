using BorderInfo.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Publishing;

/// <summary>An item that some plan sent to a site carried: the site may hold it, and show it, until its end, whatever it has acknowledged.</summary>
internal sealed class CarriedRow
{
    public string Site { get; set; } = "";

    /// <summary>Number of the item's id.</summary>
    public long Item { get; set; }

    /// <summary>Highest version carried.</summary>
    public int Version { get; set; }

    /// <summary>Latest end of the versions carried.</summary>
    public DateTimeOffset ValidUntil { get; set; }

    /// <summary>Newest plan that carried it.</summary>
    public int Epoch { get; set; }

    public long Counter { get; set; }

    /// <summary>The emergency schedule that carried it; null = none, or it is over.</summary>
    public long? Emergency { get; set; }

    /// <summary>This version and all before may no longer be shown; null = none withdrawn.</summary>
    public int? Withdrawn { get; set; }

    /// <summary>Until then the withdrawal is told in every plan: the end that the withdrawn versions had.</summary>
    public DateTimeOffset? WithdrawnUntil { get; set; }

    public ItemId Id => new(Item);
}

internal sealed class CarriedTable : IEntityTypeConfiguration<CarriedRow>
{
    public void Configure(EntityTypeBuilder<CarriedRow> table)
    {
        table.ToTable("plan_carried_items").HasKey(c => new { c.Site, c.Item });
        table.Ignore(c => c.Id);
        table.HasIndex(c => c.Item);
    }
}
