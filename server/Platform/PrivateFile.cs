namespace BorderInfo.Server.Platform;

/// <summary>Writes what only the owner may read: keys, codes, one-time links.</summary>
public static class PrivateFile
{
    /// <summary>UTF-8; readable and writable by the owner only (0600), replaced when it is there.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
