using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>What an editor may aim at, with names: only places that have a cluster in his area.</summary>
internal sealed class TargetChoices(IClusters clusters, IServiceProvider services, Texts texts)
{
    private readonly IGeoCatalogue? geo = services.GetService<IGeoCatalogue>();

    public sealed record Choice(Target Target, string Name);

    /// <summary>By width, widest first; each by name.</summary>
    public IReadOnlyList<(TargetWidth Width, IReadOnlyList<Choice> Choices)> For(AreaScope scope)
    {
        var own = clusters.Within(scope);
        Target[] all =
        [
            .. own.Select(c => c.ProvinceCode).Where(p => scope.Everything || scope.Provinces.Contains(p)).Select(p => new Target(TargetWidth.Province, p)),
            .. own.SelectMany(c => c.Tags).Select(t => new Target(TargetWidth.Tag, t)),
            .. own.Where(c => c.GateClass is not null).Select(c => new Target(TargetWidth.GateClass, c.GateClass!.Value.ToString())),
            .. own.Where(c => c.SectorId is not null).Select(c => new Target(TargetWidth.Sector, c.SectorId!)),
            .. own.Select(c => new Target(TargetWidth.Commune, c.CommuneCode)),
            .. own.Select(c => new Target(TargetWidth.Cluster, c.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            .. own.SelectMany(c => c.Outputs.Select(o => new Target(TargetWidth.Device, TargetResolver.DeviceKey(c.Id, o.Id)))),
        ];
        return [.. all.Distinct().GroupBy(t => t.Width).OrderByDescending(g => g.Key).Select(g => (g.Key, (IReadOnlyList<Choice>)[.. g.Select(t => new Choice(t, NameOf(t))).OrderBy(c => c.Name, StringComparer.CurrentCulture)]))];
    }

    /// <summary>The target in words, for example “Tỉnh Lạng Sơn”.</summary>
    public string NameOf(Target t) => t.Width switch
    {
        TargetWidth.Province => geo?.Province(t.Key)?.Shown() ?? t.Key,
        TargetWidth.Commune => geo?.Commune(t.Key)?.Name ?? t.Key,
        TargetWidth.Sector => geo?.Sector(t.Key)?.Shown() ?? t.Key,
        TargetWidth.GateClass => texts[$"schedule.gate-class.{t.Key}"],
        TargetWidth.Cluster => long.TryParse(t.Key, out var id) && clusters.ById(id) is { } c ? c.Name : t.Key,
        TargetWidth.Device => Device(t.Key),
        _ => t.Key,
    };

    /// <summary>There is such a province, commune or sector: in the register of places, or because a cluster stands there.</summary>
    public bool Knows(Target t) => clusters.All.Any(c => TargetResolver.HitsCluster(t, c)) || t.Width switch
    {
        TargetWidth.Province => geo?.Province(t.Key) is not null,
        TargetWidth.Commune => geo?.Commune(t.Key) is not null,
        TargetWidth.Sector => geo?.Sector(t.Key) is not null,
        _ => false,
    };

    private string Device(string key)
    {
        var parts = key.Split('/', 2);
        return parts.Length == 2 && long.TryParse(parts[0], out var id) && clusters.ById(id) is { } c ? $"{c.Name} · {c.Outputs.FirstOrDefault(o => o.Id.Value == parts[1])?.Name ?? parts[1]}" : key;
    }
}
