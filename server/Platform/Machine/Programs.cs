namespace BorderInfo.Server.Platform.Machine;

/// <summary>A program of the system that the server calls.</summary>
/// <param name="Name">Also the end of its text's key, <c>note.program.NAME</c>.</param>
/// <param name="Files">Any of them will do.</param>
/// <param name="Package">Debian package that brings it.</param>
public sealed record NeededProgram(string Name, IReadOnlyList<string> Files, string Package);

/// <summary>The programs this server uses; it runs without them as far as it can.</summary>
public static class Programs
{
    public static readonly IReadOnlyList<NeededProgram> Needed =
    [
        new("ffmpeg", ["ffmpeg"], "ffmpeg"),
        new("ffprobe", ["ffprobe"], "ffmpeg"),
        new("chromium", ["chromium-headless-shell", "chromium", "google-chrome"], "chromium"),
        new("espeak-ng", ["espeak-ng"], "espeak-ng"),
        new("fontconfig", ["fc-match"], "fontconfig"),
        new("mosquitto", ["mosquitto"], "mosquitto"),
    ];

    /// <param name="path">Folders with colons between them; null = the <c>PATH</c> of this process and the folders of services.</param>
    public static IReadOnlyList<NeededProgram> Missing(string? path = null)
    {
        var folders = (path ?? Environment.GetEnvironmentVariable("PATH") + ":/usr/bin:/usr/sbin:/usr/local/sbin").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return [.. Needed.Where(p => !p.Files.Any(file => folders.Any(folder => File.Exists(Path.Combine(folder, file)))))];
    }
}
