using System.Text.RegularExpressions;

namespace BorderInfo.Server.Identity;

/// <summary>What was typed into the fields of a user; kept when the form is refused.</summary>
internal sealed partial record UserForm(string UserName, string DisplayName, string Unit, IReadOnlyList<string> Roles, IReadOnlyList<string> Areas)
{
    public static readonly UserForm Blank = new("", "", "", [], []);

    public UserRules.Shape Shape => new(DisplayName, Unit, Roles, Areas);

    /// <summary>Reads the ticked areas and the codes typed into <c>communes</c> (five digits) and <c>provinces</c> (two digits), apart by anything.</summary>
    public static UserForm From(IFormCollection form) => new(
        form["userName"].ToString().Trim(),
        form["displayName"].ToString().Trim(),
        form["unit"].ToString().Trim(),
        [.. form["roles"].OfType<string>()],
        [.. form["areas"].OfType<string>().Concat(Typed(form["provinces"].ToString(), "p:")).Concat(Typed(form["communes"].ToString(), "c:")).Distinct()]);

    /// <summary>The codes of one kind, for a text field.</summary>
    public string Codes(string prefix) => string.Join(", ", Areas.Where(a => a.StartsWith(prefix, StringComparison.Ordinal)).Select(a => a[2..]));

    private static IEnumerable<string> Typed(string text, string prefix) => Word().Matches(text).Select(m => prefix + m.Value);

    [GeneratedRegex(@"[^\s,;]+")]
    private static partial Regex Word();
}
