using System.Diagnostics;
using System.Globalization;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>A look at the real screen through X, by a short-lived ffmpeg: a JPEG at most 480 px wide and the mean brightness.</summary>
internal sealed class ScreenGrab(PlanOutput output, PlaySettings settings)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim one = new(1, 1);
    private (string Path, byte[] Grey)? wanted;

    /// <param name="Luma">Mean over the picture, 0 (black) to 255.</param>
    /// <param name="Grey"><see cref="LookAlike.Cells"/> bytes.</param>
    public sealed record Picture(byte[] Jpeg, double Luma, byte[] Grey);

    /// <summary>The region of the display, whatever lies over it; null when there is no X or no ffmpeg.</summary>
    public Task<Picture?> OfDisplay(CancellationToken stop) => Run(
        ["-f", "x11grab", "-draw_mouse", "0", "-video_size", Text($"{output.WidthPx}x{output.HeightPx}"),
         "-i", Text($"{settings.Displays[output.Screen]}+{output.X},{output.Y}")],
        stop);

    /// <summary>True when the grabbed region shows this still, and the still has enough in it to tell.</summary>
    public async Task<bool> Agrees(Picture seen, string still, CancellationToken stop)
    {
        if (wanted?.Path != still)
            wanted = await GreyOf(still, stop) is { } grey ? (still, grey) : null;
        return wanted is { } w && LookAlike.Agrees(seen.Grey, w.Grey);
    }

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
            return grey is { Length: > 0 } && File.Exists(jpeg) ? new(await File.ReadAllBytesAsync(jpeg, stop), grey.Average(pixel => (double)pixel), grey) : null;
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

    private async Task<byte[]?> GreyOf(string path, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        try
        {
            return await Grey(Command(["-protocol_whitelist", "file", "-i", path], []), limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private ProcessStartInfo Command(IEnumerable<string> input, string jpeg) =>
        Command(input, ["-frames:v", "1", "-vf", "scale='min(480,iw)':-2", "-q:v", "5", jpeg]);

    // The last output is grey bytes on standard output: no picture decoder is needed here.
    private ProcessStartInfo Command(IEnumerable<string> input, IEnumerable<string> first)
    {
        var info = new ProcessStartInfo(settings.FfmpegPath) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])["-v", "error", "-nostdin", "-y", .. input, .. first,
            "-frames:v", "1", "-vf", Text($"scale={LookAlike.Columns}:{LookAlike.Rows}:flags=area,format=gray"), "-f", "rawvideo", "pipe:1"])
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
