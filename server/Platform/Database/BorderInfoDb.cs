using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BorderInfo.Server.Platform.Database;

/// <summary>
/// The one database context. Each slice declares its own tables in <c>&lt;Slice&gt;Tables.cs</c> as
/// <see cref="IEntityTypeConfiguration{TEntity}"/> and reads them with <c>db.Set&lt;T&gt;()</c>.
/// </summary>
public sealed class BorderInfoDb(DbContextOptions<BorderInfoDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(BorderInfoDb).Assembly);

    /// <summary>Instants are stored as UTC ticks, so that they sort; enums as words, so that a person can read them.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        at => at.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
