using System.Text.Json;
using System.Text.RegularExpressions;
using BorderInfo.Contract.Health;

namespace BorderInfo.Tests.House;

/// <summary>Every text is there in both languages, and every key that is used exists.</summary>
public sealed class Words
{
    [Fact]
    public void Both_languages_have_the_same_keys()
    {
        var vi = Texts("vi");
        var en = Texts("en");

        House.Empty(vi.Keys.Except(en.Keys).Select(k => "only vi: " + k).Concat(en.Keys.Except(vi.Keys).Select(k => "only en: " + k)), "Texts of both languages:");
    }

    [Fact]
    public void Both_languages_have_the_same_places()
    {
        var vi = Texts("vi");
        var en = Texts("en");

        var offences = vi.Where(t => en.TryGetValue(t.Key, out var other) && Places(t.Value) != Places(other)).Select(t => t.Key);

        House.Empty(offences, "The places {0}, {1} … of both languages:");
    }

    [Fact]
    public void Every_key_a_page_names_exists()
    {
        var known = Texts("vi");

        var offences =
            from file in House.Files("server", ".razor", ".cs")
            from Match use in Regex.Matches(file.Text, @"(?:\bT|\btexts)\[""([a-z][a-z0-9.-]+)""[\],]")
            where !known.ContainsKey(use.Groups[1].Value)
            select $"{file.Path}: {use.Groups[1].Value}";

        House.Empty(offences.Distinct(), "Keys without a text:");
    }

    [Fact]
    public void Every_refusal_has_a_text()
    {
        var known = Texts("vi");

        var offences =
            from file in House.Files("server", ".cs").Concat(House.Files("agent/Contract", ".cs"))
            from Match use in Regex.Matches(file.Text, @"new Refusal\(\s*""([a-z0-9.-]+)""")
            where !known.ContainsKey(use.Groups[1].Value)
            select $"{file.Path}: {use.Groups[1].Value}";

        House.Empty(offences.Distinct(), "Refusals without a text:");
    }

    [Fact]
    public void Every_finding_has_its_name_cause_check_and_remedy()
    {
        var known = Texts("vi");

        var offences =
            from kind in Findings.All
            from part in new[] { "name", "cause", "check", "remedy" }
            where !known.ContainsKey($"finding.{kind.Code}.{part}")
            select $"finding.{kind.Code}.{part}";

        House.Empty(offences, "Findings without a text:");
    }

    [Fact]
    public void Vietnamese_is_written_in_composed_letters()
    {
        var offences = Texts("vi").Where(t => !t.Value.IsNormalized()).Select(t => t.Key);

        House.Empty(offences, "Texts that are not NFC:");
    }

    private static Dictionary<string, string> Texts(string language)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, text) in House.Files($"content/languages/{language}", ".json"))
        {
            foreach (var (key, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(text)!)
                Assert.True(all.TryAdd(key, value), $"{path}: {key} stands twice");
        }

        return all;
    }

    private static string Places(string text) => string.Join(',', Regex.Matches(text, @"\{(\d+)").Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));
}
