using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Content.Public;

/// <summary>What can be said about a text from its characters alone. Pure.</summary>
public static partial class Script
{
    /// <summary>NFC, line ends as LF, no control characters but LF and the zero-width ones that Khmer and Lao need; spaces at both ends removed.</summary>
    public static string Normal(string? text)
    {
        var clean = new StringBuilder();
        foreach (var rune in TypedText.Clean(text).ReplaceLineEndings("\n").Normalize(NormalizationForm.FormC).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value == '\t')
                clean.Append(' ');
            else if (rune.Value is '\n' or 0x200B or 0x200C or 0x200D || category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate))
                clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    /// <summary>As a reader counts: a letter with its marks is one.</summary>
    public static int Length(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>Lower case without diacritics, so that <c>bien gioi</c> finds <c>Biên giới</c>.</summary>
    public static string Folded(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in TypedText.Clean(text).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark || c is > (char)0x0370)
                bare.Append(c is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(c));
        }

        return bare.ToString();
    }

    /// <summary>True when the letters are of the script the language is written in, at least four in five.</summary>
    public static bool Fits(string language, string text)
    {
        var letters = 0;
        var fitting = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune))
                continue;
            letters++;
            var han = rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x3FFFF);
            var latin = rune.Value is < 0x0250 or (>= 0x1E00 and <= 0x1EFF);
            fitting += (language.StartsWith("zh", StringComparison.Ordinal) ? han : latin) ? 1 : 0;
        }

        return letters > 0 && fitting * 5 >= letters * 4;
    }

    /// <summary>Vietnamese typed in a font encoding from before Unicode: <c>TCVN3 (ABC)</c>, <c>VNI</c>, or null. Three telling words at least.</summary>
    public static string? OldEncoding(string text)
    {
        if (Tcvn3().Count(text) >= 3)
            return "TCVN3 (ABC)";
        return Vni().Count(text) >= 3 ? "VNI" : null;
    }

    /// <summary>Marks of state secrets. They must never be in this system.</summary>
    public static string? SecrecyMark(string text) => Secrecy().Match(text) is { Success: true } mark ? mark.Value : null;

    /// <summary>A letter beside a sign that no Vietnamese word has: “Céng hoµ x· héi”, “chñ nghÜa ViÖt Nam”.</summary>
    [GeneratedRegex(@"\p{L}*(?:(?<=\p{L})[µ¸¶·¹¨»¾¼½©®ª«¬×Ö÷°§]|[¨®©](?=\p{L})|[a-zA-Z][ÖÜÞßÆÇËÑØåæçëîïñøûþ])\p{L}*")]
    private static partial Regex Tcvn3();

    /// <summary>A vowel followed by a stand-in for its mark: “Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam”.</summary>
    [GeneratedRegex(@"\b\p{L}*[aeiouyAEIOUY][äøûïöåëüæÄØÛÏÖÅËÜÆõÕ]\p{L}*")]
    private static partial Regex Vni();

    [GeneratedRegex(@"(?<!\p{L})(?:TUYỆT MẬT|TỐI MẬT|MẬT)(?!\p{L})")]
    private static partial Regex Secrecy();
}
