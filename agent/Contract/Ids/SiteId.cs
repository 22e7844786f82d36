using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BorderInfo.Contract;

/// <summary>The site PC of a cluster, for example <c>LS-0001</c>: 2–4 capitals, hyphen, 4–6 digits. Also its certificate's CN and its MQTT client id.</summary>
[JsonConverter(typeof(TextIdConverter<SiteId>))]
public readonly partial record struct SiteId(string Value) : ITextId<SiteId>
{
    public static bool TryParse(string? text, out SiteId id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    /// <exception cref="FormatException">The text has another form.</exception>
    public static SiteId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"not a site id: {text}");

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Z]{2,4}-[0-9]{4,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
