using System.Text.RegularExpressions;

namespace BorderInfo.Tests.House;

/// <summary>The checkout as text: found by walking up from the test to the solution file.</summary>
internal static partial class House
{
    public static string Root { get; } = FindRoot();

    /// <summary>Server slices in the order of the house: a slice may name only what stands before it.</summary>
    public static readonly IReadOnlyList<string> Slices =
        ["Platform", "Identity", "Geo", "Messaging", "Fleet", "Content", "Approval", "Scheduling", "Publishing", "Proof", "Reports"];

    /// <summary>Files of the project below a folder, without what is built or fetched. Path relative to the root, with slashes.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string folder, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !Built().IsMatch(f) && endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(f => (f, File.ReadAllText(Path.Combine(Root, f))));

    public static void Empty(IEnumerable<string> offences, string rule)
    {
        var all = offences.ToArray();
        Assert.True(all.Length == 0, rule + Environment.NewLine + string.Join(Environment.NewLine, all));
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BorderInfo.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("BorderInfo.sln not found above the test");
        return folder;
    }

    [GeneratedRegex("(^|/)(bin|obj|node_modules|wwwroot|run|artifacts|TestResults|Migrations)/")]
    private static partial Regex Built();
}
