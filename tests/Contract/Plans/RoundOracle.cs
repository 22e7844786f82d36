using System.Numerics;
using BorderInfo.Contract.Plans;

namespace BorderInfo.Tests.Contract.Plans;

/// <summary>What a round of an entry is made of, a second time: shuffled lists, weights, languages with those that stand in for them, pages.</summary>
internal static class RoundOracle
{
    private const string NoWords = "zxx";

    /// <summary>Which place of the list has which turn: each turn goes to whoever has had least of what its weight should have given it by then; of equal ones to the first in the order of the list.</summary>
    public static List<int> Turns(PlanEntry entry)
    {
        var weights = entry.Weights.Count == 0 ? [.. entry.Items.Select(_ => 1)] : entry.Weights;
        var (turns, all) = (new List<int>(), weights.Sum());
        var order = Order(entry);
        while (turns.Count < all)
            turns.Add(order.MinBy(p => (turns.Count(t => t == p) * all) - (weights[p] * (turns.Count + 1))));
        return turns;
    }

    /// <summary>As listed; or shuffled: from the last place on down each changes with one at or before it, which the n-th number of SplitMix64 names.</summary>
    private static List<int> Order(PlanEntry entry)
    {
        List<int> order = [.. Enumerable.Range(0, entry.Items.Count)];
        for (var n = 1; n < order.Count && entry.Order == PlayOrder.Shuffled; n++)
        {
            var last = order.Count - n;
            var other = (int)(Numbered(entry.Seed, n) % (last + 1));
            var moved = order[last];
            order[last] = order[other];
            order[other] = moved;
        }

        return order;
    }

    /// <summary>As published, in whole numbers without bounds of which the lowest 64 bits count.</summary>
    private static BigInteger Numbered(int seed, int n)
    {
        var z = Low(seed + (n * BigInteger.Parse("11400714819323198485", null)));
        z = Low((z ^ (z / (1 << 30))) * BigInteger.Parse("13787848793156543929", null));
        z = Low((z ^ (z / (1 << 27))) * BigInteger.Parse("10723151780598845931", null));
        return z ^ (z / (1L << 31));

        static BigInteger Low(BigInteger all) => ((all % (BigInteger.One << 64)) + (BigInteger.One << 64)) % (BigInteger.One << 64);
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
