using System.Globalization;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Machine;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Platform.Backup;

/// <summary>
/// Every night: a whole, checked copy of database, content and keys while the server runs, in the form of <c>deploy/backup</c>, so that <c>deploy/restore</c> takes it.
/// </summary>
/// <remarks>
/// Looks every half hour whether one is due. Refuses, and says so on the overview, when too little would stay free (<c>space</c>) or the database is damaged (<c>damaged</c>):
/// then the older backups are kept. Damaged content (<c>content-damaged</c>) is said and does not keep the rest from being saved. A backup appears whole or not at all, and the oldest goes only after the new one stands.
/// </remarks>
internal sealed partial class BackUpServer(BorderInfoDb db, DataFolder data, BackupSettings settings, BackupShelf shelf, TimeProvider clock, ILogger<BackUpServer> log) : IChore
{
    public async Task Run(CancellationToken stop)
    {
        if (settings.On && Due(shelf.Latest(), clock.GetUtcNow(), settings.At))
            await Now(stop);
    }

    /// <summary>Pure: true when no backup was made since the last time of day at which one falls due.</summary>
    internal static bool Due(DateTimeOffset? latest, DateTimeOffset now, TimeOnly at)
    {
        var today = LocalTime.Utc(LocalTime.Day(now), at);
        var last = today <= now ? today : LocalTime.Utc(LocalTime.Day(now).AddDays(-1), at);
        return latest is null || latest < last;
    }

    /// <returns>The folder made; null = refused, and <see cref="BackupShelf.Fault"/> says why.</returns>
    internal async Task<string?> Now(CancellationToken stop)
    {
        try
        {
            var (made, damaged) = await Make(stop);
            Tell(damaged);
            return made;
        }
        catch (BackupRefused no)
        {
            Fails(no.Fault, no);
        }
        catch (Exception e) when (Disk.IsFull(e))
        {
            Fails(new("space", settings.Folder, settings.MinFreeBytes >> 20), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            Fails(new("failed", settings.Folder, e.Message), e);
        }

        return null;
    }

    private async Task<(string Folder, IReadOnlyList<string> Damaged)> Make(CancellationToken stop)
    {
        IReadOnlyList<string> damaged;
        var name = BackupShelf.NameOf(clock.GetUtcNow());
        Directory.CreateDirectory(settings.Folder);
        foreach (var half in Directory.EnumerateDirectories(settings.Folder, ".coming-*"))
            Directory.Delete(half, recursive: true);
        var last = shelf.Names().FirstOrDefault();
        BackupFiles Files() => BackupFiles.Of(data, settings.Folder, last is null ? null : Path.Combine(settings.Folder, last));
        NeedSpace(Files().BytesToCopy);
        var coming = Private(Path.Combine(settings.Folder, ".coming-" + name));
        try
        {
            var copy = Path.Combine(coming, "borderinfo.db");
            if (await DatabaseCopy.To(db, copy, stop) is { } damage)
                throw new BackupRefused(new("damaged", damage));

            // Listed after the database is copied: what it names is in the content store by then.
            var files = Files();
            var wrong = await files.CopyTo(coming, copy, stop);
            DiskFlush.All(coming);
            Directory.Move(coming, Path.Combine(settings.Folder, name));
            DiskFlush.All(settings.Folder);
            Log.Made(log, Path.Combine(settings.Folder, name), files.Count - wrong.LeftOut);
            damaged = wrong.Files;
        }
        finally
        {
            if (Directory.Exists(coming))
                Directory.Delete(coming, recursive: true);
        }

        foreach (var old in shelf.Names().Skip(settings.Keep))
            Directory.Delete(Path.Combine(settings.Folder, old), recursive: true);
        return (Path.Combine(settings.Folder, name), damaged);
    }

    private void NeedSpace(long bytes)
    {
        var needed = bytes + settings.MinFreeBytes;
        var free = Disk.FreeAt(settings.Folder);
        if (free < needed)
            throw new BackupRefused(new("space", settings.Folder, needed >> 20));
    }

    private void Tell(IReadOnlyList<string> damaged)
    {
        if (damaged.Count > 0)
            Log.ContentDamaged(log, damaged.Count, string.Join(' ', damaged.Take(10)));
        shelf.Fault = damaged is [var first, ..] ? new("content-damaged", damaged.Count, first) : null;
    }

    private void Fails(BackupFault fault, Exception e)
    {
        if (shelf.Fault?.Code != fault.Code)
            Log.NotMade(log, fault.Code, string.Join(' ', fault.With.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w}"))), e);
        shelf.Fault = fault;
    }

    private static string Private(string path)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path).FullName;
        return Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    private sealed class BackupRefused(BackupFault fault) : Exception(fault.Code)
    {
        public BackupFault Fault => fault;
    }

    private static partial class Log
    {
        [LoggerMessage(1081, LogLevel.Information, "Backup {Folder} made, {Files} files")]
        public static partial void Made(ILogger log, string folder, int files);

        [LoggerMessage(1082, LogLevel.Error, "No backup could be made ({Code}: {With}); the older ones are kept and it is tried again every half hour")]
        public static partial void NotMade(ILogger log, string code, string with, Exception e);

        [LoggerMessage(1083, LogLevel.Error, "The backup is made, but {Count} files of the content store are not what their names say: {Files}. Look for them in older backups and check the disk")]
        public static partial void ContentDamaged(ILogger log, int count, string files);
    }
}
