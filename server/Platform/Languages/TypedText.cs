using System.Text;

namespace BorderInfo.Server.Platform.Languages;

/// <summary>Pure: texts as people send them.</summary>
public static class TypedText
{
    /// <summary>Of one line: composed (NFC), without blanks at its ends and without control characters.</summary>
    public static string Typed(this string? text) => string.Concat(Clean(text).Where(c => !char.IsControl(c))).Trim().Normalize();

    /// <summary>Of several lines: composed (NFC), without blanks at its ends.</summary>
    public static string TypedLines(this string? text) => Clean(text).Trim().Normalize();

    /// <summary>Without what is no character (U+FFFE, U+FFFF and their like, halves of pairs): composing such a text throws, and XML has no place for it.</summary>
    public static string Clean(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAnyExceptInRange('\0', '\ud7ff') < 0)
            return text ?? "";
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if ((rune.Value & 0xfffe) != 0xfffe && rune.Value is not 0xfffd and not (>= 0xfdd0 and <= 0xfdef))
                clean.Append(rune);
        }

        return clean.ToString();
    }
}
