using System.Globalization;
using System.Text.Json;

namespace BorderInfo.Agent.Settings;

/// <summary>
/// <c>agent.json</c> in the data folder: what this machine calls its screens and loudspeakers, and how the agent behaves.
/// A missing file means all defaults; an unknown or doubled member, or a value out of range, stops the start with a sentence that says which.
/// </summary>
public sealed record AgentSettings
{
    /// <summary>Plan's screen number → X display, for example <c>{"1": ":101"}</c>. Default: screen 1 is <c>:0</c>.</summary>
    public Dictionary<string, string> Screens { get; set; } = new() { ["1"] = ":0" };

    /// <summary>Plan's speaker number → mpv audio device, for example <c>{"1": "pulse/loa1"}</c>. Default: none; an output without its device is reported as dead.</summary>
    public Dictionary<string, string> Audio { get; set; } = [];

    /// <summary>Plan's screen number → mpv audio device for the sound of clips. Default: none, clips are mute.</summary>
    public Dictionary<string, string> ScreenSound { get; set; } = [];

    /// <summary>mpv video output: <c>gpu</c>, <c>x11</c>, <c>xv</c>, <c>wlshm</c> or <c>drm</c>. Default: <c>gpu</c>; <c>x11</c> without a graphics card.</summary>
    public string Vo { get; set; } = "gpu";

    /// <summary>Path of the player, 0.35 or later. Default: <c>/usr/bin/mpv</c>.</summary>
    public string Mpv { get; set; } = "/usr/bin/mpv";

    /// <summary>Path of ffmpeg, for pictures of the real output. Default: <c>/usr/bin/ffmpeg</c>.</summary>
    public string Ffmpeg { get; set; } = "/usr/bin/ffmpeg";

    /// <summary>Folder of the players' sockets, at most 70 bytes long, one per agent. Default: a folder of this data folder's own below <c>/run/borderinfo</c>, or below <c>/tmp</c> when that may not be made.</summary>
    public string RunFolder { get; set; } = "";

    /// <summary>Environment variables given to every player, for example <c>{"PULSE_SERVER": "unix:/run/pulse"}</c>. Default: none.</summary>
    public Dictionary<string, string> Environment { get; set; } = [];

    /// <summary><c>Debug</c>, <c>Information</c>, <c>Warning</c> or <c>Error</c>. Default: <c>Information</c>.</summary>
    public string LogLevel { get; set; } = "Information";

    /// <summary>Seconds between two health messages, 5–300. Default: 30.</summary>
    public int HealthSeconds { get; set; } = 30;

    /// <summary>Days for which acknowledged plays and events stay on the disk, 1–90. Default: 7.</summary>
    public int KeepAcknowledgedDays { get; set; } = 7;

    /// <summary>Megabytes held back for the journal and given up when the disk is full, 0–1024. Default: 64.</summary>
    public int ReserveMb { get; set; } = 64;

    /// <summary>Megabytes that downloads leave free, 0–10240. Default: 200.</summary>
    public int KeepFreeMb { get; set; } = 200;

    /// <summary>Slowest download that is not given up and resumed, in KiB a second over a minute, 0–1024; 0 = never given up. Default: 4.</summary>
    public int SlowestKibPerSecond { get; set; } = 4;

    private static readonly string[] VideoOutputs = ["gpu", "x11", "xv", "wlshm", "drm"];

    private static readonly string[] Levels = ["Debug", "Information", "Warning", "Error"];

    /// <exception cref="PlainTrouble">The file cannot be read or a value is out of range.</exception>
    public static AgentSettings Load(DataFolder folder)
    {
        try
        {
            if (!File.Exists(folder.Settings))
                return new AgentSettings();
            return (JsonSerializer.Deserialize(File.ReadAllBytes(folder.Settings), AgentJson.Default.AgentSettings) ?? new AgentSettings()).Checked(folder.Settings);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PlainTrouble(
                $"Không đọc được tệp cài đặt {folder.Settings}: hãy sửa lại cho đúng JSON và đúng tên mục ({e.Message})",
                $"The settings file {folder.Settings} cannot be read: correct its JSON and the names of its members ({e.Message})",
                e);
        }
    }

    private AgentSettings Checked(string file)
    {
        OneOf("vo", Vo, VideoOutputs);
        OneOf("logLevel", LogLevel, Levels);
        Within("healthSeconds", HealthSeconds, 5, 300);
        Within("keepAcknowledgedDays", KeepAcknowledgedDays, 1, 90);
        Within("reserveMb", ReserveMb, 0, 1024);
        Within("keepFreeMb", KeepFreeMb, 0, 10240);
        Within("slowestKibPerSecond", SlowestKibPerSecond, 0, 1024);
        Filled("mpv", Mpv, "/usr/bin/mpv");
        Filled("ffmpeg", Ffmpeg, "/usr/bin/ffmpeg");
        if (System.Text.Encoding.UTF8.GetByteCount(RunFolder) > 70)
            throw Wrong("runFolder", RunFolder, "≤ 70 byte");
        foreach (var (number, display) in Screens)
            Numbered("screens", number, display);
        foreach (var (number, device) in Audio)
            Numbered("audio", number, device);
        foreach (var (number, device) in ScreenSound)
            Numbered("screenSound", number, device);
        return this;

        void OneOf(string name, string value, string[] allowed)
        {
            if (!allowed.Contains(value, StringComparer.Ordinal))
                throw Wrong(name, value, string.Join(", ", allowed));
        }

        void Within(string name, int value, int least, int most)
        {
            if (value < least || value > most)
                throw Wrong(name, value.ToString(CultureInfo.InvariantCulture), $"{least}–{most}");
        }

        void Filled(string name, string value, string example)
        {
            if (string.IsNullOrWhiteSpace(value))
                throw Wrong(name, "\"\"", example);
        }

        void Numbered(string name, string number, string value)
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n is < 1 or > 64)
                throw Wrong(name, number, "1–64");
            Filled($"{name}[{number}]", value, name == "screens" ? ":0" : "pulse/loa1");
        }

        PlainTrouble Wrong(string name, string value, string allowed) => new(
            $"Mục “{name}” trong {file} có giá trị {value} không hợp lệ: hãy đặt một trong các giá trị {allowed}.",
            $"“{name}” in {file} has the value {value}, which is not allowed: set it to {allowed}.");
    }
}
