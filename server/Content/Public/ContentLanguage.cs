using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Content.Public;

/// <summary>A language content may be written or spoken in.</summary>
/// <param name="Tag">BCP 47.</param>
/// <param name="Fonts">Font families in the order they are tried; a character in none of them is refused.</param>
/// <param name="SmallestPx">Below this a passer-by cannot read it on an LED wall.</param>
/// <param name="CharactersPerSecond">Reading speed, for how long a page stands.</param>
/// <param name="LineHeight">Room for stacked marks.</param>
public sealed record ContentLanguage(string Tag, IReadOnlyList<string> Fonts, double SmallestPx, double CharactersPerSecond, double LineHeight)
{
    /// <summary>No words: fits every language.</summary>
    public const string Wordless = "zxx";

    private const string Latin = "Noto Sans";

    private static readonly ContentLanguage Unlisted = new("und", [Latin], 10, 14, 1.35);

    /// <summary>In the order they are offered. ISO 639-3 codes of ethnic languages as registered.</summary>
    public static readonly IReadOnlyList<ContentLanguage> All =
    [
        new("vi", [Latin], 10, 14, 1.28),
        new("en", [Latin], 10, 14, 1.25),
        new("zh-Hans", ["Noto Sans CJK SC"], 14, 6, 1.3),
        new("lo", ["Noto Sans Lao", Latin], 14, 10, 1.5),
        new("km", ["Noto Sans Khmer", Latin], 14, 10, 1.55),
        new("th", ["Noto Sans Thai", Latin], 14, 10, 1.5),
        new("zh-Hant", ["Noto Sans CJK TC"], 14, 6, 1.3),
        new("fr", [Latin], 10, 14, 1.25),
        new("ru", [Latin], 10, 14, 1.25),
        new("jra", [Latin], 10, 14, 1.35),
        new("bdq", [Latin], 10, 14, 1.35),
        new("rad", [Latin], 10, 14, 1.35),
        new("sed", [Latin], 10, 14, 1.35),
        new("sti", [Latin], 10, 14, 1.35),
        new("bru", [Latin], 10, 14, 1.35),
        new("ktv", [Latin], 10, 14, 1.35),
        new("tyz", [Latin], 10, 14, 1.28),
        new("nut", [Latin], 10, 14, 1.28),
        new("hmn-Latn-VN", [Latin], 10, 14, 1.28),
        new("ium", [Latin], 10, 14, 1.28),
        new("blt", ["Noto Sans Tai Viet", Latin], 14, 10, 1.5),
        new("cjm", ["Noto Sans Cham", Latin], 14, 10, 1.5),
    ];

    /// <summary>
    /// The language of a tag. One that is not on the list is written as the listed language it narrows (<c>lo-LA</c> as <c>lo</c>), else in Latin letters: what its font
    /// cannot draw is refused when it is drawn. Null = no tag at all, or <see cref="Wordless"/>.
    /// </summary>
    public static ContentLanguage? Of(string tag) =>
        All.FirstOrDefault(l => l.Tag == tag)
        ?? (tag == Wordless || !LanguageNames.IsTag(tag) ? null : (All.FirstOrDefault(l => tag.StartsWith(l.Tag + "-", StringComparison.Ordinal)) ?? Unlisted) with { Tag = tag });

    /// <summary>The list, and behind it those of these tags that are not on it.</summary>
    public static IReadOnlyList<ContentLanguage> AllWith(IEnumerable<string> tags) =>
        [.. All, .. tags.Where(t => All.All(l => l.Tag != t)).Distinct().Order(StringComparer.Ordinal).Select(Of).OfType<ContentLanguage>()];

    public string Shown => LanguageNames.Of(Tag);

    /// <summary>Its name, or the tag itself for a language a cluster asks for that is not on the list.</summary>
    public static string ShownOf(string tag) => LanguageNames.Of(tag);
}
