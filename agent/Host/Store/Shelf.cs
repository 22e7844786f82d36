using System.Collections.Concurrent;
using System.Security.Cryptography;
using BorderInfo.Agent.Settings;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Store;

public enum OnShelf
{
    Missing,

    /// <summary>There, of the right size, but its hash has not been computed since the start.</summary>
    Unchecked,

    /// <summary>There, and its hash was right since the start.</summary>
    Ready,
}

/// <summary>Media by SHA-256: <c>shelf/ab/ab12…</c>. A file appears whole or not at all; halves stand in <c>shelf/partial</c>.</summary>
/// <remarks>Safe for many threads. A file whose size, inode or dates changed behind our back counts as unchecked again.</remarks>
public sealed class Shelf(DataFolder folder, long keepFreeBytes)
{
    /// <summary>Up to here a file is hashed before each showing: all pictures, a hundredth of a second at most.</summary>
    public const int SmallBytes = 4 << 20;

    private readonly ConcurrentDictionary<MediaHash, FileStamp> verified = new();

    /// <summary>Raised after a file came, was checked or was thrown away. From any thread.</summary>
    public event Action? Changed;

    public string PathOf(MediaHash hash) => Path.Combine(folder.Shelf, hash.Value[..2], hash.Value);

    public OnShelf Look(PlanFile file)
    {
        if (FileStamp.Of(PathOf(file.Hash)) is not { } stamp || stamp.Size != file.Size)
            return OnShelf.Missing;
        return verified.TryGetValue(file.Hash, out var seen) && seen == stamp ? OnShelf.Ready : OnShelf.Unchecked;
    }

    /// <summary>Hashes the file; a wrong one is thrown away, so that it is fetched again. True when it is right.</summary>
    public async Task<bool> Check(PlanFile file, CancellationToken stop)
    {
        var path = PathOf(file.Hash);
        if (FileStamp.Of(path) is not { } stamp)
            return false;
        MediaHash hash;
        await using (var bytes = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 256 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous))
            hash = new(Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, stop)));
        var right = hash == file.Hash && stamp.Size == file.Size;
        var known = verified.TryGetValue(file.Hash, out var seen) && seen == stamp;
        if (right)
            verified[file.Hash] = stamp;
        else
            Discard(file.Hash);
        if (!right || !known)
            Changed?.Invoke();
        return right;
    }

    /// <summary>Begins or goes on with a download.</summary>
    /// <exception cref="IOException">No room, or the disk failed.</exception>
    public IncomingFile Receive(PlanFile file)
    {
        var partial = Partial(file.Hash);
        Directory.CreateDirectory(Path.GetDirectoryName(partial)!);
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file.Hash))!);
        var there = new FileInfo(partial) is { Exists: true } begun ? begun.Length : 0;
        if (Reserve.FreeBytesOf(folder.Root) < file.Size - there + keepFreeBytes)
            throw new IOException($"no room on the disk for {file.Hash} ({file.Size} bytes)");
        return new IncomingFile(file, partial, PathOf(file.Hash), Arrived);
    }

    /// <summary>Forgets what was checked, so that every file is hashed again before its next use.</summary>
    public void Distrust() => verified.Clear();

    /// <summary>Throws away files and halves that no kept plan names. Returns how many.</summary>
    public int Keep(IReadOnlySet<MediaHash> wanted)
    {
        var gone = 0;
        foreach (var path in Directory.EnumerateFiles(folder.Shelf, "*", SearchOption.AllDirectories))
        {
            if (MediaHash.TryParse(Path.GetFileNameWithoutExtension(path), out var hash) && wanted.Contains(hash))
                continue;
            File.Delete(path);
            verified.TryRemove(hash, out _);
            gone++;
        }

        return gone;
    }

    private void Arrived(PlanFile file)
    {
        if (FileStamp.Of(PathOf(file.Hash)) is { } stamp)
            verified[file.Hash] = stamp;
        Changed?.Invoke();
    }

    private void Discard(MediaHash hash)
    {
        verified.TryRemove(hash, out _);
        File.Delete(PathOf(hash));
    }

    private string Partial(MediaHash hash) => Path.Combine(folder.Shelf, "partial", hash.Value + ".part");
}
