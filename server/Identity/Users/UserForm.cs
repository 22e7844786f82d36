using System.Text.RegularExpressions;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Identity;

/// <summary>What was typed into the fields of a user; kept when the form is refused.</summary>
internal sealed partial record UserForm(string UserName, string DisplayName, string Unit, IReadOnlyList<string> Roles, IReadOnlyList<string> Areas)
{
    public static readonly UserForm Blank = new("", "", "", [], []);

    public UserRules.Shape Shape => new(DisplayName, Unit, Roles, Areas);

    /// <summary>Ticked or known communes, for lines of their own.</summary>
    public IEnumerable<string> Communes => Areas.Where(a => a.StartsWith("c:", StringComparison.Ordinal) && AreaCodes.IsOne(a));

    /// <summary>What was typed for a commune and is none; kept in its field.</summary>
    public string TypedCommunes => string.Join("; ", Areas.Where(a => a.StartsWith("c:", StringComparison.Ordinal) && !AreaCodes.IsOne(a)).Select(a => a[2..]));

    /// <summary>Reads the ticked areas, the communes typed (five digits each, with or without the name before them) and the codes in <c>provinces</c>.</summary>
    public static UserForm From(IFormCollection form) => new(
        form["userName"].ToString().Trim(),
        form["displayName"].ToString().Typed(),
        form["unit"].ToString().Trim(),
        [.. form["roles"].OfType<string>()],
        [.. form["areas"].OfType<string>().Concat(Typed(form["provinces"].ToString(), "p:")).Concat(TypedIn(form["communes"].ToString())).Distinct()]);

    /// <summary>The codes of one kind, for a text field.</summary>
    public string Codes(string prefix) => string.Join(", ", Areas.Where(a => a.StartsWith(prefix, StringComparison.Ordinal)).Select(a => a[2..]));

    /// <summary>Parts between semicolons: of one with codes the codes, any other as it was typed, so that it is refused by name and not lost.</summary>
    private static IEnumerable<string> TypedIn(string text) =>
        text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(part => Five().Matches(part) is { Count: > 0 } codes ? codes.Select(m => "c:" + m.Value) : ["c:" + part]);

    private static IEnumerable<string> Typed(string text, string prefix) => Word().Matches(text).Select(m => prefix + m.Value);

    [GeneratedRegex(@"[^\s,;]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<!\d)\d{5}(?!\d)")]
    private static partial Regex Five();
}
