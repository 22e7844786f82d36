using System.Text.RegularExpressions;

namespace BorderInfo.Tests.House;

/// <summary>What the README and the log say is so.</summary>
public sealed partial class Papers
{
    [Fact]
    public void Every_path_in_the_README_exists()
    {
        var readme = File.ReadAllText(Path.Combine(House.Root, "README.md"));

        var offences = PathInBackticks().Matches(readme).Select(m => m.Groups[1].Value.TrimEnd('/'))
            .Where(p => !File.Exists(Path.Combine(House.Root, p)) && !Directory.Exists(Path.Combine(House.Root, p)));

        House.Empty(offences.Distinct(), "Paths in README.md that do not exist:");
    }

    [Fact]
    public void The_spine_in_the_README_is_thirteen_steps_that_exist()
    {
        var readme = File.ReadAllText(Path.Combine(House.Root, "README.md"));

        var steps = SpineRow().Matches(readme).ToArray();

        Assert.Equal(Enumerable.Range(1, 13), steps.Select(s => int.Parse(s.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_log_id_is_used_once()
    {
        var ids =
            from file in House.Files("server", ".cs").Concat(House.Files("agent", ".cs"))
            from Match id in LogId().Matches(file.Text)
            select (Project: file.Path.Split('/')[0], Id: id.Groups[1].Value, file.Path);

        var offences = ids.GroupBy(i => (i.Project, i.Id)).Where(g => g.Count() > 1).Select(g => $"{g.Key.Id}: {string.Join(", ", g.Select(i => i.Path).Distinct())}");

        House.Empty(offences, "Log ids that stand twice:");
    }

    [Theory]
    [InlineData("server", "Identity", "Geo", "Messaging", "Fleet", "Content", "Approval", "Scheduling", "Publishing", "Proof", "Reports")]
    [InlineData("agent", "Contract", "Mqtt", "Host")]
    public void Every_folder_says_what_it_is_for(string parent, params string[] folders)
    {
        var offences = folders.Select(f => $"{parent}/{f}/README.md").Where(p => !File.Exists(Path.Combine(House.Root, p)));

        House.Empty(offences, "Folders without a README:");
    }

    [GeneratedRegex(@"`((?:server|agent|tests|deploy|content|\.ci)/[A-Za-z0-9_./-]*)`")]
    private static partial Regex PathInBackticks();

    [GeneratedRegex(@"^\| *(\d+) *\|[^|]+\| *`[^`]+`", RegexOptions.Multiline)]
    private static partial Regex SpineRow();

    [GeneratedRegex(@"\[LoggerMessage\((\d+),")]
    private static partial Regex LogId();
}
