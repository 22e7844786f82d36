using System.Globalization;
using System.Text.RegularExpressions;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Geo;

/// <summary>
/// Reads a position as people write it: <c>21.9728, 106.7099</c> · <c>21,9728; 106,7099</c> · <c>21°58'22"B 106°42'36"Đ</c> · <c>N 21 58.37 E 106 42.6</c>. Pure.
/// </summary>
/// <remarks>
/// B (Bắc) or N is latitude, Đ, D (Đông) or E longitude; without letters latitude comes first. A comma is a decimal comma when the two numbers are parted by
/// something else. Refuses with <c>geo.position-unreadable</c>, <c>geo.minutes-seconds</c> (60 or more) and what <see cref="PositionRules"/> says.
/// </remarks>
internal static partial class ReadPosition
{
    private const int Longest = 100;

    /// <param name="vn2000">The numbers are VN-2000, not WGS 84; the answer is always WGS 84.</param>
    public static Outcome<(double Lat, double Lon)> From(string? text, bool vn2000 = false)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest || Halves(Plain(text)) is not var (first, second, lonFirst))
            return new Refusal("geo.position-unreadable") { Field = "position" };
        if (Degrees(first) is not { } a || Degrees(second) is not { } b)
            return new Refusal("geo.position-unreadable") { Field = "position" };
        if (double.IsNaN(a) || double.IsNaN(b))
            return new Refusal("geo.minutes-seconds") { Field = "position" };
        var (lat, lon) = lonFirst ? (b, a) : (a, b);
        if (PositionRules.Refuse(lat, lon) is { } why)
            return why;
        return vn2000 ? Vn2000.ToWgs84(lat, lon) : (lat, lon);
    }

    private static string Plain(string text) =>
        Regex.Replace(text.Typed().ToUpperInvariant(), "VĨ ĐỘ|KINH ĐỘ|[()\\[\\]]|[:=]", " ")
            .Replace('’', '\'').Replace('′', '\'').Replace('″', '"').Replace('”', '"').Replace("''", "\"", StringComparison.Ordinal).Replace('º', '°').Replace('Đ', 'E').Replace('D', 'E').Replace('B', 'N');

    private static (string First, string Second, bool LonFirst)? Halves(string text)
    {
        if (Lettered().Match(text) is { Success: true } lettered)
        {
            var (one, two) = (lettered.Groups["one"].Value, lettered.Groups["two"].Value);
            var (letterOne, letterTwo) = (lettered.Groups["l1"].Value, lettered.Groups["l2"].Value);
            return letterOne == letterTwo ? null : (one, two, letterOne == "E");
        }

        return Bare().Match(text) is { Success: true } bare ? (bare.Groups["one"].Value, bare.Groups["two"].Value, false) : null;
    }

    /// <summary>Degrees from one to three numbers; NaN when minutes or seconds reach 60; null when it is something else.</summary>
    private static double? Degrees(string half)
    {
        var parts = Numbers().Matches(half.Trim().TrimEnd(',', ';')).Select(m => m.Value.Replace(',', '.')).ToArray();
        if (parts.Length is 0 or > 3 || !parts.All(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            return null;
        var n = parts.Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        if (parts.Take(parts.Length - 1).Any(p => p.Contains('.')))
            return null;
        if (n.Skip(1).Any(x => x >= 60))
            return double.NaN;
        return (n[0] < 0 ? -1 : 1) * (Math.Abs(n[0]) + n.Skip(1).Select((x, i) => x / Math.Pow(60, i + 1)).Sum());
    }

    private const string Half = @"-?\d{1,3}(?:[.,]\d+)?\s*°?(?:\s*\d{1,2}(?:[.,]\d+)?\s*'?)?(?:\s*\d{1,2}(?:[.,]\d+)?\s*""?)?";

    [GeneratedRegex($@"^\s*(?:(?<one>{Half})\s*(?<l1>[NE])\s*[,;]?\s*(?<two>{Half})\s*(?<l2>[NE])|(?<l1>[NE])\s*(?<one>{Half})\s*[,;]?\s*(?<l2>[NE])\s*(?<two>{Half}))\s*$", RegexOptions.None, 200)]
    private static partial Regex Lettered();

    [GeneratedRegex($@"^\s*(?:(?<one>-?\d{{1,3}}(?:\.\d+)?)\s*°?\s*[,;\s]\s*(?<two>-?\d{{1,3}}(?:\.\d+)?)\s*°?|(?<one>-?\d{{1,3}}(?:,\d+)?)\s*°?\s*(?:;|\s)\s*(?<two>-?\d{{1,3}}(?:,\d+)?)\s*°?|(?<one>-?\d{{1,3}}\s*°[^,;]*?['""])\s*[,;]?\s*(?<two>-?\d{{1,3}}\s*°[^,;]*['""]))\s*$", RegexOptions.None, 200)]
    private static partial Regex Bare();

    [GeneratedRegex(@"-?\d+(?:[.,]\d+)?")]
    private static partial Regex Numbers();
}

/// <summary>Which numbers cannot be a position in Việt Nam. Pure.</summary>
internal static class PositionRules
{
    public const double South = 7, North = 24, West = 102, East = 118;

    /// <summary><c>geo.position-nan</c>, <c>geo.position-swapped</c>, <c>geo.position-not-on-earth</c>, <c>geo.position-outside</c>; null = may be.</summary>
    public static Refusal? Refuse(double lat, double lon)
    {
        if (!double.IsFinite(lat) || !double.IsFinite(lon))
            return At("geo.position-nan");
        if (Inside(lon, lat))
            return At("geo.position-swapped", Number(lon), Number(lat));
        if (Math.Abs(lat) > 90 || Math.Abs(lon) > 180)
            return At("geo.position-not-on-earth", Number(lat), Number(lon));
        return Inside(lat, lon) ? null : At("geo.position-outside", Number(lat), Number(lon));
    }

    private static bool Inside(double lat, double lon) => lat is >= South and <= North && lon is >= West and <= East;

    private static Refusal At(string code, params string[] with) => new(code, with) { Field = "position" };

    private static string Number(double n) => n.ToString("0.######", CultureInfo.InvariantCulture);
}
