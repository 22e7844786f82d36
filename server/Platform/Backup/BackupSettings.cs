using System.Globalization;

namespace BorderInfo.Server.Platform.Backup;

/// <summary>Settings under <c>backup:</c>.</summary>
public sealed record BackupSettings
{
    /// <summary>Default: true. <c>off</c> where <c>deploy/backup</c> does it by a timer of the system.</summary>
    public bool On { get; init; } = true;

    /// <summary>Where to. Default: <c>backups</c> in the data folder, which saves from mistakes and a spoilt database but not from the loss of the disk: another disk is better.</summary>
    public required string Folder { get; init; }

    /// <summary>So many are kept, 1–60. Default: 7.</summary>
    public int Keep { get; init; } = 7;

    /// <summary>Local time of day. Default: 02:30. A backup missed because the server was down is made up within the hour after its start.</summary>
    public TimeOnly At { get; init; } = new(2, 30);

    /// <summary>This much must stay free after the backup, else none is made. Default: 1024 MiB.</summary>
    public long MinFreeBytes { get; init; } = 1024L << 20;

    public static BackupSettings From(IConfiguration settings, DataFolder data) => new()
    {
        On = settings.GetValue("backup:on", "on") != "off",
        Folder = Path.GetFullPath(settings["backup:folder"] ?? Path.Combine(data.Root, "backups")),
        Keep = Math.Clamp(settings.GetValue("backup:keep", 7), 1, 60),
        At = TimeOnly.TryParseExact(settings["backup:at"], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : new(2, 30),
        MinFreeBytes = settings.GetValue("backup:minFreeMiB", 1024L) << 20,
    };
}
