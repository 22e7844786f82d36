using System.Globalization;
using System.Text;

namespace BorderInfo.Tests.Spine.Figures;

/// <summary>The table of one measurement, written line by line into the file that <c>BORDERINFO_BENCH</c> names; <c>deploy/bench</c> shows it as it grows.</summary>
internal sealed class Sheet
{
    private readonly string? file = Environment.GetEnvironmentVariable("BORDERINFO_BENCH");

    public Sheet(string title)
    {
        Say(string.Create(CultureInfo.InvariantCulture, $"== {title} · {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC · {Environment.ProcessorCount} cores · load {Load}"));
        Say(Line("what", "n", "p50", "p95", "max", "goal"));
    }

    /// <summary>Load average of the last minute.</summary>
    public static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <param name="unit">ms, s, MB, %.</param>
    /// <param name="goal">What the 95th percentile should not pass; null = told for its own sake.</param>
    public void Row(string what, IReadOnlyCollection<double> values, string unit, double? goal = null)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            Say(Line(what, "0", "–", "–", "–", ""));
            return;
        }

        var p95 = At(sorted, 0.95);
        var verdict = goal is { } g ? $"≤ {Number(g)} {unit} {(p95 <= g * 1.0001 ? "held" : "MISSED")}" : "";
        Say(Line(what, $"{sorted.Length}", $"{Number(At(sorted, 0.5))} {unit}", $"{Number(p95)} {unit}", $"{Number(sorted[^1])} {unit}", verdict));
    }

    /// <summary>A count that should be nothing.</summary>
    public void Count(string what, int of, int wrong) => Say(Line(what, $"{of}", "", "", $"{wrong}", wrong == 0 ? "0 held" : "0 MISSED"));

    public void Say(string line)
    {
        Console.WriteLine(line);
        if (file is { Length: > 1 })
            File.AppendAllText(file, line + "\n");
    }

    public void End() => Say($"   load at the end {Load}\n");

    /// <summary>Nearest rank: the smallest value that so many of them do not pass.</summary>
    private static double At(double[] sorted, double part) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * part) - 1)];

    private static string Number(double value) => value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static string Line(string what, string n, string p50, string p95, string max, string goal) =>
        $"{what.PadRight(Math.Max(58, what.Length))} {n,6} {p50,10} {p95,10} {max,10}  {goal}".TrimEnd();
}
