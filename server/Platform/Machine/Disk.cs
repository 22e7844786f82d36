using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Platform.Machine;

/// <summary>The disk of the data folder.</summary>
public sealed class Disk(DataFolder data, IConfiguration settings)
{
    /// <summary>Below this the overview warns. Setting <c>disk:warnMiB</c>, default: 2048.</summary>
    public long WarnBytes { get; } = settings.GetValue("disk:warnMiB", 2048L) << 20;

    /// <summary>Below this no new media is taken, so that plays and plans can still be written. Setting <c>disk:reserveMiB</c>, default: 512.</summary>
    public long ReserveBytes { get; } = settings.GetValue("disk:reserveMiB", 512L) << 20;

    public long FreeBytes => FreeAt(data.Root);

    public static long FreeAt(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>True when the disk (or this user's share of it) was full: nothing is wrong with what was asked.</summary>
    public static bool IsFull(Exception? trouble) => trouble switch
    {
        null => false,
        // ENOSPC and EDQUOT
        IOException { HResult: 28 or 122 } => true,
        SqliteException { SqliteErrorCode: 13 } => true,
        // SQLITE_IOERR_WRITE, _SHMSIZE, _FSYNC, _TRUNCATE: what SQLite says when its side files cannot grow
        SqliteException { SqliteExtendedErrorCode: 778 or 4874 or 1034 or 1546 } => true,
        DbUpdateException or AggregateException => IsFull(trouble.InnerException),
        _ => trouble.InnerException is not null && IsFull(trouble.InnerException),
    };
}
