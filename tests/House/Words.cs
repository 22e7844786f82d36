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

    /// <summary>Where the tone stands is spelling, not meaning, so one way holds everywhere: on the first vowel of an open oa, oe, uy (khóa, xóa, hủy).</summary>
    [Fact]
    public void Tone_marks_stand_where_they_always_stand()
    {
        var other = new Regex(@"(?:o[áàảãạéèẻẽẹ]|(?<![qQ])u[ýỳỷỹỵ])(?!\p{L})", RegexOptions.IgnoreCase);

        var offences = Texts("vi").Where(t => other.IsMatch(t.Value)).Select(t => $"{t.Key}: {t.Value}");

        House.Empty(offences, "Tone marks on the second vowel:");
    }

    [Theory]
    [InlineData("biển Đông", "Biển Đông is a proper name")]
    [InlineData("màn hình chờ", "glossary: màn hình an toàn")]
    [InlineData("Đoạn biên giới\0", "glossary: tuyến biên giới")]
    [InlineData("đang được duyệt", "means “being approved”")]
    [InlineData("anh/chị", "readers are called bạn")]
    public void Vietnamese_keeps_to_the_words_agreed(string phrase, string reason)
    {
        var offences = Texts("vi").Where(t => (t.Value + "\0").Contains(phrase, StringComparison.Ordinal)).Select(t => t.Key);

        House.Empty(offences, reason);
    }

    [Fact]
    public void Every_deed_in_the_audit_trail_has_its_words()
    {
        var known = Texts("vi");

        var offences =
            from file in House.Files("server", ".cs")
            from Match call in Regex.Matches(file.Text, @"(?:\.Note|\b[a-z]*[dD]oor\.Change|\b[wW]orkshop\.\w+)\([^;{]*")
            from Match deed in Regex.Matches(call.Value, @"""((?:item|schedule|plan|cluster|output|panel|site|user|session|second|password|token|gate|sector|post|boundaries)\.[a-z-]+)""")
            where !known.ContainsKey("audit.did." + deed.Groups[1].Value)
            select $"{file.Path}: {deed.Groups[1].Value}";

        House.Empty(offences.Distinct(), "Deeds without audit.did.…:");
    }

    [Fact]
    public void Every_text_is_used_somewhere()
    {
        var named = House.Files("server", ".cs", ".razor", ".js").Concat(House.Files("agent/Contract", ".cs"))
            .SelectMany(f => Regex.Matches(f.Text, @"""([a-z][A-Za-z0-9.-]*)").Select(m => m.Groups[1].Value)).ToHashSet();
        var beginnings = named.Where(n => n.Length > 3 && n[^1] is '.' or '-').ToArray();

        var offences = Texts("vi").Keys.Where(k => !named.Contains(k) && !beginnings.Any(b => k.StartsWith(b, StringComparison.Ordinal)));

        House.Empty(offences, "Texts that nothing names, whole or by their beginning:");
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
