using System.Diagnostics;

namespace BorderInfo.Tests.Spine;

/// <summary>Pictures as R, G, B bytes.</summary>
internal static class Pixels
{
    /// <summary>A PNG or JPEG file, decoded.</summary>
    public static async Task<byte[]> Of(byte[] file)
    {
        using var program = Tool("ffmpeg", "-v", "error", "-i", "pipe:0", "-frames:v", "1", "-pix_fmt", "rgb24", "-f", "rawvideo", "pipe:1");
        using var bytes = new MemoryStream();
        var reading = program.StandardOutput.BaseStream.CopyToAsync(bytes);
        await program.StandardInput.BaseStream.WriteAsync(file);
        program.StandardInput.Close();
        await reading;
        await program.WaitForExitAsync();
        return bytes.ToArray();
    }

    /// <summary>Every so many pixels of every so many lines, as <see cref="Screen.Region"/> gives them.</summary>
    public static byte[] Thinned(byte[] rgb, int width, int every) =>
        [.. rgb.Chunk(width * 3).Where((_, line) => line % every == 0).SelectMany(line => line.Chunk(3).Where((_, column) => column % every == 0).SelectMany(p => p))];

    /// <summary>Mean difference a channel, 0–255; 255 when they are not of one size.</summary>
    public static double Differ(byte[] a, byte[] b)
    {
        if (a.Length != b.Length || a.Length == 0)
            return 255;
        long sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum / (double)a.Length;
    }

    /// <summary>Mean red, green and blue, 0–255.</summary>
    public static (double R, double G, double B) Mean(byte[] rgb)
    {
        long r = 0, g = 0, b = 0;
        for (var i = 0; i < rgb.Length; i += 3)
            (r, g, b) = (r + rgb[i], g + rgb[i + 1], b + rgb[i + 2]);
        var n = rgb.Length / 3.0;
        return (r / n, g / n, b / n);
    }

    /// <summary>Runs a tool that makes a file.</summary>
    public static async Task Make(string program, params string[] args)
    {
        using var tool = Tool(program, args);
        tool.StandardInput.Close();
        await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, $"{program} {string.Join(' ', args)} ended with {tool.ExitCode}");
    }

    private static Process Tool(string program, params string[] args) =>
        Process.Start(new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
