using System.Globalization;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Agent.Play;

/// <summary>The built-in picture of one output: never empty, never black, made without network, server or shelf.</summary>
/// <remarks>A calm blue field from a file in the run folder; the words lie over it as a libass overlay, so no font is drawn by us.</remarks>
internal sealed class SafeScreen
{
    private const string Vietnamese = "Cụm thông tin đối ngoại";
    private const string English = "Foreign-information cluster";

    // The widest letters of Noto Sans Bold are about as wide as this share of the size, on average over Vietnamese names.
    private const double LetterWidth = 0.6;

    private SafeScreen(PlanOutput output, string path, string overlay) =>
        (Path, Overlay, WidthPx, HeightPx) = (path, overlay, output.WidthPx, output.HeightPx);

    /// <summary>The PNG, of the output's exact size.</summary>
    public string Path { get; }

    /// <summary>ASS events, one a line, in a space of the output's pixels.</summary>
    public string Overlay { get; }

    public int WidthPx { get; }

    public int HeightPx { get; }

    public static SafeScreen Make(PlanOutput output, string clusterName, string runFolder)
    {
        var path = System.IO.Path.Combine(runFolder, string.Create(CultureInfo.InvariantCulture, $"safe-{output.WidthPx}x{output.HeightPx}-{output.Id}.png"));
        File.WriteAllBytes(path, FlatPng.Draw(output.WidthPx, output.HeightPx, (12, 45, 94), (196, 160, 70)));
        return new(output, path, Words(output.WidthPx, output.HeightPx, clusterName));
    }

    private static string Words(int widthPx, int heightPx, string clusterName)
    {
        var name = clusterName.Length == 0 ? Vietnamese : clusterName;
        var big = SizeFor(name, widthPx, heightPx * 0.22);
        var small = Math.Min(big, SizeFor(English, widthPx, heightPx * 0.13));
        var lines = clusterName.Length == 0 ? new[] { (0.38, name, big), (0.64, English, small) }
            : [(0.28, Vietnamese, small), (0.50, name, big), (0.72, English, small)];
        return string.Join('\n', lines.Select(line => Line(widthPx / 2, (int)(heightPx * line.Item1), line.Item3, line.Item2)));
    }

    private static int SizeFor(string text, int widthPx, double atMost) => (int)Math.Max(6, Math.Min(atMost, widthPx * 0.92 / (text.Length * LetterWidth)));

    private static string Line(int x, int y, int size, string text) => string.Create(
        CultureInfo.InvariantCulture, $@"{{\an5\pos({x},{y})\q2\fnNoto Sans\fs{size}\b1\bord0\shad0\1c&HFFFFFF&}}{Plain(text)}");

    // Braces and backslashes are commands in ASS.
    private static string Plain(string text) => string.Concat(text.Select(c => c is '{' or '}' or '\\' || char.IsControl(c) ? ' ' : c));
}
