using BorderInfo.Server.Content.Store;
using BorderInfo.Server.Content.Uploads;

namespace BorderInfo.Server.Content.Transcode;

/// <summary>Our own file made from an upload; the only thing that is kept of it.</summary>
/// <param name="DurationMs">0 for a picture.</param>
public sealed record Master(MediaHash Hash, string MediaType, int DurationMs);

/// <summary>
/// Always re-encodes what the gate admitted, so that nothing hidden in the upload (metadata, a second format behind the first, odd codecs) survives.
/// </summary>
/// <remarks>Pictures: PNG, or JPEG 4:4:4 when they came as JPEG, at most 3840 px. Clips: H.264 without sound, at most 1920 px. Sound: see <see cref="MakeSpeech"/>.</remarks>
public sealed class MakeMaster(Ffmpeg ffmpeg, MakeSpeech speech, ContentStore store)
{
    public async Task<Outcome<Master>> From(string path, Admitted admitted, Action<int> percent, CancellationToken stop) => admitted.Medium switch
    {
        Medium.Picture => await Picture(path, admitted, stop),
        Medium.Video => await Clip(path, admitted, percent, stop),
        _ => await speech.From(Ffmpeg.FromOutside(path, admitted.Kind), admitted.Streams.DurationMs, percent, stop),
    };

    private async Task<Outcome<Master>> Picture(string path, Admitted admitted, CancellationToken stop)
    {
        var jpeg = admitted.Kind == FileKind.Jpeg;
        var filter = string.Join(',', [.. Upright(admitted.Picture?.Orientation ?? 1), "scale=w='min(iw,3840)':h='min(ih,3840)':force_original_aspect_ratio=decrease:flags=lanczos", jpeg ? "format=yuvj444p" : "format=rgba"]);
        string[] output = ["-frames:v", "1", "-vf", filter, .. jpeg ? ["-c:v", "mjpeg", "-q:v", "2", "-f", "mjpeg"] : (string[])["-c:v", "png", "-f", "image2pipe"]];
        return await Kept(path, admitted, output, TimeSpan.FromSeconds(30), null, jpeg ? "image/jpeg" : "image/png", stop);
    }

    private async Task<Outcome<Master>> Clip(string path, Admitted admitted, Action<int> percent, CancellationToken stop)
    {
        var length = TimeSpan.FromMilliseconds(Math.Max(admitted.Streams.DurationMs, 1000));
        string[] output =
        [
            "-map", "0:V:0", "-an",
            "-vf", "scale=w='min(iw,1920)':h='min(ih,1920)':force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic,setsar=1,format=yuv420p", "-fpsmax", "30",
            "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-crf", "18", "-g", "50", "-movflags", "+faststart", "-f", "mp4",
        ];
        return await Kept(path, admitted, output, length, ms => percent((int)Math.Min(99, ms * 100 / length.TotalMilliseconds)), "video/mp4", stop);
    }

    private async Task<Outcome<Master>> Kept(string path, Admitted admitted, string[] output, TimeSpan length, Action<long>? progress, string mediaType, CancellationToken stop)
    {
        var into = store.Temporary();
        try
        {
            // A picture is turned by us, from its EXIF block; ffmpeg would do it a second time.
            string[] upright = admitted.Medium == Medium.Picture ? ["-noautorotate"] : [];
            var end = await ffmpeg.Make([.. upright, .. Ffmpeg.FromOutside(path, admitted.Kind)], output, into, length, progress, stop);
            if (!end.Good)
                return new Refusal("content.upload-not-converted", admitted.Kind.Name);
            var duration = mediaType == "video/mp4" ? (await ffmpeg.Probe(into, FileKind.Mp4, stop))?.DurationMs ?? 0 : 0;
            return new Master(await store.Take(into, stop), mediaType, duration);
        }
        finally
        {
            File.Delete(into);
        }
    }

    /// <summary>Turns a photograph the way the camera was held.</summary>
    internal static string[] Upright(int orientation) => orientation switch
    {
        2 => ["hflip"],
        3 => ["hflip", "vflip"],
        4 => ["vflip"],
        5 => ["transpose=0"],
        6 => ["transpose=1"],
        7 => ["transpose=3"],
        8 => ["transpose=2"],
        _ => [],
    };
}
