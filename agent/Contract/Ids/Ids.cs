using System.Globalization;
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

/// <summary>A plan of one site, for example <c>LS-0001/2026-0147</c>: site, year it was made (UTC+7), running number of the site. Stands in every log line and record of its walk.</summary>
[JsonConverter(typeof(TextIdConverter<PlanNumber>))]
public readonly partial record struct PlanNumber(string Value) : ITextId<PlanNumber>
{
    public PlanNumber(SiteId site, int year, long counter)
        : this(string.Create(CultureInfo.InvariantCulture, $"{site}/{year}-{counter:0000}"))
    {
    }

    public SiteId Site => new(Value[..Value.IndexOf('/', StringComparison.Ordinal)]);

    public static bool TryParse(string? text, out PlanNumber id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Z]{2,4}-[0-9]{4,6}/[0-9]{4}-[0-9]{4,12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
