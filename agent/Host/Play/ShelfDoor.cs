namespace BorderInfo.Agent.Play;

/// <summary>Only whole files that lie on the shelf reach the player: mpv would also open addresses, devices and pipes.</summary>
internal sealed class ShelfDoor(string shelfFolder)
{
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(shelfFolder)) + Path.DirectorySeparatorChar;

    /// <summary>Why the path may not be played; null = it may.</summary>
    public string? Refuse(string path)
    {
        if (!Path.IsPathFullyQualified(path) || Path.GetFullPath(path) != path || !path.StartsWith(root, StringComparison.Ordinal))
            return "not a path on the shelf";
        var file = new FileInfo(path);
        if (!file.Exists)
            return "no such file on the shelf";
        return file.LinkTarget is null ? null : "a link, not a file";
    }
}
