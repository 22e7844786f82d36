using BorderInfo.Server.Content.Public;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Transcode;

namespace BorderInfo.Server.Content.Slides;

/// <summary>
/// Which characters the named fonts really have, from fontconfig's own reading of the font files; never what some fallback font might draw.
/// </summary>
public sealed class FontCoverage(ChildProcess children)
{
    private readonly ConcurrentDictionary<string, Task<HashSet<int>>> families = [];

    /// <summary>First character that no font of the language has, for example <c>U+AA80</c>; null = all there.</summary>
    /// <exception cref="SlideBrowserFault">A named font is not installed at all.</exception>
    public async Task<string?> Missing(ContentLanguage language, string text)
    {
        var sets = await Task.WhenAll(language.Fonts.Select(Of));
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Invisible(rune) && !sets.Any(s => s.Contains(rune.Value)))
                return Named(rune);
        }

        return null;
    }

    /// <summary>True when the family is installed.</summary>
    public async Task<bool> Has(string family)
    {
        try
        {
            await Of(family);
            return true;
        }
        catch (SlideBrowserFault)
        {
            return false;
        }
    }

    /// <summary>A font that is missing is looked for again the next time: it may have been installed.</summary>
    private async Task<HashSet<int>> Of(string family)
    {
        var reading = families.GetOrAdd(family, Read);
        try
        {
            return await reading;
        }
        catch
        {
            families.TryRemove(new(family, reading));
            throw;
        }
    }

    private static string Named(Rune rune)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned ? code : $"“{rune}” ({code})";
    }

    private static bool Invisible(Rune rune) => rune.Value is '\n' or ' ' or 0xA0 or 0x202F or (>= 0x2000 and <= 0x200D) or 0x3000 or 0xFE0E or 0xFE0F;

    private async Task<HashSet<int>> Read(string family)
    {
        var match = await children.Run(new("fc-match", ["-f", "%{file}|%{index}|%{family}", family]), CancellationToken.None);
        var words = match.Output.Trim().Split('|');
        if (!match.Good || words.Length != 3 || !words[2].Split(',').Contains(family))
            throw new SlideBrowserFault($"the font {family} is not installed");
        var query = await children.Run(new("fc-query", ["-i", words[1], "-f", "%{charset}", words[0]]), CancellationToken.None);
        return query.Good ? Ranges(query.Output) : throw new SlideBrowserFault($"fc-query cannot read {words[0]}");
    }

    /// <summary>Shape: hexadecimal numbers and ranges with spaces, <c>20-7e a0-377 1e00-1eff</c>.</summary>
    internal static HashSet<int> Ranges(string charset)
    {
        var all = new HashSet<int>();
        foreach (var range in charset.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-');
            for (var c = int.Parse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture); c <= int.Parse(ends[^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture); c++)
                all.Add(c);
        }

        return all;
    }
}
