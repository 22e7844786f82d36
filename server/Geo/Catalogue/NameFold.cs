using System.Globalization;
using System.Text;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Geo;

/// <summary>Compares Vietnamese names as people type them. Pure.</summary>
internal static class NameFold
{
    /// <summary>Without any mark: <c>Hòa</c>, <c>Hoà</c> and <c>hoa</c> are the same; <c>đ</c> is <c>d</c>; hyphens and apostrophes are blanks.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in Spread(text))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(c == 'đ' ? 'd' : c);
        }

        return Blanks(plain);
    }

    /// <summary>Keeps letters and tones but not where the tone stands in its syllable: <c>Hòa</c> equals <c>Hoà</c>, not <c>Hoa</c>.</summary>
    public static string Toned(string text)
    {
        var (toned, tone) = (new StringBuilder(text.Length), '\0');
        foreach (var c in Spread(text).Append(' '))
        {
            if (c is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323')
                tone = c;
            else
            {
                if (tone != '\0' && !char.IsLetter(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                {
                    toned.Append(tone);
                    tone = '\0';
                }

                toned.Append(c);
            }
        }

        return Blanks(toned);
    }

    /// <summary>How well a name answers: 0 the same, then the same without marks, its first words, its beginning, the beginning of a word, a part; null = not at all.</summary>
    public static int? Rank(string name, string wanted)
    {
        var (toned, wantedToned, plain, wantedPlain) = (Toned(name), Toned(wanted), Plain(name), Plain(wanted));
        if (wantedPlain.Length == 0)
            return 0;
        // Somebody who typed marks means them, unless nothing else fits.
        return toned == wantedToned ? 0
            : plain == wantedPlain ? 1
            : toned.StartsWith(wantedToned + " ", StringComparison.Ordinal) ? 2
            : plain.StartsWith(wantedPlain + " ", StringComparison.Ordinal) ? 3
            : plain.StartsWith(wantedPlain, StringComparison.Ordinal) ? 4
            : $" {plain}".Contains($" {wantedPlain}", StringComparison.Ordinal) ? 5
            : plain.Contains(wantedPlain, StringComparison.Ordinal) ? 6
            : null;
    }

    private static string Spread(string text) => TypedText.Clean(text).ToLowerInvariant().Normalize(NormalizationForm.FormD);

    private static string Blanks(StringBuilder text)
    {
        foreach (var other in "-–'’.,()")
            text.Replace(other, ' ');
        return string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
