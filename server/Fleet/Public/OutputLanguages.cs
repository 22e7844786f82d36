using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Fleet.Public;

/// <summary>Pure: what an output asks of an item's languages and what it then shows; the same rule as the contract's, asked before there is a plan.</summary>
/// <remarks>“No words” (<c>zxx</c>) is no language: whoever asks leaves items with such a part alone.</remarks>
public static class OutputLanguages
{
    private const string NoWords = "zxx";

    /// <summary>Those without which, or whose stand-ins, an item does not play here.</summary>
    public static IEnumerable<string> Needed(this ClusterOutput output) => (output.RequiredLanguages.Count > 0 ? output.RequiredLanguages : output.Languages).Where(l => l != NoWords).Distinct();

    /// <summary>Needed languages that an item in these languages has neither itself nor by a stand-in.</summary>
    public static IReadOnlyList<string> Lacking(this ClusterOutput output, IReadOnlySet<string> has) => [.. output.Needed().Where(l => output.Spoken(l, has) is null)];

    /// <summary>Languages in which such an item is shown, each once, in the output's order.</summary>
    public static IReadOnlyList<string> Shown(this ClusterOutput output, IReadOnlySet<string> has) =>
        [.. output.Languages.Where(l => l != NoWords).Select(l => output.Spoken(l, has)).OfType<string>().Distinct()];

    /// <summary>All that decides <see cref="Shown"/> and <see cref="Lacking"/>: outputs with one key treat every item alike.</summary>
    public static string LanguageKey(this ClusterOutput output)
    {
        var key = output.Languages.Count == 1 ? output.Languages[0] : string.Join(' ', output.Languages);
        if (output.RequiredLanguages.Count > 0)
            key += $" !{string.Join(' ', output.RequiredLanguages)}";
        return output.Fallbacks.Count > 0 ? $"{key} {Text(output.Fallbacks)}" : key;
    }

    /// <summary><c>jra&gt;vi bdq&gt;vi</c></summary>
    public static string Text(IEnumerable<LanguageFallback> fallbacks) => string.Join(' ', fallbacks.Select(f => $"{f.Language}>{f.Instead}"));

    /// <summary>The language itself or the first stand-in that is there; null = neither.</summary>
    private static string? Spoken(this ClusterOutput output, string language, IReadOnlySet<string> has) =>
        has.Contains(language) ? language : output.Fallbacks.Where(f => f.Language == language).Select(f => f.Instead).FirstOrDefault(has.Contains);
}
