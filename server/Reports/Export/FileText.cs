using System.Text;

namespace BorderInfo.Server.Reports.Export;

/// <summary>Pure: texts as every file may carry them.</summary>
internal static class FileText
{
    /// <summary>Without what XML 1.0 has no place for (control characters, U+FFFE, U+FFFF, halves of pairs): one such name would keep everybody from the whole report.</summary>
    public static string Of(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '\u2fff') < 0)
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' or (>= ' ' and not 0xfffd and not 0xfffe and not 0xffff))
                clean.Append(rune);
        }

        return clean.ToString();
    }
}
