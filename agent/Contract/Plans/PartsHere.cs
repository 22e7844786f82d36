namespace BorderInfo.Contract.Plans;

/// <summary>Pure: the parts of an item that an output shows, in order.</summary>
internal static class PartsHere
{
    private const string NoWords = "zxx";

    /// <summary>Languages in the output's order, each once, then what has no words; pages by number. Empty when a required language is missing.</summary>
    public static IEnumerable<PlanPart> Of(PlanItem item, PlanOutput output)
    {
        var here = item.Parts.Where(p => p.Output == output.Id && p.DurationMs > 0).ToArray();
        if (!Complete(here, output))
            return [];
        return output.Languages.Select(l => Spoken(here, output, l)).Append(NoWords).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)
            .SelectMany(l => here.Where(p => Is(p, l)).OrderBy(p => p.Page));
    }

    /// <summary>True when every required language is there, itself or by its stand-in. What has no words needs none.</summary>
    public static bool Complete(IReadOnlyCollection<PlanPart> here, PlanOutput output) =>
        here.Any(p => Is(p, NoWords)) || output.RequiredLanguages.All(l => Spoken(here, output, l) is not null);

    /// <summary>The language or the first stand-in that the item has; null = none.</summary>
    private static string? Spoken(IReadOnlyCollection<PlanPart> here, PlanOutput output, string language) =>
        output.Fallbacks.Where(f => string.Equals(f.Language, language, StringComparison.OrdinalIgnoreCase)).Select(f => f.Instead)
            .Prepend(language).FirstOrDefault(l => here.Any(p => Is(p, l)));

    private static bool Is(PlanPart part, string language) => string.Equals(part.Language, language, StringComparison.OrdinalIgnoreCase);
}
