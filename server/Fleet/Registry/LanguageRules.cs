using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Fleet.Registry;

/// <summary>Pure: required languages of an output and what may stand in for them.</summary>
internal static class LanguageRules
{
    /// <summary>Null = fine; the languages themselves are.</summary>
    public static Refusal? WhyNot(ClusterOutput output)
    {
        if (output.RequiredLanguages.FirstOrDefault(l => !output.Languages.Contains(l)) is { } foreign)
            return new Refusal("fleet.output-required", LanguageNames.Of(foreign), LanguageNames.List(output.Languages)) { Field = "RequiredLanguages" };
        if (output.Fallbacks.Count > PlanLimits.Fallbacks)
            return new Refusal("fleet.fallback-many", Text(output.Fallbacks.Count), Text(PlanLimits.Fallbacks)) { Field = "Fallbacks" };
        return output.Fallbacks.Select(f => WhyNot(output, f)).FirstOrDefault(r => r is not null);
    }

    private static Refusal? WhyNot(ClusterOutput output, LanguageFallback pair)
    {
        var other = LanguageNames.Of(pair.Language == "vi" ? "en" : "vi");
        if (string.IsNullOrEmpty(pair.Language) || !LanguageNames.IsTag(pair.Instead ?? ""))
            return new Refusal("fleet.fallback-missing", LanguageNames.Of(string.IsNullOrEmpty(pair.Language) ? output.Languages[^1] : pair.Language), other) { Field = "Fallbacks" };
        if (!output.Languages.Contains(pair.Language))
            return new Refusal("fleet.fallback-foreign", LanguageNames.Of(pair.Language), LanguageNames.List(output.Languages)) { Field = "Fallbacks" };
        return pair.Language == pair.Instead ? new Refusal("fleet.fallback-itself", LanguageNames.Of(pair.Language), other) { Field = "Fallbacks" } : null;
    }

    /// <summary>Reads what <see cref="OutputLanguages.Text"/> wrote.</summary>
    public static IReadOnlyList<LanguageFallback> Fallbacks(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('>')).Where(p => p.Length == 2).Select(p => new LanguageFallback(p[0], p[1]))];

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Pure: what the place of a cluster suggests for the languages of an output.</summary>
/// <param name="Add">Suggested there, but not among the output's languages.</param>
public sealed record LanguageAdvice(IReadOnlyList<string> Required, IReadOnlyList<LanguageFallback> Fallbacks, IReadOnlyList<string> Add)
{
    public bool Any => Required.Count + Fallbacks.Count + Add.Count > 0;

    /// <summary>Required: what the place suggests. Languages of peoples of the province are not everybody's: Vietnamese may stand in.</summary>
    public static LanguageAdvice Of(Placement place, IReadOnlyList<string> languages)
    {
        var local = languages.Where(l => place.LocalLanguages.Any(p => l == p || l.StartsWith(p + "-", StringComparison.Ordinal)) && !place.Languages.Contains(l));
        return new(
            [.. languages.Where(place.Languages.Contains)], languages.Contains("vi") ? [.. local.Select(l => new LanguageFallback(l, "vi"))] : [], [.. place.Languages.Where(l => !languages.Contains(l))]);
    }
}
