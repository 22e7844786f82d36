using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BorderInfo.Server.Platform.Machine;

namespace BorderInfo.Server.Platform.Backup;

/// <summary>
/// Which files go into a backup and how. Content never changes and its name is its SHA-256: it is linked from the last backup or the live store where they share the disk, else copied,
/// and both are read again in any case, for disks rot.
/// </summary>
internal sealed partial class BackupFiles
{
    /// <summary>Made anew by the server, or backups themselves.</summary>
    private static readonly string[] LeftOut = ["content", "logs", "work", "broker", "screens", "backups"];

    private readonly string root;
    private readonly string? last;
    private readonly IReadOnlyList<string> content;
    private readonly IReadOnlyList<string> others;

    private BackupFiles(string root, string? last, IReadOnlyList<string> content, IReadOnlyList<string> others) => (this.root, this.last, this.content, this.others) = (root, last, content, others);

    /// <summary>An upper bound; linked files cost nothing.</summary>
    public long BytesToCopy { get; private init; }

    public int Count => content.Count + others.Count + 1;

    /// <param name="target">Folder of the backups.</param>
    /// <param name="last">The newest backup; null = none.</param>
    public static BackupFiles Of(DataFolder data, string target, string? last)
    {
        string[] content = [.. Under(data.Root, data.Content).Where(f => !f.StartsWith("content/tmp/", StringComparison.Ordinal))];
        string[] others = [.. Directory.EnumerateFileSystemEntries(data.Root).Where(e => Goes(Path.GetFileName(e), e, target)).SelectMany(e => Directory.Exists(e) ? Under(data.Root, e) : [Path.GetFileName(e)])];
        var sameDisk = CanLink(data.Work, target);
        var toCopy = others.Concat(sameDisk ? [] : content.Where(f => last is null || !File.Exists(Path.Combine(last, f)))).Append("borderinfo.db").Append("borderinfo.db-wal");
        return new(data.Root, last, content, others) { BytesToCopy = toCopy.Select(f => new FileInfo(Path.Combine(data.Root, f))).Where(f => f.Exists).Sum(f => f.Length) };
    }

    /// <summary>Copies everything beside the database and writes the list that <c>deploy/restore</c> checks: what the files hold, also where their names say otherwise.</summary>
    /// <returns>Content damaged in the live store, also where the last backup had it whole; of these, so many could be read nowhere and are left out.</returns>
    public async Task<(IReadOnlyList<string> Files, int LeftOut)> CopyTo(string folder, string database, CancellationToken stop)
    {
        var damaged = new List<string>();
        var list = new List<(string Path, string Hash)> { ("borderinfo.db", await HashOf(database, stop)) };
        foreach (var file in content)
        {
            stop.ThrowIfCancellationRequested();
            var live = await HashIfReadable(Path.Combine(root, file), stop);
            var hash = live == Path.GetFileName(file) && Link(Path.Combine(root, file), Place(folder, file)) ? live : await PutContent(file, Place(folder, file), stop);
            if (live is null || hash is null || (live != Path.GetFileName(file) && Named().IsMatch(file)))
                damaged.Add(file);
            if (hash is not null)
                list.Add((file, hash));
        }

        foreach (var file in others)
        {
            var to = Place(folder, file);
            File.Copy(Path.Combine(root, file), to);
            list.Add((file, await HashOf(to, stop)));
        }

        var leftOut = content.Count + others.Count + 1 - list.Count;

        PrivateFile.Write(Path.Combine(folder, "SHA256SUMS"), string.Concat(list.OrderBy(f => f.Path, StringComparer.Ordinal).Select(f => $"{f.Hash}  ./{f.Path}\n")));
        return (damaged, leftOut);
    }

    /// <returns>What it holds; null = it cannot be read, and is not there.</returns>
    private async Task<string?> PutContent(string file, string to, CancellationToken stop)
    {
        var name = Path.GetFileName(file);
        if (last is not null && Link(Path.Combine(last, file), to))
        {
            if (await HashIfReadable(to, stop) == name)
                return name;
            File.Delete(to);
        }

        var hash = Link(Path.Combine(root, file), to) || IsCopied(Path.Combine(root, file), to) ? await HashIfReadable(to, stop) : null;
        if (hash is null)
            File.Delete(to);
        return hash;
    }

    private static bool IsCopied(string from, string to)
    {
        try
        {
            File.Copy(from, to);
            return true;
        }
        catch (IOException e) when (!Disk.IsFull(e))
        {
            // Not readable, as below; a full target ends the backup.
            return false;
        }
    }

    private static async Task<string?> HashIfReadable(string path, CancellationToken stop)
    {
        try
        {
            return await HashOf(path, stop);
        }
        catch (IOException)
        {
            // A disk that rots answers with an error as often as with wrong bytes.
            return null;
        }
    }

    private static bool Goes(string name, string path, string target) =>
        !LeftOut.Contains(name) && name[0] != '.' && !name.StartsWith("borderinfo.db", StringComparison.Ordinal) && !name.StartsWith("before-restore-", StringComparison.Ordinal) && name != "lost+found" && path != target;

    private static IEnumerable<string> Under(string root, string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static string Place(string folder, string file)
    {
        var to = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        return to;
    }

    private static async Task<string> HashOf(string path, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop));
    }

    private static bool CanLink(string from, string target)
    {
        var (probe, link) = (Path.Combine(from, Path.GetRandomFileName()), Path.Combine(target, ".coming-" + Path.GetRandomFileName()));
        File.WriteAllBytes(probe, []);
        var can = Link(probe, link);
        File.Delete(probe);
        File.Delete(link);
        return can;
    }

    [GeneratedRegex("/[0-9a-f]{64}$")]
    private static partial Regex Named();

    private static bool Link(string from, string to) => !OperatingSystem.IsWindows() && File.Exists(from) && LinkFile(from, to) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkFile(string from, string to);
}
