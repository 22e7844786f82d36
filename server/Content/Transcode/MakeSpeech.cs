using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BorderInfo.Server.Content.Store;
using BorderInfo.Server.Content.Uploads;

namespace BorderInfo.Server.Content.Transcode;

/// <summary>EBU R 128 figures.</summary>
/// <param name="Lufs">Integrated loudness.</param>
/// <param name="TruePeakDb">dBTP.</param>
public readonly record struct Loudness(double Lufs, double TruePeakDb);

/// <summary>
/// Sound for loudspeakers: AAC 48 kHz at <see cref="TargetLufs"/> ± <see cref="ToleranceLu"/>, true peak at most <see cref="PeakDb"/>, measured on the finished file.
/// </summary>
/// <remarks>
/// Two passes of loudnorm over the same chain; when the finished file misses (short speech with high peaks does), the difference is added before a limiter and it is
/// made again, at most three times. The approver hears exactly the file the speaker will play.
/// Refuses with <c>content.audio-silent</c>, <c>content.audio-too-short</c>, <c>content.audio-loudness</c>.
/// Source of the target: measurement on horns with espeak-ng and recorded speech, EBU R 128 s1.
/// </remarks>
public sealed partial class MakeSpeech(Ffmpeg ffmpeg, ContentStore store)
{
    public const double TargetLufs = -16;
    public const double ToleranceLu = 1;
    public const double PeakDb = -1.5;

    /// <summary>Horns cannot say what is below 100 Hz; the compressor brings speech together so that loudnorm can stay linear.</summary>
    private const string Chain = "aresample=48000,highpass=f=100,acompressor=threshold=-21dB:ratio=3:attack=5:release=120";

    private const string Target = "loudnorm=I=-16:TP=-2.5:LRA=7";

    public async Task<Outcome<Master>> From(IReadOnlyList<string> input, int durationMs, Action<int> percent, CancellationToken stop)
    {
        var length = TimeSpan.FromMilliseconds(Math.Max(durationMs, 1000));
        var first = await ffmpeg.Measure(input, $"{Chain},{Target}:print_format=json", length, stop);
        if (!first.Good || Pass(first.ErrorTail) is not { } pass)
            return new Refusal("content.upload-not-converted", "audio");
        if (pass.Lufs < -60)
            return new Refusal("content.audio-silent");
        percent(40);
        return await Encode(input, pass.Second, length, percent, stop);
    }

    /// <summary>What the finished file really is.</summary>
    public async Task<Loudness?> LoudnessOf(string path, TimeSpan length, CancellationToken stop)
    {
        var end = await ffmpeg.Measure(Ffmpeg.FromOurs(path), "ebur128=peak=true:framelog=verbose", length, stop);
        var summary = Summary().Match(end.ErrorTail);
        return end.Good && summary.Success ? new Loudness(Real(summary.Groups["i"].Value), Real(summary.Groups["peak"].Value)) : null;
    }

    private async Task<Outcome<Master>> Encode(IReadOnlyList<string> input, string second, TimeSpan length, Action<int> percent, CancellationToken stop)
    {
        var gainDb = 0.0;
        var ceilingDb = PeakDb - 0.7;
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var into = store.Temporary();
            try
            {
                var filter = $"{Chain},{second},aresample=48000,volume={Ffmpeg.Number(gainDb)}dB,alimiter=limit={Ffmpeg.Number(Math.Pow(10, ceilingDb / 20))}:attack=2:release=60:level=false";
                var end = await ffmpeg.Make(input, ["-map", "0:a:0", "-vn", "-af", filter, "-ac", "1", "-ar", "48000", "-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart", "-f", "mp4"], into, length, null, stop);
                if (!end.Good || await ffmpeg.Probe(into, FileKind.M4a, stop) is not { } made)
                    return new Refusal("content.upload-not-converted", "audio");
                if (made.DurationMs < ContentLimits.ShortestAudio.TotalMilliseconds)
                    return new Refusal("content.audio-too-short");
                percent(40 + (attempt * 14));
                if (await LoudnessOf(into, length, stop) is not { } loud)
                    return new Refusal("content.upload-not-converted", "audio");
                if (Math.Abs(loud.Lufs - TargetLufs) <= ToleranceLu - 0.3 && loud.TruePeakDb <= PeakDb)
                    return new Master(await store.Take(into, stop), "audio/mp4", made.DurationMs);
                gainDb += TargetLufs - loud.Lufs;
                ceilingDb -= Math.Max(0, loud.TruePeakDb - PeakDb + 0.1);
            }
            finally
            {
                File.Delete(into);
            }
        }

        return new Refusal("content.audio-loudness");
    }

    private static (double Lufs, string Second)? Pass(string report)
    {
        var at = report.LastIndexOf('{');
        if (at < 0)
            return null;
        using var read = JsonDocument.Parse(report[at..(report.LastIndexOf('}') + 1)]);
        string Of(string name) => read.RootElement.GetProperty(name).GetString()!;
        var lufs = Of("input_i") == "-inf" ? double.NegativeInfinity : Real(Of("input_i"));
        return (lufs, $"{Target}:measured_I={Of("input_i")}:measured_TP={Of("input_tp")}:measured_LRA={Of("input_lra")}:measured_thresh={Of("input_thresh")}:offset={Of("target_offset")}:linear=true");
    }

    private static double Real(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Summary:.*?I:\s+(?<i>-?[\d.]+) LUFS.*Peak:\s+(?<peak>-?[\d.]+) dBFS", RegexOptions.Singleline)]
    private static partial Regex Summary();
}
