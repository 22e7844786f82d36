using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>What a round of an entry is made of, a second time: weights, languages with those that stand in for them, pages.</summary>
internal static class RoundOracle
{
    private const string NoWords = "zxx";

    /// <summary>Which place of the list has which turn: each turn goes to whoever has had least of what its weight should have given it by then; of equal ones to the first.</summary>
    public static List<int> Turns(PlanEntry entry)
    {
        var weights = entry.Weights.Count == 0 ? [.. entry.Items.Select(_ => 1)] : entry.Weights;
        var (turns, all) = (new List<int>(), weights.Sum());
        while (turns.Count < all)
            turns.Add(Enumerable.Range(0, weights.Count).MinBy(p => (turns.Count(t => t == p) * all) - (weights[p] * (turns.Count + 1))));
        return turns;
    }

    /// <summary>The output's languages or who stands in for them, each once, then what has no words. Nothing when a required language is lacking, nobody stands in for it, and there are words.</summary>
    public static List<PlanPart> PartsOf(PlanItem item, PlanOutput output)
    {
        var parts = new List<PlanPart>();
        var wordless = PagesIn(item, output, NoWords);
        if (wordless.Count == 0 && output.RequiredLanguages.Any(l => InsteadOf(item, output, l) is null))
            return parts;
        foreach (var language in output.Languages)
        {
            if (InsteadOf(item, output, language) is { } spoken)
                parts.AddRange(PagesIn(item, output, spoken).Where(p => !parts.Contains(p)));
        }

        parts.AddRange(wordless.Where(p => !parts.Contains(p)));
        return parts;
    }

    public static bool Alike(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string? InsteadOf(PlanItem item, PlanOutput output, string language)
    {
        if (PagesIn(item, output, language).Count > 0)
            return language;
        foreach (var fallback in output.Fallbacks)
        {
            if (Alike(fallback.Language, language) && PagesIn(item, output, fallback.Instead).Count > 0)
                return fallback.Instead;
        }

        return null;
    }

    private static List<PlanPart> PagesIn(PlanItem item, PlanOutput output, string language)
    {
        var pages = new List<PlanPart>();
        for (var page = 1; page < 10; page++)
            pages.AddRange(item.Parts.Where(p => p.Output == output.Id && p.Page == page && Alike(p.Language, language)));
        return pages;
    }
}
