using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Fleet.Registry;

/// <summary>Pure: what an output may be, and its short forms in the table and in forms.</summary>
internal static class OutputRules
{
    public const int MostPx = 7680;

    public static ClusterOutput View(OutputRow row) => new(
        OutputId.Parse(row.Output), row.Name, row.Kind, row.Screen, row.X, row.Y, row.WidthPx, row.HeightPx, row.Languages, row.VolumePercent,
        TryWindows(row.QuietHours, out var quiet) ? quiet : [])
    {
        RequiredLanguages = row.RequiredLanguages,
        Fallbacks = LanguageRules.Fallbacks(row.Fallbacks),
    };

    /// <summary>Null = fine. <paramref name="others"/> are the other outputs of the cluster.</summary>
    public static Refusal? WhyNot(ClusterOutput output, IEnumerable<ClusterOutput> others)
    {
        if (!OutputId.TryParse(output.Id.Value, out _))
            return new Refusal("fleet.output-id-form") { Field = "Id" };
        if (output.Name.Trim().Length is < 1 or > 120)
            return new Refusal("fleet.output-name") { Field = "Name" };
        if (output.Languages.Count is 0 or > PlanLimits.LanguagesPerOutput || output.Languages.Any(l => !LanguageNames.IsTag(l)))
            return new Refusal("fleet.output-languages") { Field = "Languages" };
        if (LanguageRules.WhyNot(output) is { } languages)
            return languages;
        if (output.Screen is < 1 or > 16)
            return new Refusal("fleet.output-screen") { Field = "Screen" };
        if (others.Count() >= PlanLimits.Outputs)
            return new Refusal("fleet.output-too-many", PlanLimits.Outputs.ToString(CultureInfo.InvariantCulture)) { Field = "Id" };
        // What a plan does not take is not written down: it would keep every plan from the site.
        if (output.QuietHours.Count > PlanLimits.QuietHours)
            return new Refusal("fleet.output-quiet") { Field = "QuietHours" };
        if (output.VolumePercent is < 0 or > 100)
            return new Refusal("fleet.output-volume") { Field = "VolumePercent" };
        return output.Kind == OutputKind.Speaker ? null : WhyNotPicture(output, others);
    }

    private static Refusal? WhyNotPicture(ClusterOutput output, IEnumerable<ClusterOutput> others)
    {
        // Pictures and clips are made at exactly this size; video needs even numbers.
        if (output.WidthPx is < 32 or > MostPx || output.HeightPx is < 32 or > MostPx || output.WidthPx % 2 != 0 || output.HeightPx % 2 != 0)
            return new Refusal("fleet.output-size", MostPx.ToString(CultureInfo.InvariantCulture)) { Field = "WidthPx" };
        if (output.X is < 0 or > MostPx || output.Y is < 0 or > MostPx)
            return new Refusal("fleet.output-place", MostPx.ToString(CultureInfo.InvariantCulture)) { Field = "X" };
        var over = others.FirstOrDefault(o => o.Kind != OutputKind.Speaker && o.Screen == output.Screen && Overlap(o, output));
        return over is null ? null : new Refusal("fleet.output-overlaps", over.Id.Value) { Field = "X" };
    }

    private static bool Overlap(ClusterOutput a, ClusterOutput b) =>
        a.X < b.X + b.WidthPx && b.X < a.X + a.WidthPx && a.Y < b.Y + b.HeightPx && b.Y < a.Y + a.HeightPx;

    /// <summary><c>21:00-05:00, 12:00-13:30</c>; empty = none. Accepts a dash of any length.</summary>
    public static bool TryWindows(string? text, out IReadOnlyList<TimeWindow> windows)
    {
        var read = new List<TimeWindow>();
        windows = read;
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Replace('–', '-').Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || !TryTime(ends[0], out var from) || !TryTime(ends[1], out var to))
                return false;
            read.Add(new TimeWindow(from, to));
        }

        return true;
    }

    public static string Text(IEnumerable<TimeWindow> windows) => string.Join(", ", windows.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.From:HH:mm}-{w.To:HH:mm}")));

    /// <summary>Tags, languages: separated by comma, semicolon or blank.</summary>
    public static IReadOnlyList<string> Words(string? text, bool blanksPart = true) =>
        [.. (text ?? "").Split(blanksPart ? [',', ';', ' '] : [',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    private static bool TryTime(string text, out TimeOnly time) => TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
