using BorderInfo.Agent.Settings;

namespace BorderInfo.Agent.Store;

/// <summary>Disk space held back (<c>reserve.bin</c>): given up when the journal meets a full disk, taken again when there is twice as much room.</summary>
public sealed class Reserve(DataFolder folder, long bytes)
{
    public bool Held => File.Exists(folder.Reserve);

    public long FreeBytes => FreeBytesOf(folder.Root);

    /// <summary>Takes the space if it can be spared; a failure changes nothing.</summary>
    public void Take()
    {
        if (bytes == 0 || Held || FreeBytes < bytes * 2)
            return;
        try
        {
            using var file = new FileStream(folder.Reserve, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = bytes });
        }
        catch (IOException)
        {
            File.Delete(folder.Reserve);
        }
    }

    /// <summary>True when there was something to give up.</summary>
    public bool GiveUp()
    {
        if (!Held)
            return false;
        File.Delete(folder.Reserve);
        return true;
    }

    public static long FreeBytesOf(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
