using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Platform.Database;

/// <summary>A whole copy of the running database in a file of its own: one read transaction, nobody waits for it.</summary>
internal static class DatabaseCopy
{
    /// <param name="path">Must not exist yet.</param>
    /// <returns>What is damaged, in SQLite's words, at most 300 characters; null = the copy is good.</returns>
    public static async Task<string?> To(BorderInfoDb db, string path, CancellationToken stop)
    {
        try
        {
            await using (var from = new SqliteConnection(db.Database.GetConnectionString()))
            {
                await from.OpenAsync(stop);
                await using var copy = from.CreateCommand();
                copy.CommandTimeout = 0;
                copy.CommandText = "VACUUM INTO $path";
                copy.Parameters.AddWithValue("$path", path);
                await copy.ExecuteNonQueryAsync(stop);
            }

            return await Check(path, stop);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 11 or 26)
        {
            return e.Message;
        }
    }

    private static async Task<string?> Check(string path, CancellationToken stop)
    {
        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        await copy.OpenAsync(stop);
        await using var check = copy.CreateCommand();
        check.CommandTimeout = 0;
        check.CommandText = "PRAGMA integrity_check(5)";
        var said = new List<string>();
        await using var rows = await check.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            said.Add(rows.GetString(0));
        var all = string.Join("; ", said);
        return all == "ok" ? null : all[..Math.Min(all.Length, 300)];
    }
}
