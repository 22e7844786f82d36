using BorderInfo.Contract.Plans;
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
public sealed record ReportAsk
{
    private static readonly (string Page, string Api)[] Names =
    [
        ("ky", "period"), ("tu", "from"), ("den", "to"), ("chot", "cutOff"), ("nhom", "groupBy"), ("cum", "cluster"), ("xa", "commune"), ("tuyen", "sector"), ("tinh", "province"),
        ("ngon-ngu", "language"), ("chuyen-de", "theme"), ("loai", "class"), ("tin", "item"), ("diem", "site"), ("dau-ra", "output"),
    ];

    private Dictionary<string, string> Values { get; init; } = [];

    public string? Preset => Of("ky");

    public string? From => Of("tu");

    public string? To => Of("den");

    public string? CutOff => Of("chot");

    public GroupBy Group => Enum.TryParse<GroupBy>(Of("nhom"), ignoreCase: true, out var group) && Enum.IsDefined(group) ? group : GroupBy.Cluster;

    public long? Cluster => long.TryParse(Of("cum"), out var id) ? id : null;

    public string? Commune => Of("xa");

    public string? Sector => Of("tuyen");

    public string? Province => Of("tinh");

    public string? Language => Of("ngon-ngu");

    public string? Theme => Of("chuyen-de");

    public BulletinClass? Class => Enum.TryParse<BulletinClass>(Of("loai"), ignoreCase: true, out var c) && Enum.IsDefined(c) ? c : null;

    public string? Item => Of("tin");

    public string? Site => Of("diem");

    public string? Output => Of("dau-ra");

    /// <summary>True when only a part of what was on air is asked for: then planned against played has no meaning.</summary>
    public bool OfContent => Language is not null || Theme is not null || Class is not null || Item is not null || Output is not null;

    public static ReportAsk Read(IQueryCollection query)
    {
        var values = new Dictionary<string, string>();
        foreach (var (page, api) in Names)
        {
            var value = query[page].FirstOrDefault() ?? query[api].FirstOrDefault();
            if (!string.IsNullOrWhiteSpace(value) && value.Length <= 100)
                values[page] = value.Trim();
        }

        return new() { Values = values };
    }

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

        return new() { Values = values };
    }

    /// <summary>For an address, with the question mark.</summary>
    public string Query => new QueryBuilder(Values).ToString();

    private string? Of(string name) => Values.GetValueOrDefault(name);
}
