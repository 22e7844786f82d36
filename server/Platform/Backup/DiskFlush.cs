using System.Runtime.InteropServices;

namespace BorderInfo.Server.Platform.Backup;

/// <summary>Everything written so far on the disk of a folder, files and folders, is on the disk itself afterwards, as <c>sync -f</c> does it. Elsewhere than on Linux: nothing.</summary>
/// <exception cref="IOException">The disk did not take it.</exception>
internal static partial class DiskFlush
{
    private const int ReadFolder = 0x80000; // O_RDONLY | O_CLOEXEC

    public static void All(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var opened = Open(folder, ReadFolder);
        if (opened < 0)
            throw new IOException($"{folder} cannot be flushed: {Marshal.GetLastPInvokeErrorMessage()}");
        var ended = SyncFileSystem(opened);
        var why = Marshal.GetLastPInvokeErrorMessage();
        _ = Close(opened);
        if (ended != 0)
            throw new IOException($"{folder} cannot be flushed: {why}");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(int opened);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int opened);
}
