using System.Globalization;
using System.Text.RegularExpressions;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Identity;

/// <summary>The last column of the audit trail as people read it: rows keep codes and fixed English words, since they are hashed and never change.</summary>
internal sealed partial class AuditDetail(Texts texts, AreaNames areas)
{
    private static readonly (Regex Said, string Key)[] Sentences =
    [
        (new("^first start$"), "audit.detail.first-start"),
        (new("^printed at start$"), "audit.detail.printed"),
        (new("^sample$"), "audit.detail.sample"),
        (new("^replaces the computer$"), "audit.detail.replaces"),
        (new("^asked by (.+)$"), "audit.detail.asked-by"),
        (new("^certificate (.+), code of (.+)$"), "audit.detail.enrolled"),
        (new("^certificate (.+) after (.+)$"), "audit.detail.renewed"),
        (new(@"^(\d+) new, (\d+) changed, (\d+) same$"), "audit.detail.posts"),
    ];

    /// <summary>What no rule knows is shown as it stands.</summary>
    public string Of(string action, string detail)
    {
        foreach (var (said, key) in Sentences)
        {
            if (said.Match(detail) is { Success: true } match)
                return texts[key, [.. match.Groups.Values.Skip(1).Select(g => (object)g.Value)]];
        }

        var plain = Instants().Replace(detail, m => DateTimeOffset.TryParse(m.Value, CultureInfo.InvariantCulture, out var at) ? LocalTime.Text(at) : m.Value);
        return (action, plain.Split("; ")) switch
        {
            ("user.create" or "user.change", [.. var name, var roles, var where]) => string.Join("; ", [.. name, Words("role.", roles), Places(where)]),
            ("stop.start", [.. var name, var where, var when]) => string.Join("; ", [Themes(string.Join("; ", name)), Places(where), when]),
            ("site.command", _) => Words("fleet.verb.", plain),
            _ => plain,
        };
    }

    private string Places(string codes) => string.Join(", ", codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(areas.Of));

    /// <summary>Each word that has a text under <paramref name="prefix"/> by that text.</summary>
    private string Words(string prefix, string words) => string.Join(", ", words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => texts.Has(prefix + w) ? texts[prefix + w] : w));

    /// <summary><c>Name: theme theme</c>.</summary>
    private string Themes(string named) => named.LastIndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? named[..colon] + ": " + Words("content.theme.", named[(colon + 2)..]) : named;

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Instants();
}
