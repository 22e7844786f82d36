namespace BorderInfo.Server.Platform;

/// <summary>Writes what only the owner may read: keys, codes, one-time links.</summary>
public static class PrivateFile
{
    /// <summary>UTF-8; readable and writable by the owner only (0600), replaced when it is there. Appears whole or not at all: half a key on a full disk would end every later start.</summary>
    public static void Write(string path, string text)
    {
        var coming = path + ".new";
        try
        {
            Put(coming, text);
            File.Move(coming, path, overwrite: true);
        }
        catch
        {
            File.Delete(coming);
            throw;
        }
    }

    private static void Put(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
