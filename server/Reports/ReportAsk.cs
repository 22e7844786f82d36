using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using Microsoft.AspNetCore.Http.Extensions;

namespace BorderInfo.Server.Reports;

/// <summary>What a report stands by.</summary>
public enum GroupBy
{
    Cluster,
    Commune,
    Sector,
    Province,
    Language,
    Theme,
    Class,
    Item,
}

/// <summary>The choices of a report as they stand in an address; everything may be left out. Pages use Vietnamese names, the API English ones.</summary>
/// <remarks>What cannot be read is never left out in silence, for then the totals of everything would stand under its name: see <see cref="Unreadable"/>.</remarks>
public sealed record ReportAsk
{
    private static readonly (string Page, string Api)[] Names =
    [
        ("ky", "period"), ("tu", "from"), ("den", "to"), ("chot", "cutOff"), ("nhom", "groupBy"), ("cum", "cluster"), ("xa", "commune"), ("tuyen", "sector"), ("tinh", "province"),
        ("ngon-ngu", "language"), ("chuyen-de", "theme"), ("loai", "class"), ("tin", "item"), ("diem", "site"), ("dau-ra", "output"),
    ];

    private const int MostCharacters = 100;

    private Dictionary<string, string> Values { get; init; } = [];

    /// <summary><c>reports.unreadable-choice</c> with the name as it was given and what it may be, or <c>reports.long-choice</c>; null = all could be read.</summary>
    public Refusal? Unreadable { get; private init; }

    public string? Preset => Of("ky");

    public string? From => Of("tu");

    public string? To => Of("den");

    public string? CutOff => Of("chot");

    public GroupBy Group => Word<GroupBy>(Of("nhom")) ?? GroupBy.Cluster;

    public long? Cluster => Id(Of("cum"));

    public string? Commune => Of("xa");

    public string? Sector => Of("tuyen");

    public string? Province => Of("tinh");

    public string? Language => Of("ngon-ngu");

    public string? Theme => Of("chuyen-de");

    public BulletinClass? Class => Word<BulletinClass>(Of("loai"));

    public string? Item => Of("tin");

    public string? Site => Of("diem");

    public string? Output => Of("dau-ra");

    /// <summary>The days asked for. Refuses what cannot be read, and what <see cref="ReportPeriod.Of"/> refuses.</summary>
    public Outcome<ReportPeriod> Period(DateTimeOffset now) => Unreadable is { } why ? why : ReportPeriod.Of(Preset, From, To, CutOff, LocalTime.Day(now));

    /// <summary>True when only a part of what was on air is asked for: then planned against played has no meaning.</summary>
    public bool OfContent => Language is not null || Theme is not null || Class is not null || Item is not null || Output is not null;

    public static ReportAsk Read(IQueryCollection query)
    {
        var values = new Dictionary<string, string>();
        Refusal? unreadable = null;
        foreach (var (page, api) in Names)
        {
            var name = query.ContainsKey(page) ? page : api;
            if (query[name].FirstOrDefault()?.Trim() is not { Length: > 0 } value)
                continue;
            values[page] = value;
            unreadable ??= Check(page, name, value);
        }

        return new() { Values = values, Unreadable = unreadable };
    }

    /// <summary>Pure. Null = can be read.</summary>
    private static Refusal? Check(string page, string name, string value)
    {
        if (value.Length > MostCharacters)
            return new("reports.long-choice", name, MostCharacters.ToString(CultureInfo.InvariantCulture));
        var allowed = page switch
        {
            "loai" when Word<BulletinClass>(value) is null => string.Join(", ", Enum.GetNames<BulletinClass>()),
            "nhom" when Word<GroupBy>(value) is null => string.Join(", ", Enum.GetNames<GroupBy>()),
            "ky" when !ReportPeriod.Presets.Contains(value) => string.Join(", ", ReportPeriod.Presets),
            "cum" when Id(value) is null => "1, 2, 3, …",
            _ => null,
        };
        return allowed is null ? null : new("reports.unreadable-choice", name, allowed);
    }

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>By name only: a number, or several names, would be read as another word.</summary>
    private static TWord? Word<TWord>(string? text)
        where TWord : struct, Enum =>
        Enum.GetNames<TWord>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<TWord>(name) : null;

    /// <summary>The same with some choices changed, by their names in pages; null takes one away.</summary>
    public ReportAsk With(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string>(Values);
        foreach (var (name, value) in changes)
        {
            if (value is null)
                values.Remove(name);
            else
                values[name] = value;
        }

        return this with { Values = values };
    }

    /// <summary>For an address, with the question mark.</summary>
    public string Query => new QueryBuilder(Values).ToString();

    private string? Of(string name) => Values.GetValueOrDefault(name);
}
