namespace BorderInfo.Tests.Spine;

/// <summary>Files to upload, made so that they are recognised on a screen.</summary>
internal static class Patterns
{
    /// <summary>A colourful picture in the proportions of no output.</summary>
    public static async Task<string> Photo(string folder)
    {
        var file = Path.Combine(folder, "photo.jpg");
        await Pixels.Make("convert", "-size", "800x600", "-seed", "7", "plasma:tomato-steelblue", "-quality", "92", file);
        return file;
    }

    /// <summary>Four seconds, left half red, right half blue, a white bar that falls from top to bottom; 960 × 540, as the LCD panel of the sample site.</summary>
    public static async Task<string> Film(string folder)
    {
        var file = Path.Combine(folder, "film.mp4");
        await Pixels.Make(
            "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "color=c=red:s=480x540:r=25:d=4", "-f", "lavfi", "-i", "color=c=blue:s=480x540:r=25:d=4", "-f", "lavfi", "-i", "color=c=white:s=960x40:r=25:d=4",
            "-filter_complex", "[0][1]hstack[back];[back][2]overlay=x=0:y=t*120", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", file);
        return file;
    }

    /// <summary>The line where the bar of <see cref="Film"/> begins; null when this is not a frame of it.</summary>
    public static int? BarOfFilm(byte[] rgb, int width)
    {
        var lines = rgb.Chunk(width * 3).ToArray();
        var bar = Array.FindIndex(lines, line => Pixels.Mean(line) is { R: > 200, G: > 200, B: > 200 });
        return bar >= 0 && lines.Count(line => IsBackground(line, width)) > lines.Length - 60 ? bar : null;
    }

    /// <summary>A clip that does not shrink: noise over magenta, about <paramref name="seconds"/> MB of it since a clip is held to 8 Mbit/s.</summary>
    public static async Task<string> Noise(string folder, int seconds)
    {
        var file = Path.Combine(folder, "noise.mp4");
        await Pixels.Make(
            "ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", $"color=c=magenta:s=320x320:r=25:d={seconds}", "-vf", "noise=alls=100:allf=t+u", "-c:v", "libx264", "-preset", "veryfast", "-crf", "10", "-pix_fmt", "yuv420p", file);
        return file;
    }

    /// <summary>A frame of <see cref="Noise"/>, by its mean colour.</summary>
    public static bool IsNoise(byte[] rgb) => Pixels.Mean(rgb) is var (r, g, b) && r - g > 60 && b - g > 60;

    private static bool IsBackground(byte[] line, int width)
    {
        var (left, right) = (Pixels.Mean(line[..(width / 2 * 3)]), Pixels.Mean(line[(width / 2 * 3)..]));
        return left is { R: > 180, G: < 60, B: < 60 } && right is { R: < 60, G: < 60, B: > 180 };
    }
}
