using System.Text.RegularExpressions;

namespace BorderInfo.Tests.House;

/// <summary>Symbols and phrases that have no place here, with the reason. The list of symbols stands in BannedSymbols.txt.</summary>
public sealed class BannedWords
{
    [Fact]
    public void No_source_uses_a_banned_symbol()
    {
        var rules = File.ReadLines(Path.Combine(House.Root, "BannedSymbols.txt"))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('\t', StringSplitOptions.RemoveEmptyEntries))
            .Select(p => (Pattern: new Regex(p[0]), Reason: p[1], Except: p.Length > 2 ? new Regex(p[2]) : null))
            .ToArray();

        var offences =
            from file in House.Files("server", ".cs", ".razor").Concat(House.Files("agent", ".cs"))
            from rule in rules
            where rule.Pattern.IsMatch(file.Text) && rule.Except?.IsMatch(file.Path) != true
            select $"{file.Path}: {rule.Reason}";

        House.Empty(offences, "Banned symbols:");
    }

    [Fact]
    public void Nothing_points_outside_the_project()
    {
        var outside = new Regex(@"\.\./shared/(?!geo)|prototypes/|https?://registry\.|" + Regex.Escape(House.Root + "/"));

        var offences = new[] { "server", "agent", "deploy", "content", "tests" }
            .SelectMany(f => House.Files(f, ".cs", ".razor", ".md", ".json", ".js", ".mjs", ".sh", "run", "test", "bench"))
            .Where(f => f.Path != "tests/House/BannedWords.cs" && outside.IsMatch(f.Text))
            .Select(f => f.Path);

        House.Empty(offences, "Only tests may use ../shared/geo; nothing else points outside the project:");
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var unfinished = new Regex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|catch \(?[A-Za-z]*Exception\)? *\{ *\}");

        var offences = House.Files("server", ".cs", ".razor").Concat(House.Files("agent", ".cs")).Where(f => unfinished.IsMatch(f.Text)).Select(f => f.Path);

        House.Empty(offences, "Unfinished code:");
    }
}
