using System.Globalization;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>
/// Pure: the argument list of the player of one output. Fixed words, the output's numbers and the technician's settings; nothing that content chooses.
/// </summary>
internal static class MpvArguments
{
    /// <summary>Containers of the five media types a plan may name; everything else, playlists above all, is not even tried.</summary>
    private const string Formats = "png_pipe,jpeg_pipe,mov,mp4,flac";

    public static IReadOnlyList<string> Of(PlanOutput output, PlaySettings settings, string socket) =>
    [
        "--no-config", "--no-terminal", "--load-scripts=no", "--load-stats-overlay=no", "--ytdl=no",
        "--input-default-bindings=no", "--input-vo-keyboard=no", "--input-cursor=no",
        "--autoload-files=no", "--access-references=no", "--load-unsafe-playlists=no", "--resume-playback=no", "--sid=no",
        "--demuxer=lavf", "--demuxer-lavf-o=protocol_whitelist=file", "--demuxer-lavf-o-append=format_whitelist=" + Formats,
        "--idle=yes", "--stop-screensaver=no", "--input-ipc-server=" + socket,
        .. output.Kind == OutputKind.Speaker ? Speaker(output, settings) : Picture(output, settings),
    ];

    // force-window stays off until the first picture: with "immediate" the window would be black for its first 100 ms.
    private static IEnumerable<string> Picture(PlanOutput output, PlaySettings settings) =>
    [
        "--vo=" + settings.VideoOutput, "--hwdec=" + settings.HardwareDecoding,
        Text($"--geometry={output.WidthPx}x{output.HeightPx}+{output.X}+{output.Y}"),
        "--force-window=no", "--no-border", "--ontop", "--keepaspect=no", "--hidpi-window-scale=no", "--cursor-autohide=always",
        "--osc=no", "--osd-level=0", "--title=borderinfo " + output.Id,
        "--image-display-duration=inf", "--prefetch-playlist=yes", "--keep-open=always", "--keep-open-pause=no",
        .. ClipSound(output, settings),
    ];

    private static IEnumerable<string> ClipSound(PlanOutput output, PlaySettings settings) =>
        output.Kind == OutputKind.Screen && settings.ScreenSound.TryGetValue(output.Screen, out var device) ? Device(device) : ["--aid=no"];

    private static IEnumerable<string> Speaker(PlanOutput output, PlaySettings settings) =>
    [
        "--vo=null", "--vid=no", "--audio-display=no", "--force-window=no",
        Text($"--volume={Math.Clamp(output.VolumePercent, 0, 100)}"), "--volume-max=100",
        "--audio-client-name=borderinfo " + output.Id,
        .. Device(settings.AudioDevices[output.Screen]),
    ];

    private static IEnumerable<string> Device(string device) => ["--ao=" + device.Split('/')[0], "--audio-device=" + device];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
