using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BorderInfo.Server.Platform.Database;

/// <summary>Opens the database file: WAL, every commit on the disk, foreign keys on, waits for a busy writer.</summary>
public static class DatabaseSetup
{
    /// <summary>EF Core writes <c>-&gt;&gt;</c>, which SQLite knows since 3.38.</summary>
    private static readonly Version OldestSqlite = new(3, 38);

    public static void AddDatabase(this IServiceCollection services, DataFolder data)
    {
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = data.Database,
            ForeignKeys = true,
            DefaultTimeout = 15,
        }.ToString();
        services.AddDbContext<BorderInfoDb>((s, o) => o.UseSqlite(connection).AddInterceptors(new Durable()).AddInterceptors(s.GetServices<IInterceptor>()));
    }

    /// <summary>Creates or upgrades the tables. Throws <see cref="InvalidOperationException"/> with a sentence for the operator.</summary>
    public static async Task PrepareDatabase(this IServiceProvider services, CancellationToken stop = default)
    {
        using var scope = services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
        await db.Database.OpenConnectionAsync(stop);
        var version = Version.Parse(db.Database.GetDbConnection().ServerVersion);
        if (version < OldestSqlite)
            throw new InvalidOperationException($"SQLite {version} is too old: install libsqlite3-0 {OldestSqlite} or newer.");
        await db.Database.MigrateAsync(stop);
        await db.Database.CloseConnectionAsync();
    }

    private sealed class Durable : DbConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=15000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Run(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Run(connection);
            return Task.CompletedTask;
        }

        private static void Run(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }
    }
}
