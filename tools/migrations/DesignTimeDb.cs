using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace BorderInfo.Migrations;

/// <summary>Gives <c>dotnet ef</c> the model; no database is opened.</summary>
public sealed class DesignTimeDb : IDesignTimeDbContextFactory<BorderInfoDb>
{
    public BorderInfoDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<BorderInfoDb>().UseSqlite("Data Source=design.db").Options);

    private static void Main()
    {
        // dotnet ef needs a program to start; the work is done by its own entry.
    }
}
