namespace BorderInfo.Server.Platform;

/// <summary>Where everything that must survive lives. One folder to back up.</summary>
public sealed record DataFolder(string Root)
{
    public string Database => Path.Combine(Root, "borderinfo.db");

    /// <summary>Media by SHA-256.</summary>
    public string Content => Made("content");

    /// <summary>Keys and certificates, readable by the service only.</summary>
    public string Keys => Made("keys");

    public string Broker => Made("broker");

    public string Logs => Made("logs");

    /// <summary>Work files that may be deleted at any time while the server is stopped.</summary>
    public string Work => Made("work");

    /// <summary>Last screens grabbed at the sites.</summary>
    public string Screens => Made("screens");

    /// <summary>Makes the folder where it is missing and closes it to everybody but the owner.</summary>
    public void Open() => Private(Root);

    private string Made(string name) => Private(Path.Combine(Root, name));

    private static string Private(string path)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else if (Directory.CreateDirectory(path, Owner).UnixFileMode != Owner)
            File.SetUnixFileMode(path, Owner);
        return path;
    }
}
