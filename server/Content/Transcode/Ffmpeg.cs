using System.Globalization;
using System.Text.Json;
using BorderInfo.Server.Content.Uploads;

namespace BorderInfo.Server.Content.Transcode;

/// <summary>What ffprobe says about the streams we would use.</summary>
/// <param name="DurationMs">0 = the container does not say.</param>
public sealed record Probed(string? VideoCodec, int WidthPx, int HeightPx, double FramesPerSecond, string? AudioCodec, int DurationMs, int Streams);

/// <summary>ffmpeg and ffprobe with the demuxer forced, protocols closed but <c>file</c>, and nothing of the input's metadata kept.</summary>
public sealed class Ffmpeg(ChildProcess children)
{
    /// <summary>For files that come from outside.</summary>
    private static string[] Careful(string demuxer) => ["-protocol_whitelist", "file", "-f", demuxer];

    public async Task<Probed?> Probe(string path, FileKind kind, CancellationToken stop)
    {
        var end = await children.Run(
            new("ffprobe", ["-v", "error", "-analyzeduration", "5M", "-probesize", "5M", "-show_streams", "-show_format", "-of", "json", .. Careful(kind.Demuxer), path])
            {
                Reads = [path],
                Timeout = TimeSpan.FromSeconds(20),
                CpuSeconds = 15,
            },
            stop);
        return end.Good ? Parse(end.Output) : null;
    }

    /// <summary>Decodes every frame and sample; false when anything is broken.</summary>
    public async Task<ChildEnd> DecodeAll(string path, FileKind kind, CancellationToken stop) => await children.Run(
        new("ffmpeg",
        [
            "-nostdin", "-v", "error", "-xerror", "-err_detect", "crccheck+bitstream+buffer+explode", "-max_pixels", Number(ContentLimits.ImagePixels), "-threads", "2",
            .. Careful(kind.Demuxer), "-i", path, "-map", "0:V?", "-map", "0:a?", "-f", "null", "-",
        ])
        {
            Reads = [path],
            Timeout = TimeSpan.FromMinutes(30),
        },
        stop);

    /// <summary>Writes one file. <paramref name="progress"/> gets the milliseconds written so far.</summary>
    public async Task<ChildEnd> Make(IReadOnlyList<string> input, IReadOnlyList<string> output, string into, TimeSpan length, Action<long>? progress, CancellationToken stop)
    {
        var patience = TimeSpan.FromSeconds(60 + (length.TotalSeconds * 6));
        return await children.Run(
            new("ffmpeg",
            [
                "-nostdin", "-y", "-v", "error", "-xerror", "-max_pixels", Number(ContentLimits.ImagePixels), "-progress", "pipe:1", "-threads", "2", .. input,
                "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "2", .. output, into,
            ])
            {
                Reads = Files(input),
                Writes = into,
                Timeout = patience,
                CpuSeconds = (int)patience.TotalSeconds * 2,
                FileBytes = 4L << 30,
                EachLine = line => Tell(line, progress),
            },
            stop);
    }

    /// <summary>Runs a filter that reports on standard error and writes nothing.</summary>
    public Task<ChildEnd> Measure(IReadOnlyList<string> input, string audioFilter, TimeSpan length, CancellationToken stop) => children.Run(
        new("ffmpeg", ["-nostdin", "-hide_banner", "-nostats", "-v", "info", .. input, "-vn", "-af", audioFilter, "-f", "null", "-"])
        {
            Reads = Files(input),
            Timeout = TimeSpan.FromSeconds(60 + length.TotalSeconds),
        },
        stop);

    public static IReadOnlyList<string> FromOutside(string path, FileKind kind) => [.. Careful(kind.Demuxer), "-i", path];

    public static IReadOnlyList<string> FromOurs(string path) => ["-protocol_whitelist", "file", "-i", path];

    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Files(IReadOnlyList<string> input) => [.. input.Zip(input.Skip(1)).Where(two => two.First == "-i").Select(two => two.Second)];

    private static void Tell(string line, Action<long>? progress)
    {
        if (progress is not null && line.StartsWith("out_time_us=", StringComparison.Ordinal) && long.TryParse(line.AsSpan(12), CultureInfo.InvariantCulture, out var us))
            progress(us / 1000);
    }

    private static Probed? Parse(string json)
    {
        using var read = JsonDocument.Parse(json);
        if (!read.RootElement.TryGetProperty("streams", out var streams))
            return null;
        JsonElement? video = null, audio = null;
        foreach (var stream in streams.EnumerateArray())
        {
            var type = Text(stream, "codec_type");
            var cover = stream.TryGetProperty("disposition", out var d) && d.TryGetProperty("attached_pic", out var a) && a.GetInt32() == 1;
            video ??= type == "video" && !cover ? stream : null;
            audio ??= type == "audio" ? stream : null;
        }

        var duration = read.RootElement.TryGetProperty("format", out var format) ? Real(Text(format, "duration")) : 0;
        return new(
            video is { } v ? Text(v, "codec_name") : null,
            video is { } w ? w.GetProperty("width").GetInt32() : 0,
            video is { } h ? h.GetProperty("height").GetInt32() : 0,
            video is { } f ? Ratio(Text(f, "avg_frame_rate")) : 0,
            audio is { } s ? Text(s, "codec_name") : null,
            (int)Math.Clamp(duration * 1000, 0, int.MaxValue),
            streams.GetArrayLength());
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double Real(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static double Ratio(string? text) =>
        text?.Split('/') is [var a, var b] && Real(b) > 0 ? Real(a) / Real(b) : 0;
}
