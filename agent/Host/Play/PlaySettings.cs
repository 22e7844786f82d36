using System.ComponentModel.DataAnnotations;

namespace BorderInfo.Agent.Play;

/// <summary>What the players of this site PC need to know about it. Set by the technician, never by content or by a plan.</summary>
public sealed record PlaySettings
{
    /// <summary>Default: <c>/usr/bin/mpv</c> (Debian package <c>mpv</c>, 0.35 or later).</summary>
    public string MpvPath { get; init; } = "/usr/bin/mpv";

    /// <summary>For pictures of the real output. Default: <c>/usr/bin/ffmpeg</c>; without it <see cref="IPlayer.Grab"/> gives null.</summary>
    public string FfmpegPath { get; init; } = "/usr/bin/ffmpeg";

    /// <summary>Lets a player die with the agent. Default: <c>/usr/bin/setpriv</c> (util-linux); without it orphans are ended at the next start only.</summary>
    public string SetPrivPath { get; init; } = "/usr/bin/setpriv";

    /// <summary>Sockets, pid files and safe screens; made with mode 0700. At most 70 bytes long (Unix socket names hold 107). Default: <c>/run/borderinfo/players</c>.</summary>
    public string RunFolder { get; init; } = "/run/borderinfo/players";

    /// <summary>mpv's <c>--vo</c>, pinned: left to itself mpv may choose one that ignores the exact place. Default: <c>gpu</c>; <c>x11</c> without a graphics card.</summary>
    public string VideoOutput { get; init; } = "gpu";

    /// <summary>mpv's <c>--hwdec</c>. Default: <c>auto-safe</c>.</summary>
    public string HardwareDecoding { get; init; } = "auto-safe";

    /// <summary>X display by screen number of the plan (from 1). Default: screen 1 is <c>:0</c>.</summary>
    public Dictionary<int, string> Displays { get; init; } = new() { [1] = ":0" };

    /// <summary>mpv audio device by number of the loudspeaker line (from 1), for example <c>pulse/loa1</c>; the part before the slash is pinned as <c>--ao</c>. Default: none.</summary>
    public Dictionary<int, string> AudioDevices { get; init; } = [];

    /// <summary>mpv audio device for the sound of clips, by screen number. Default: none, clips are mute.</summary>
    public Dictionary<int, string> ScreenSound { get; init; } = [];

    /// <summary>Added to the environment of every player, for example <c>PULSE_SERVER</c> or <c>XAUTHORITY</c>. Default: nothing beyond the agent's own.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>How long a player may take to answer, in ms; twice without an answer and it is started anew. 200–10,000. Default: 1,700, so that a hanging player is replaced within five seconds.</summary>
    [Range(200, 10_000)]
    public int AnswerWithinMs { get; init; } = 1_700;

    /// <summary>How long a file may take until its first frame or sample, in ms. 1,000–60,000. Default: 10,000.</summary>
    [Range(1_000, 60_000)]
    public int ReadyWithinMs { get; init; } = 10_000;
}
