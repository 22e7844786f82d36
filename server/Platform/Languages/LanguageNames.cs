using System.Text.RegularExpressions;

namespace BorderInfo.Server.Platform.Languages;

/// <summary>Names of the languages of content: the one table, whatever page shows them.</summary>
/// <remarks>
/// Languages of Việt Nam's peoples are called after the people as the official list of peoples does (Danh mục các dân tộc Việt Nam, Quyết định 121-TCTK/PPCĐ, 1979),
/// with the people's own name in brackets where schoolbooks use that one.
/// </remarks>
public static partial class LanguageNames
{
    /// <summary>Tag (BCP 47), Vietnamese, English; in the order they are offered.</summary>
    private static readonly (string Tag, string Vi, string En)[] Known =
    [
        ("vi", "Tiếng Việt", "Vietnamese"),
        ("en", "Tiếng Anh", "English"),
        ("zh-Hans", "Tiếng Trung (giản thể)", "Chinese (simplified)"),
        ("lo", "Tiếng Lào", "Lao"),
        ("km", "Tiếng Khmer", "Khmer"),
        ("th", "Tiếng Thái Lan", "Thai"),
        ("zh-Hant", "Tiếng Trung (phồn thể)", "Chinese (traditional)"),
        ("fr", "Tiếng Pháp", "French"),
        ("ru", "Tiếng Nga", "Russian"),
        ("jra", "Tiếng Gia Rai (Jrai)", "Jarai"),
        ("bdq", "Tiếng Ba Na (Bahnar)", "Bahnar"),
        ("rad", "Tiếng Ê Đê", "Rade"),
        ("sed", "Tiếng Xơ Đăng", "Sedang"),
        ("sti", "Tiếng Xtiêng", "Bulo Stieng"),
        ("bru", "Tiếng Bru – Vân Kiều", "Eastern Bru"),
        ("ktv", "Tiếng Cơ Tu", "Eastern Katu"),
        ("tyz", "Tiếng Tày", "Tày"),
        ("nut", "Tiếng Nùng", "Nùng"),
        ("hmn-Latn-VN", "Tiếng Mông", "Hmong"),
        ("ium", "Tiếng Dao", "Iu Mien"),
        ("blt", "Tiếng Thái (chữ Thái)", "Tai Dam (Tai Viet script)"),
        ("cjm", "Tiếng Chăm", "Eastern Cham"),
        ("zxx", "Không lời", "No words"),
    ];

    /// <summary>Tags of the languages that people read or hear, in the order they are offered.</summary>
    public static IReadOnlyList<string> Tags { get; } = [.. Known.Select(l => l.Tag).Where(t => t != "zxx")];

    /// <summary>True for a BCP 47 tag as content may have it: language, script, region, variants, in the usual letters (<c>mnw</c>, <c>hmn-Latn-VN</c>), on the list or not.</summary>
    public static bool IsTag(string tag) => TagForm().IsMatch(tag);

    /// <summary>In the language of the reader; a tag like <c>hmn</c> is called as its only relative on the list, an unknown one shows itself.</summary>
    public static string Of(string tag) => Of(Texts.Current, tag);

    public static string Of(string language, string tag)
    {
        var known = Array.Find(Known, l => l.Tag == tag);
        if (known.Tag is null && Known.Where(l => l.Tag.StartsWith(tag + "-", StringComparison.OrdinalIgnoreCase)).ToArray() is [var only])
            known = only;
        return known.Tag is null ? tag : language == "en" ? known.En : known.Vi;
    }

    public static string List(IEnumerable<string> tags) => string.Join(", ", tags.Select(Of));

    /// <summary>Within a sentence: “tiếng Lào, tiếng Khmer”.</summary>
    public static string InSentence(IEnumerable<string> tags) =>
        string.Join(", ", tags.Select(Of).Select(n => n.StartsWith("Tiếng ", StringComparison.Ordinal) ? "t" + n[1..] : n));

    /// <summary>Short enough for a narrow column: without the word for “language” and without brackets.</summary>
    public static string Short(string tag)
    {
        var name = Of(tag);
        name = name.StartsWith("Tiếng ", StringComparison.Ordinal) ? name[6..] : name;
        return tag.StartsWith("zh-", StringComparison.Ordinal) || !name.Contains(" (", StringComparison.Ordinal) ? name : name[..name.IndexOf(" (", StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8}){0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagForm();
}
