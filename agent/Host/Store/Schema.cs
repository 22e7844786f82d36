using Microsoft.Data.Sqlite;

namespace BorderInfo.Agent.Store;

/// <summary>The tables. <c>user_version</c> counts the steps; a step is only ever added.</summary>
/// <remarks>
/// <c>plan</c>: inbox, one row a place, <c>sealed</c> as it came. <c>play</c>, <c>event</c>: journal, JSON of the contract by sequence number.
/// <c>airing</c>: what is on air now and has no number yet, with its last heartbeat (<c>beat_at</c> UTC ticks, <c>beat_ms</c> played so far).
/// <c>mark</c>: boot and the acknowledged sequence numbers.
/// </remarks>
internal static class Schema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE mark(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE plan(
            place TEXT PRIMARY KEY CHECK(place IN ('wanted', 'active', 'previous')),
            epoch INTEGER NOT NULL, counter INTEGER NOT NULL, number TEXT NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE play(seq INTEGER PRIMARY KEY, ended INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE TABLE event(seq INTEGER PRIMARY KEY, ended INTEGER NOT NULL, body TEXT NOT NULL);
        CREATE TABLE airing(id INTEGER PRIMARY KEY, body TEXT NOT NULL, beat_at INTEGER NOT NULL, beat_ms INTEGER NOT NULL);
        """,
    ];

    public static void Bring(SqliteConnection connection)
    {
        for (var step = (long)connection.One("PRAGMA user_version")!; step < Steps.Length; step++)
            connection.Run($"BEGIN IMMEDIATE;{Steps[step]};PRAGMA user_version={step + 1};COMMIT");
    }
}
