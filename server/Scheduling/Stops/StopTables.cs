using System.Text.Json;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>A stop as it was ordered. Only its lifting is ever added.</summary>
internal sealed class StopRow
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public List<string> Themes { get; set; } = [];

    /// <summary>JSON of the <see cref="AreaScope"/>.</summary>
    public string Area { get; set; } = "";

    public DateTimeOffset From { get; set; }

    /// <summary>As ordered; a lifted one ended at <see cref="LiftedAt"/>.</summary>
    public DateTimeOffset Until { get; set; }

    public DateTimeOffset MadeAt { get; set; }

    public long MadeBy { get; set; }

    public string MadeByName { get; set; } = "";

    public DateTimeOffset? LiftedAt { get; set; }

    public string? LiftedByName { get; set; }

    public ThemeStop View() => new(
        Id, Name, Themes, JsonSerializer.Deserialize<AreaScope>(Area)!, From, LiftedAt < Until ? LiftedAt.Value : Until, MadeAt, MadeByName, LiftedAt, LiftedByName);
}

internal sealed class StopTable : IEntityTypeConfiguration<StopRow>
{
    public void Configure(EntityTypeBuilder<StopRow> table)
    {
        table.ToTable("theme_stops");
        table.HasIndex(s => s.Until);
    }
}
