using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BorderInfo.Contract;

/// <summary>SHA-256 of a file's bytes as 64 lowercase hexadecimal digits; also the file's name on the shelf.</summary>
[JsonConverter(typeof(TextIdConverter<MediaHash>))]
public readonly partial record struct MediaHash(string Value) : ITextId<MediaHash>
{
    public static bool TryParse(string? text, out MediaHash id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    public static MediaHash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));

    public override string ToString() => Value;

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
