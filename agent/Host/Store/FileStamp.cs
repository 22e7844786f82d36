using System.Runtime.InteropServices;

namespace BorderInfo.Agent.Store;

/// <summary>What changes when a file is written to or another is put in its place, even by somebody who sets its date back.</summary>
/// <param name="Inode">0 on Windows.</param>
/// <param name="ChangedNs">The kernel's own date of the last change, which no program can set, in nanoseconds; 0 on Windows.</param>
internal readonly partial record struct FileStamp(long Size, long WrittenNs, ulong Inode, long ChangedNs)
{
    private const int CurrentFolder = -100;
    private const int NotThroughLinks = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int TypeMask = 0xf000;
    private const int RegularFile = 0x8000;

    /// <summary>Null when there is no regular file of that name; a link is none.</summary>
    public static FileStamp? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return new FileInfo(path) is { Exists: true } info ? new(info.Length, info.LastWriteTimeUtc.Ticks * 100, 0, 0) : null;
        Span<byte> told = stackalloc byte[256];
        if (Ask(CurrentFolder, path, NotThroughLinks, BasicFields, ref MemoryMarshal.GetReference(told)) != 0 || (BitConverter.ToUInt16(told[28..]) & TypeMask) != RegularFile)
            return null;
        return new(BitConverter.ToInt64(told[40..]), Nanoseconds(told[112..]), BitConverter.ToUInt64(told[32..]), Nanoseconds(told[96..]));
    }

    private static long Nanoseconds(ReadOnlySpan<byte> time) => (BitConverter.ToInt64(time) * 1_000_000_000) + BitConverter.ToUInt32(time[8..]);

    /// <summary>Its structure has the same layout on every processor: mode at 28, inode 32, size 40, change 96, write 112 (statx(2), linux/stat.h).</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(int folder, string path, int flags, uint mask, ref byte into);
}
