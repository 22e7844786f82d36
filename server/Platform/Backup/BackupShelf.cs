using System.Globalization;
using System.Text.RegularExpressions;

namespace BorderInfo.Server.Platform.Backup;

/// <summary>The backups that stand whole in the folder, by name; the names say when (UTC), as those of <c>deploy/backup</c> do.</summary>
public sealed partial class BackupShelf(BackupSettings settings)
{
    private const string NameFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>Why the last try since the start failed, or what is damaged although it went well (<c>content-damaged</c>); null = all is well.</summary>
    public BackupFault? Fault { get; internal set; }

    public string Folder => settings.Folder;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(settings.Folder)
        ? []
        : [.. Directory.EnumerateDirectories(settings.Folder).Select(d => Path.GetFileName(d)!).Where(n => Dated().IsMatch(n)).OrderDescending(StringComparer.Ordinal)];

    public DateTimeOffset? Latest() => Names() is [var newest, ..] ? AtOf(newest) : null;

    public static string NameOf(DateTimeOffset at) => at.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset AtOf(string name) => DateTimeOffset.ParseExact(name, NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <returns>Null = not written like a name.</returns>
    internal static DateTimeOffset? TryAt(string text) =>
        DateTimeOffset.TryParseExact(text, NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    [GeneratedRegex(@"^20\d{6}T\d{6}Z$")]
    private static partial Regex Dated();
}

/// <param name="Code">End of a text's key, <c>note.backup.CODE</c>.</param>
public sealed record BackupFault(string Code, params object[] With);
