using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BorderInfo.Contract;

/// <summary>An item of content (tin, bài) through all its versions, for example <c>T-1024</c>.</summary>
[JsonConverter(typeof(TextIdConverter<ItemId>))]
public readonly partial record struct ItemId(string Value) : ITextId<ItemId>
{
    public ItemId(long number)
        : this("T-" + number.ToString(CultureInfo.InvariantCulture))
    {
    }

    /// <summary>The number behind the prefix.</summary>
    public long Number => long.Parse(Value.AsSpan(2), CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out ItemId id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"^T-[1-9][0-9]{0,11}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
