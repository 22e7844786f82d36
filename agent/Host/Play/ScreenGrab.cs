using System.Diagnostics;
using System.Globalization;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>A look at the real screen through X, by a short-lived ffmpeg: a JPEG at most 480 px wide and the mean brightness.</summary>
internal sealed class ScreenGrab(PlanOutput output, PlaySettings settings)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim one = new(1, 1);

    /// <param name="Luma">Mean over the picture, 0 (black) to 255.</param>
    public sealed record Picture(byte[] Jpeg, double Luma);

    /// <summary>The region of the display, whatever lies over it; null when there is no X or no ffmpeg.</summary>
    public Task<Picture?> OfDisplay(CancellationToken stop) => Run(
        ["-f", "x11grab", "-draw_mouse", "0", "-video_size", Text($"{output.WidthPx}x{output.HeightPx}"),
         "-i", Text($"{settings.Displays[output.Screen]}+{output.X},{output.Y}")],
        stop);

    /// <summary>The same of a picture file, for a screen shot made by mpv itself.</summary>
    public Task<Picture?> OfFile(string path, CancellationToken stop) => Run(["-i", path], stop);

    private async Task<Picture?> Run(IEnumerable<string> input, CancellationToken stop)
    {
        await one.WaitAsync(stop);
        var jpeg = Path.Combine(settings.RunFolder, output.Id + ".grab.jpg");
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Limit);
            var grey = await Grey(Command(input, jpeg), limit.Token);
            return grey is { Length: > 0 } && File.Exists(jpeg) ? new(await File.ReadAllBytesAsync(jpeg, stop), grey.Average(pixel => (double)pixel)) : null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            File.Delete(jpeg);
            one.Release();
        }
    }

    // A second output of the same frame, 64 x 36 grey bytes on standard output: no picture decoder is needed here.
    private ProcessStartInfo Command(IEnumerable<string> input, string jpeg)
    {
        var info = new ProcessStartInfo(settings.FfmpegPath) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])["-v", "error", "-nostdin", "-y", .. input,
            "-frames:v", "1", "-vf", "scale='min(480,iw)':-2", "-q:v", "5", jpeg,
            "-frames:v", "1", "-vf", "scale=64:36:flags=area,format=gray", "-f", "rawvideo", "pipe:1"])
            info.ArgumentList.Add(word);
        foreach (var (name, value) in settings.Environment)
            info.Environment[name] = value;
        return info;
    }

    /// <summary>Null when it cannot be started or fails.</summary>
    private static async Task<byte[]?> Grey(ProcessStartInfo command, CancellationToken stop)
    {
        using var child = await ChildStarter.Start(command);
        if (child is null)
            return null;
        try
        {
            using var grey = new MemoryStream();
            var complaints = child.StandardError.ReadToEndAsync(stop);
            await child.StandardOutput.BaseStream.CopyToAsync(grey, stop);
            await complaints;
            await child.WaitForExitAsync(stop);
            return child.ExitCode == 0 ? grey.ToArray() : null;
        }
        finally
        {
            child.Kill();
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
