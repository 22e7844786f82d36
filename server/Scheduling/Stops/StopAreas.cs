using System.Text.RegularExpressions;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>Areas as forms and the API write them: <c>all</c>, <c>p:20</c>, <c>s:LS-CN-1</c>, <c>c:06184</c>.</summary>
internal sealed partial class StopAreas(TargetChoices choices, IClusters clusters, Texts texts)
{
    public const string Everything = "all";

    public static Outcome<AreaScope> Read(IReadOnlyList<string> codes)
    {
        if (codes.Count == 0)
            return new Refusal("stop.no-area") { Field = "area" };
        if (codes.FirstOrDefault(c => !Shape().IsMatch(c)) is { } wrong)
            return new Refusal("stop.unknown-area", wrong) { Field = "area" };
        return codes.Contains(Everything) ? AreaScope.All : new AreaScope(false, Coded(codes, "p:"), Coded(codes, "c:"), Coded(codes, "s:"));
    }

    public static IReadOnlyList<string> Codes(AreaScope area) => area.Everything
        ? [Everything]
        : [.. area.Provinces.Select(p => "p:" + p), .. area.Sectors.Select(s => "s:" + s), .. area.Communes.Select(c => "c:" + c)];

    /// <summary>In words, for example “Lạng Sơn”.</summary>
    public string Name(AreaScope area) => area.Everything ? texts["stop.whole-country"] : string.Join(", ", Targets(area).Select(choices.NameOf));

    /// <summary>Code of a place named in the area that nobody knows; null = all are known.</summary>
    public string? Unknown(AreaScope area) =>
        Targets(area).Where(t => !choices.Knows(t)).Select(t => (t.Width switch { TargetWidth.Province => "p:", TargetWidth.Sector => "s:", _ => "c:" }) + t.Key).FirstOrDefault();

    /// <summary>What the actor may choose, widest first, each by name: only places that have a cluster.</summary>
    public IReadOnlyList<(TargetWidth Width, IReadOnlyList<(string Code, string Name)> Areas)> For(AreaScope own)
    {
        var here = clusters.Within(own);
        return
        [
            .. new (TargetWidth Width, string Letter, IEnumerable<string?> Keys)[]
            {
                (TargetWidth.Province, "p:", here.Select(c => c.ProvinceCode).Where(p => own.Everything || own.Provinces.Contains(p))),
                (TargetWidth.Sector, "s:", here.Select(c => c.SectorId).Where(s => clusters.All.Where(c => c.SectorId == s).All(c => c.Within(own)))),
                (TargetWidth.Commune, "c:", here.Select(c => c.CommuneCode)),
            }.Select(g => (g.Width, (IReadOnlyList<(string, string)>)[.. g.Keys.OfType<string>().Distinct().Select(k => (g.Letter + k, choices.NameOf(new(g.Width, k)))).OrderBy(a => a.Item2, StringComparer.CurrentCulture)]))
            .Where(g => g.Item2.Count > 0),
        ];
    }

    private static IEnumerable<Public.Target> Targets(AreaScope area) =>
        area.Provinces.Select(p => new Public.Target(TargetWidth.Province, p)).Concat(area.Sectors.Select(s => new Public.Target(TargetWidth.Sector, s))).Concat(area.Communes.Select(c => new Public.Target(TargetWidth.Commune, c)));

    private static string[] Coded(IReadOnlyList<string> codes, string letter) => [.. codes.Where(c => c.StartsWith(letter, StringComparison.Ordinal)).Select(c => c[2..]).Distinct()];

    [GeneratedRegex(@"^(all|p:\d{2}|c:\d{5}|s:[A-Za-z0-9-]{1,40})\z")]
    private static partial Regex Shape();
}
