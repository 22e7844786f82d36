namespace BorderInfo.Server.Content.Public;

/// <summary>A language content may be written or spoken in.</summary>
/// <param name="Tag">BCP 47.</param>
/// <param name="Name">Its Vietnamese name.</param>
/// <param name="NameEn">Its English name.</param>
/// <param name="Fonts">Font families in the order they are tried; a character in none of them is refused.</param>
/// <param name="SmallestPx">Below this a passer-by cannot read it on an LED wall.</param>
/// <param name="CharactersPerSecond">Reading speed, for how long a page stands.</param>
/// <param name="LineHeight">Room for stacked marks.</param>
public sealed record ContentLanguage(string Tag, string Name, string NameEn, IReadOnlyList<string> Fonts, double SmallestPx, double CharactersPerSecond, double LineHeight)
{
    /// <summary>No words: fits every language.</summary>
    public const string Wordless = "zxx";

    private const string Latin = "Noto Sans";

    /// <summary>In the order they are offered. ISO 639-3 codes of ethnic languages as registered.</summary>
    public static readonly IReadOnlyList<ContentLanguage> All =
    [
        new("vi", "Tiếng Việt", "Vietnamese", [Latin], 10, 14, 1.28),
        new("en", "Tiếng Anh", "English", [Latin], 10, 14, 1.25),
        new("zh-Hans", "Tiếng Trung (giản thể)", "Chinese (simplified)", ["Noto Sans CJK SC"], 14, 6, 1.3),
        new("lo", "Tiếng Lào", "Lao", ["Noto Sans Lao", Latin], 14, 10, 1.5),
        new("km", "Tiếng Khmer", "Khmer", ["Noto Sans Khmer", Latin], 14, 10, 1.55),
        new("th", "Tiếng Thái Lan", "Thai", ["Noto Sans Thai", Latin], 14, 10, 1.5),
        new("zh-Hant", "Tiếng Trung (phồn thể)", "Chinese (traditional)", ["Noto Sans CJK TC"], 14, 6, 1.3),
        new("fr", "Tiếng Pháp", "French", [Latin], 10, 14, 1.25),
        new("ru", "Tiếng Nga", "Russian", [Latin], 10, 14, 1.25),
        new("jra", "Tiếng Jrai", "Jarai", [Latin], 10, 14, 1.35),
        new("bdq", "Tiếng Bahnar", "Bahnar", [Latin], 10, 14, 1.35),
        new("rad", "Tiếng Ê Đê", "Rade", [Latin], 10, 14, 1.35),
        new("sed", "Tiếng Xơ Đăng", "Sedang", [Latin], 10, 14, 1.35),
        new("sti", "Tiếng Xtiêng", "Bulo Stieng", [Latin], 10, 14, 1.35),
        new("bru", "Tiếng Bru – Vân Kiều", "Eastern Bru", [Latin], 10, 14, 1.35),
        new("ktv", "Tiếng Cơ Tu", "Eastern Katu", [Latin], 10, 14, 1.35),
        new("tyz", "Tiếng Tày", "Tày", [Latin], 10, 14, 1.28),
        new("nut", "Tiếng Nùng", "Nung", [Latin], 10, 14, 1.28),
        new("hmn-Latn-VN", "Tiếng Mông", "Hmong", [Latin], 10, 14, 1.28),
        new("ium", "Tiếng Dao", "Iu Mien", [Latin], 10, 14, 1.28),
        new("blt", "Tiếng Thái (chữ Thái)", "Tai Dam (Tai Viet script)", ["Noto Sans Tai Viet", Latin], 14, 10, 1.5),
        new("cjm", "Tiếng Chăm", "Eastern Cham", ["Noto Sans Cham", Latin], 14, 10, 1.5),
    ];

    public static ContentLanguage? Of(string tag) => All.FirstOrDefault(l => l.Tag == tag);

    public string Shown => Platform.Languages.Texts.Current == "en" ? NameEn : Name;

    /// <summary>Its name, or the tag itself for a language a cluster asks for that is not on the list.</summary>
    public static string ShownOf(string tag) => Of(tag)?.Shown ?? tag;
}
