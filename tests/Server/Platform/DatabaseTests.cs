using BorderInfo.Tests.Server.Support;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Tests.Server.Platform;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Every_change_of_a_table_has_its_migration()
    {
        using var server = new ServerUnderTest();

        var behind = await server.WithDb(db => Task.FromResult(db.Database.HasPendingModelChanges()));

        Assert.False(behind, "a table changed: add a migration (tools/migrations/README.md)");
    }

    [Fact]
    public async Task The_database_keeps_every_commit_and_minds_foreign_keys()
    {
        using var server = new ServerUnderTest();

        var pragmas = await server.WithDb(async db => new[]
        {
            await Pragma(db, "journal_mode"), await Pragma(db, "synchronous"), await Pragma(db, "foreign_keys"),
        });

        Assert.Equal(["wal", "2", "1"], pragmas);
    }

    private static async Task<string> Pragma(BorderInfo.Server.Platform.Database.BorderInfoDb db, string name)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA " + name;
        return (await command.ExecuteScalarAsync())!.ToString()!;
    }
}
