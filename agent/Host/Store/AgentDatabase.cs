using System.Globalization;
using BorderInfo.Agent.Settings;
using Microsoft.Data.Sqlite;

namespace BorderInfo.Agent.Store;

/// <summary>
/// <c>agent.db</c>: one SQLite connection behind one lock, write-ahead log, every <see cref="Write{T}"/> on the disk before it returns.
/// </summary>
/// <remarks>
/// A spoilt database is set aside as <c>agent.db.spoilt-N</c> and a new one begun; numbers go on from <see cref="HighWater"/>.
/// A full disk first costs the <see cref="Reserve"/>; when that is gone the write fails with <see cref="StoreFault"/> and <see cref="Failing"/> says why.
/// </remarks>
public sealed partial class AgentDatabase : IDisposable
{
    private const long RoomToOpen = 1024 * 1024;

    private readonly Lock gate = new();
    private readonly DataFolder folder;
    private readonly Reserve reserve;
    private readonly ILogger log;
    private SqliteConnection connection;

    /// <exception cref="PlainTrouble">SQLite is too old, or the folder cannot be written.</exception>
    public AgentDatabase(DataFolder folder, Reserve reserve, ILogger log)
    {
        (this.folder, this.reserve, this.log) = (folder, reserve, log);
        connection = OpenAtStart();
    }

    /// <summary>Why the last write failed; null = it did not.</summary>
    public string? Failing { get; private set; }

    /// <summary>True when a spoilt database was set aside since the start.</summary>
    public bool WasSetAside { get; private set; }

    public T Read<T>(Func<SqliteConnection, T> work)
    {
        lock (gate)
            return Guarded(work);
    }

    /// <summary>One transaction; on the disk when it returns.</summary>
    /// <exception cref="StoreFault">The disk did not take it; nothing was changed.</exception>
    public T Write<T>(Func<SqliteConnection, T> work)
    {
        lock (gate)
            return Guarded(c => InTransaction(c, work));
    }

    public void Write(Action<SqliteConnection> work) => Write(c =>
    {
        work(c);
        return true;
    });

    /// <summary>As <see cref="Write(Action{SqliteConnection})"/>, for what may go unwritten; false = the disk did not take it, <see cref="Failing"/> says why.</summary>
    public bool TryWrite(Action<SqliteConnection> work)
    {
        try
        {
            Write(work);
            return true;
        }
        catch (StoreFault)
        {
            return false;
        }
    }

    /// <summary>As <see cref="Write{T}"/>, but a power cut may take it back; for heartbeats.</summary>
    public void WriteLazily(Action<SqliteConnection> work)
    {
        lock (gate)
        {
            Guarded(c =>
            {
                c.Run("PRAGMA synchronous=NORMAL");
                try
                {
                    return InTransaction(c, d =>
                    {
                        work(d);
                        return true;
                    });
                }
                finally
                {
                    c.Run("PRAGMA synchronous=FULL");
                }
            });
        }
    }

    public void Dispose() => connection.Dispose();

    private static T InTransaction<T>(SqliteConnection c, Func<SqliteConnection, T> work)
    {
        c.Run("BEGIN IMMEDIATE");
        try
        {
            var done = work(c);
            c.Run("COMMIT");
            return done;
        }
        catch
        {
            RollBack(c);
            throw;
        }
    }

    /// <summary>SQLite has already rolled back after some errors; then there is nothing left to do.</summary>
    private static void RollBack(SqliteConnection c)
    {
        try
        {
            c.Run("ROLLBACK");
        }
        catch (SqliteException e) when (e.SqliteErrorCode == 1)
        {
            return;
        }
    }

    private T Guarded<T>(Func<SqliteConnection, T> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var done = work(connection);
                Failing = null;
                return done;
            }
            catch (SqliteException e) when (attempt == 1 && IsSpoilt(e))
            {
                SetAside(e.Message);
                connection = OpenChecked();
            }
            catch (SqliteException e) when (attempt == 1 && e.SqliteErrorCode == 13 && reserve.GiveUp())
            {
                Log.ReserveGivenUp(log);
            }
            catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                Failing = e.Message;
                throw new StoreFault(e.Message, e);
            }
        }
    }

    /// <summary>A spoilt database is set aside; on a full disk (even opening needs a little room) the reserve is given up, so that a site plays again after a power cut.</summary>
    private SqliteConnection OpenAtStart()
    {
        while (true)
        {
            try
            {
                return OpenChecked();
            }
            catch (SqliteException e) when (!WasSetAside && IsSpoilt(e))
            {
                SetAside(e.Message);
            }
            catch (SqliteException) when (reserve.FreeBytes < RoomToOpen && reserve.GiveUp())
            {
                Log.ReserveGivenUp(log);
            }
            catch (SqliteException e)
            {
                throw new PlainTrouble(
                    $"Không mở được cơ sở dữ liệu {folder.Database}: hãy kiểm tra quyền ghi và dung lượng đĩa ({e.Message}).",
                    $"The database {folder.Database} cannot be opened: check the right to write there and the free disk space ({e.Message}).",
                    e);
            }
        }
    }

    private SqliteConnection OpenChecked()
    {
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = folder.Database,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = 10,
        }.ToString());
        try
        {
            opened.Open();
            var version = (string)opened.One("SELECT sqlite_version()")!;
            if (Version.Parse(version) < new Version(3, 38))
            {
                throw new PlainTrouble(
                    $"SQLite {version} quá cũ: hãy cài gói libsqlite3-0 từ 3.38 trở lên.",
                    $"SQLite {version} is too old: install libsqlite3-0, 3.38 or newer.");
            }

            opened.Run("PRAGMA journal_mode=WAL");
            opened.Run("PRAGMA synchronous=FULL");
            if ((string)opened.One("PRAGMA quick_check(1)")! is var verdict and not "ok")
                throw new SqliteException(verdict, 11);
            Schema.Bring(opened);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private void SetAside(string why)
    {
        connection?.Dispose();
        var n = 1;
        while (File.Exists(string.Create(CultureInfo.InvariantCulture, $"{folder.Database}.spoilt-{n}")))
            n++;
        var aside = string.Create(CultureInfo.InvariantCulture, $"{folder.Database}.spoilt-{n}");
        foreach (var part in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(folder.Database + part))
                File.Move(folder.Database + part, aside + part, overwrite: true);
        }

        WasSetAside = true;
        Log.SetAside(log, aside, why);
    }

    /// <summary>SQLITE_CORRUPT, SQLITE_NOTADB.</summary>
    private static bool IsSpoilt(SqliteException e) => e.SqliteErrorCode is 11 or 26;

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Error, "The database is spoilt and stands aside as {Aside}; a new one is begun: {Why}")]
        public static partial void SetAside(ILogger log, string aside, string why);

        [LoggerMessage(4102, LogLevel.Warning, "The disk is full: the reserve was given up for the journal")]
        public static partial void ReserveGivenUp(ILogger log);
    }
}

/// <summary>The disk did not take a write. Try again later; what was to be written is still in the caller's hand.</summary>
public sealed class StoreFault(string why, Exception inner) : IOException(why, inner);
