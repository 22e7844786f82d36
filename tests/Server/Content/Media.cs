using System.Diagnostics;
using System.Text.Json;

namespace BorderInfo.Tests.Server.Content;

/// <summary>Media made by the real ffmpeg for one test.</summary>
internal static class Media
{
    public static async Task<string> Make(string folder, string name, params string[] arguments)
    {
        var path = Path.Combine(folder, name);
        await Run("ffmpeg", ["-nostdin", "-y", "-v", "error", .. arguments, path]);
        return path;
    }

    public static Task<string> Picture(string folder, string name = "anh.png", string size = "640x480") => Make(folder, name, "-f", "lavfi", "-i", $"testsrc2=size={size}", "-frames:v", "1");

    public static Task<string> Clip(string folder, string name = "clip.mp4") => Make(folder, name, "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=25:duration=3", "-f", "lavfi", "-i", "sine=duration=3", "-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart", "-metadata", "title=SECRET-METADATA");

    /// <summary>Width, height, codec, pixel format, streams and duration of a file, as ffprobe sees it.</summary>
    public static async Task<JsonElement> Probe(string path) =>
        JsonDocument.Parse(await Run("ffprobe", ["-v", "error", "-show_streams", "-show_format", "-of", "json", path])).RootElement;

    /// <summary>Integrated loudness and true peak by ebur128.</summary>
    public static async Task<(double Lufs, double PeakDb)> Loudness(string path)
    {
        var report = await Run("ffmpeg", ["-nostdin", "-hide_banner", "-nostats", "-i", path, "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"]);
        var summary = report[report.LastIndexOf("Summary:", StringComparison.Ordinal)..];
        return (After(summary, "I:"), After(summary, "Peak:"));
    }

    private static double After(string text, string label)
    {
        var words = text[(text.IndexOf(label, StringComparison.Ordinal) + label.Length)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return double.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    public static async Task<string> Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
        return await output + error;
    }
}
