namespace BorderInfo.Server.Platform.Backup;

/// <summary>When this data folder was first served: file <c>first-start</c> in it, by the server's clock. Where it cannot be written, the start of this run counts.</summary>
internal sealed class ServedSince(DataFolder data, TimeProvider clock)
{
    private readonly Lazy<DateTimeOffset> at = new(() => Known(Path.Combine(data.Root, "first-start"), clock.GetUtcNow()));

    public DateTimeOffset At => at.Value;

    private static DateTimeOffset Known(string path, DateTimeOffset now)
    {
        try
        {
            if (File.Exists(path) && BackupShelf.TryAt(File.ReadAllText(path).Trim()) is { } known)
                return known;
            PrivateFile.Write(path, BackupShelf.NameOf(now) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk is told elsewhere; this one is only asked again at the next start.
        }

        return now;
    }
}
