using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BorderInfo.Contract;

/// <summary>A plan of one site, for example <c>LS-0001/2026-0147</c>: site, year it was made (UTC+7), running number of the site. Stands in every log line and record of its walk.</summary>
[JsonConverter(typeof(TextIdConverter<PlanNumber>))]
public readonly partial record struct PlanNumber(string Value) : ITextId<PlanNumber>
{
    public PlanNumber(SiteId site, int year, long counter)
        : this(string.Create(CultureInfo.InvariantCulture, $"{site}/{year}-{counter:0000}"))
    {
    }

    public SiteId Site => new(Value[..Value.IndexOf('/', StringComparison.Ordinal)]);

    /// <summary>The year between slash and hyphen.</summary>
    public int Year => int.Parse(Value.AsSpan(Value.IndexOf('/', StringComparison.Ordinal) + 1, 4), CultureInfo.InvariantCulture);

    /// <summary>The running number behind the last hyphen.</summary>
    public long Counter => long.Parse(Value.AsSpan(Value.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out PlanNumber id)
    {
        id = new(text ?? "");
        return text is not null && Form().IsMatch(text);
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"^[A-Z]{2,4}-[0-9]{4,6}/[0-9]{4}-[0-9]{4,12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
