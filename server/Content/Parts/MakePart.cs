using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Slides;
using BorderInfo.Server.Content.Store;
using BorderInfo.Server.Content.Transcode;

namespace BorderInfo.Server.Content.Parts;

/// <summary>Makes the pages, the picture or the clip of one profile at its exact pixels. Speech is ready since its upload.</summary>
/// <remarks>
/// Pictures and clips stand before a dimmed, blurred copy of themselves. Small surfaces (LED) get PNG, large ones JPEG 4:4:4. Clips are H.264 High, 25 frames/s, at most 8 Mbit/s,
/// without sound; H.264 needs even edges, so an odd edge gets one pixel more.
/// </remarks>
internal sealed class MakePart(SlideRenderer slides, Ffmpeg ffmpeg, ContentStore store)
{
    /// <summary>Up to this many pixels a picture is kept as PNG.</summary>
    private const int SmallSurfacePixels = 640 * 400;

    public async Task<Outcome<IReadOnlyList<PartRow>>> For(Profile profile, CancellationToken stop)
    {
        var made = profile.Rendition.Kind switch
        {
            RenditionKind.Text => await Pages(profile, stop),
            RenditionKind.Image => await Picture(profile, stop),
            RenditionKind.Video => await Clip(profile, stop),
            _ => Ready(profile, PartKind.Speech, profile.Rendition.Media, "audio/mp4"),
        };
        return made;
    }

    private async Task<Outcome<IReadOnlyList<PartRow>>> Pages(Profile profile, CancellationToken stop)
    {
        var r = profile.Rendition;
        var drawn = await slides.Draw(new(r.Text ?? "", r.Language, profile.Class, profile.Look, r.Headline, profile.Below), profile.WidthPx, profile.HeightPx, stop);
        if (!drawn.Is(out var pages, out var why))
            return why;
        var rows = new List<PartRow>();
        foreach (var page in pages)
        {
            var hash = await store.Keep(page.Png, stop);
            rows.Add(Row(profile, PartKind.Still, hash, "image/png", page.DurationMs, rows.Count + 1, pages.Count));
        }

        return rows;
    }

    private async Task<Outcome<IReadOnlyList<PartRow>>> Picture(Profile profile, CancellationToken stop)
    {
        var (w, h) = (profile.WidthPx, profile.HeightPx);
        var png = w * h <= SmallSurfacePixels;
        var filter =
            $"[0:v]format=rgba,split[a][b];[a]scale={w}:{h}:force_original_aspect_ratio=increase,crop={w}:{h},boxblur=luma_radius='min(min(w,h)/12,40)':luma_power=2,eq=brightness=-0.28:saturation=0.7,format=rgb24[back];"
            + $"[b]scale={w}:{h}:force_original_aspect_ratio=decrease:flags=area[front];[back][front]overlay=(W-w)/2:(H-h)/2:format=rgb,format={(png ? "rgb24" : "yuvj444p")}[out]";
        string[] output = ["-filter_complex", filter, "-map", "[out]", "-frames:v", "1", .. png ? (string[])["-c:v", "png"] : ["-c:v", "mjpeg", "-q:v", "2"], "-f", "image2pipe"];
        var mediaType = png ? "image/png" : "image/jpeg";
        return await Made(profile, output, TimeSpan.FromSeconds(20), PartKind.Still, mediaType, stop);
    }

    private async Task<Outcome<IReadOnlyList<PartRow>>> Clip(Profile profile, CancellationToken stop)
    {
        var (w, h) = ((profile.WidthPx + 1) / 2 * 2, (profile.HeightPx + 1) / 2 * 2);
        string[] output =
        [
            "-an", "-filter_complex", Blurred(w, h), "-map", "[out]",
            "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-level", "4.1", "-crf", "20", "-maxrate", "8M", "-bufsize", "8M", "-g", "50", "-movflags", "+faststart", "-f", "mp4",
        ];
        return await Made(profile, output, TimeSpan.FromMilliseconds(profile.Rendition.DurationMs), PartKind.Clip, "video/mp4", stop);
    }

    /// <summary>The ground is blurred at an eighth of the size, which costs next to nothing and looks the same.</summary>
    private static string Blurred(int w, int h)
    {
        var (small, low) = (Math.Max(16, w / 16 * 2), Math.Max(16, h / 16 * 2));
        return $"[0:v:0]fps=25,format=yuv420p,split[a][b];[a]scale={small}:{low}:force_original_aspect_ratio=increase:force_divisible_by=2,crop={small}:{low},boxblur=3:2,eq=brightness=-0.28:saturation=0.7,scale={w}:{h},setsar=1[back];"
            + $"[b]scale={w}:{h}:force_original_aspect_ratio=decrease:flags=area,setsar=1[front];[back][front]overlay=(W-w)/2:(H-h)/2,format=yuv420p[out]";
    }

    private async Task<Outcome<IReadOnlyList<PartRow>>> Made(Profile profile, string[] output, TimeSpan length, PartKind kind, string mediaType, CancellationToken stop)
    {
        if (profile.Rendition.Media is not { } source || !store.Has(source))
            return new Refusal("content.media-missing", profile.Rendition.Language);
        var into = store.Temporary();
        try
        {
            var end = await ffmpeg.Make(Ffmpeg.FromOurs(store.PathOf(source)), output, into, length, null, stop);
            if (!end.Good)
                return new Refusal("content.part-failed", $"{profile.WidthPx} × {profile.HeightPx}");
            var duration = profile.Rendition.DurationMs;
            if (kind == PartKind.Clip)
                duration = (await ffmpeg.Probe(into, Uploads.FileKind.Mp4, stop))?.DurationMs ?? duration;
            var hash = await store.Take(into, stop);
            return (Outcome<IReadOnlyList<PartRow>>)new[] { Row(profile, kind, hash, mediaType, duration, 1, 1) };
        }
        finally
        {
            File.Delete(into);
        }
    }

    private Outcome<IReadOnlyList<PartRow>> Ready(Profile profile, PartKind kind, MediaHash? media, string mediaType) =>
        media is { } hash && store.Has(hash) ? new[] { Row(profile, kind, hash, mediaType, profile.Rendition.DurationMs, 1, 1) } : new Refusal("content.media-missing", profile.Rendition.Language);

    private PartRow Row(Profile profile, PartKind kind, MediaHash hash, string mediaType, int durationMs, int page, int pages) => new()
    {
        Profile = profile.Key,
        Page = page,
        Pages = pages,
        Kind = kind,
        Hash = hash.Value,
        Size = store.SizeOf(hash),
        MediaType = mediaType,
        DurationMs = Math.Max(500, durationMs),
    };
}
