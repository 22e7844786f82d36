using System.Security.Cryptography;
using System.Runtime.InteropServices;
using BorderInfo.Server.Content.Public;

namespace BorderInfo.Server.Content.Store;

/// <summary>The files by SHA-256 under <c>content/ab/cd/abcd…</c>. A file appears whole or not at all, and is never changed.</summary>
public sealed partial class ContentStore(DataFolder data) : IContentStore
{
    private readonly string root = data.Content;

    public string PathOf(MediaHash hash) => Path.Combine(root, hash.Value[..2], hash.Value[2..4], hash.Value);

    public bool Has(MediaHash hash) => File.Exists(PathOf(hash));

    public long SizeOf(MediaHash hash) => new FileInfo(PathOf(hash)).Length;

    /// <summary>Keeps bytes; the same bytes twice are one file.</summary>
    public async Task<MediaHash> Keep(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var hash = MediaHash.Of(bytes.Span);
        if (!Has(hash))
        {
            var temporary = Temporary();
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                await file.WriteAsync(bytes, stop);
                file.Flush(flushToDisk: true);
            }

            Move(temporary, hash);
        }

        return hash;
    }

    /// <summary>Takes over a file that a child process has written; the file is gone from its old place afterwards.</summary>
    public async Task<MediaHash> Take(string path, CancellationToken stop)
    {
        MediaHash hash;
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite))
        {
            hash = new MediaHash(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, stop)));
            file.Flush(flushToDisk: true);
        }

        if (Has(hash))
            File.Delete(path);
        else
            Move(path, hash);
        return hash;
    }

    /// <summary>A name on the same disk that no reader takes for content.</summary>
    public string Temporary(string ending = "") => Path.Combine(Directory.CreateDirectory(Path.Combine(root, "tmp")).FullName, Guid.NewGuid().ToString("N") + ending);

    /// <summary>Half-made files of a run that was cut off. Called once at the start, before anybody writes.</summary>
    public void ClearTemporary()
    {
        var folder = Path.Combine(root, "tmp");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private void Move(string temporary, MediaHash hash)
    {
        var target = PathOf(hash);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        File.Move(temporary, target, overwrite: true);
        SyncFolder(folder);
    }

    /// <summary>Without this a power cut may forget the name though the bytes are on the disk.</summary>
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, 0);
        if (handle < 0)
            return;
        _ = FSync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
