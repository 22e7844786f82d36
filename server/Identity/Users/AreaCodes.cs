using System.Text.RegularExpressions;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Identity;

/// <summary>Areas as they stand in claims: <c>all</c>, <c>p:20</c>, <c>c:06184</c>, <c>s:LS-CN-1</c>. Pure.</summary>
internal static partial class AreaCodes
{
    public const string Everything = "all";

    public static IEnumerable<string> Of(AreaScope scope) => scope.Everything
        ? [Everything]
        : [.. scope.Provinces.Select(p => "p:" + p), .. scope.Communes.Select(c => "c:" + c), .. scope.Sectors.Select(s => "s:" + s)];

    public static bool IsOne(string code) => Shape().IsMatch(code);

    /// <summary>May somebody with these areas give that one? Everything, the same one, or (by <paramref name="provinceOf"/>) one inside an own province.</summary>
    public static bool Covers(AreaScope own, string code, Func<string, string?> provinceOf) =>
        own.Everything || Of(own).Contains(code) || (code != Everything && provinceOf(code) is { } province && own.Provinces.Contains(province));

    [GeneratedRegex(@"^(all|p:\d{2}|c:\d{5}|s:[A-Za-z0-9-]{1,40})$")]
    private static partial Regex Shape();
}
