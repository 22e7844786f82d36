using BorderInfo.Server.Content.Public;

namespace BorderInfo.Server.Content.Slides;

/// <param name="Languages">Those that cannot be drawn without it.</param>
/// <param name="Package">Debian package that brings it.</param>
internal sealed record MissingFont(string Family, string Package, IReadOnlyList<ContentLanguage> Languages);

/// <summary>Which named fonts this machine lacks. A text in such a language is refused, never drawn with another font.</summary>
internal sealed class FontCheck(FontCoverage coverage)
{
    /// <summary>Of the last look; empty before the first.</summary>
    public IReadOnlyList<MissingFont> Last { get; private set; } = [];

    public async Task<IReadOnlyList<MissingFont>> Look(IReadOnlyList<ContentLanguage> languages)
    {
        var missing = new List<MissingFont>();
        foreach (var family in languages.SelectMany(l => l.Fonts).Distinct())
        {
            if (!await coverage.Has(family))
                missing.Add(new(family, PackageOf(family), [.. languages.Where(l => l.Fonts.Contains(family))]));
        }

        return Last = missing;
    }

    private static string PackageOf(string family) => family.StartsWith("Noto Sans CJK", StringComparison.Ordinal) ? "fonts-noto-cjk" : "fonts-noto-core";
}
