using BorderInfo.Server.Content.Transcode;

namespace BorderInfo.Server.Content.Uploads;

/// <summary>An upload that has passed the gate and may be re-encoded.</summary>
public sealed record Admitted(FileKind Kind, Medium Medium, Probed Streams, PictureHeader? Picture);

/// <summary>
/// What an upload must pass before anything of it is used, in this order: first bytes, header limits, ffprobe with the demuxer forced, full decode.
/// Sign-in, scope and size come before (TakeUpload), re-encoding after (MakeMaster).
/// </summary>
/// <remarks>Refuses with <c>content.upload-…</c>. It only reads; the caller deletes the file.</remarks>
public sealed class UploadGate(Ffmpeg ffmpeg)
{
    private static readonly HashSet<string> Codecs =
    [
        "h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mjpeg", "png", "webp", "gif", "aac", "mp3", "opus", "vorbis", "flac", "alac",
        "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_u8", "pcm_s16be",
    ];

    public async Task<Outcome<Admitted>> Look(string path, CancellationToken stop)
    {
        if (!Header(path).Is(out var header, out var why))
            return why;
        if (await ffmpeg.Probe(path, header.Kind, stop) is not { } probed)
            return new Refusal("content.upload-unreadable", header.Kind.Name);
        if (Limits(header.Kind, probed) is { } beyond)
            return beyond;
        var end = await ffmpeg.DecodeAll(path, header.Kind, stop);
        if (!end.Good)
            return end.TimedOut ? new Refusal("content.upload-too-slow") : new Refusal("content.upload-broken", header.Kind.Name);
        return new Admitted(header.Kind, MediumOf(header.Kind, probed), probed, header.Picture);
    }

    private static Outcome<(FileKind Kind, PictureHeader? Picture)> Header(string path)
    {
        using var file = File.OpenRead(path);
        var head = new byte[FileKind.BytesNeeded];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (FileKind.Of(head.AsSpan(0, read)) is not { } kind)
            return new Refusal("content.upload-kind");
        if (kind.Medium != Medium.Picture || kind == FileKind.Webp)
            return (kind, null);
        if (PictureHeader.Read(kind, file) is not { } picture)
            return new Refusal("content.upload-unreadable", kind.Name);
        if (!picture.Whole)
            return new Refusal("content.upload-trailing", kind.Name);
        return Size(picture.WidthPx, picture.HeightPx) is { } beyond ? beyond : (kind, picture);
    }

    /// <summary>Pure: what the streams may be.</summary>
    internal static Refusal? Limits(FileKind kind, Probed probed)
    {
        if (probed.Streams > ContentLimits.Streams)
            return new("content.upload-streams", $"{ContentLimits.Streams}");
        if (probed.VideoCodec is { } video && !Codecs.Contains(video))
            return new("content.upload-codec", video);
        if (probed.AudioCodec is { } audio && !Codecs.Contains(audio))
            return new("content.upload-codec", audio);
        if (kind.Medium == Medium.Sound)
            return probed.AudioCodec is null ? new("content.upload-no-sound") : Length(probed);
        if (probed.VideoCodec is null)
            return probed.AudioCodec is null ? new("content.upload-unreadable", kind.Name) : Length(probed);
        if (Size(probed.WidthPx, probed.HeightPx) is { } size)
            return size;
        if (kind.Medium == Medium.Picture)
            return null;
        if (probed.WidthPx > ContentLimits.LongestVideoEdgePx || probed.HeightPx > ContentLimits.LongestVideoEdgePx)
            return new("content.upload-dimensions", $"{probed.WidthPx} × {probed.HeightPx}", $"{ContentLimits.LongestVideoEdgePx} × {ContentLimits.LongestVideoEdgePx}");
        return probed.FramesPerSecond > ContentLimits.FramesPerSecond + 0.5 ? new("content.upload-frame-rate", $"{ContentLimits.FramesPerSecond}") : Length(probed);
    }

    private static Refusal? Length(Probed probed) => probed.DurationMs > ContentLimits.LongestMedia.TotalMilliseconds
        ? new("content.upload-too-long", $"{(int)ContentLimits.LongestMedia.TotalMinutes}")
        : null;

    private static Refusal? Size(int width, int height) =>
        width < 1 || height < 1 ? new("content.upload-unreadable", "")
        : (long)width * height > ContentLimits.ImagePixels ? new("content.upload-dimensions", $"{width} × {height}", "7680 × 4320")
        : null;

    /// <summary>A moving GIF is a clip; an MP4 without a picture is sound.</summary>
    private static Medium MediumOf(FileKind kind, Probed probed) =>
        kind == FileKind.Gif && probed.DurationMs > 500 ? Medium.Video : kind.Medium == Medium.Video && probed.VideoCodec is null ? Medium.Sound : kind.Medium;
}
