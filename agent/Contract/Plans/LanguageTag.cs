using System.Text.RegularExpressions;

namespace BorderInfo.Contract.Plans;

/// <summary>Form of a language tag by BCP 47 (RFC 5646 §2.1, without the grandfathered ones), at most 35 characters. Whether the subtags are registered is not asked.</summary>
internal static partial class LanguageTag
{
    public static bool IsWellFormed(string? tag) => tag is { Length: <= 35 } && Form().IsMatch(tag);

    [GeneratedRegex(
        @"^([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wy-z0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
