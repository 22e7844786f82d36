using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BorderInfo.Contract;

/// <summary>One thing at a site that plays one item at a time: a screen, a region of an LED wall, a loudspeaker line. For example <c>LED-1.A</c>.</summary>
[JsonConverter(typeof(TextIdConverter<OutputId>))]
public readonly partial record struct OutputId(string Value) : ITextId<OutputId>
{
    public static bool TryParse(string? text, out OutputId id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    public static OutputId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"not an output id: {text}");

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Z0-9][A-Z0-9.\-]{0,23}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
