using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>Pure island: which outputs of which clusters a schedule reaches, and by how narrow a target.</summary>
public static class TargetResolver
{
    /// <summary>Outputs of the cluster that the targets reach, each with its narrowest width, by output id; empty when outside the area.</summary>
    public static IReadOnlyList<(OutputId Output, TargetWidth Width)> Reach(IReadOnlyList<Target> targets, AreaScope area, Cluster cluster)
    {
        if (!cluster.Within(area))
            return [];
        var reach = new SortedDictionary<string, (OutputId, TargetWidth)>(StringComparer.Ordinal);
        foreach (var target in targets.OrderBy(t => t.Width))
        {
            foreach (var output in cluster.Outputs.Where(o => Hits(target, cluster, o.Id)))
                reach.TryAdd(output.Id.Value, (output.Id, target.Width));
        }

        return [.. reach.Values];
    }

    /// <summary>Clusters with at least one output reached, and printed ones that the targets name (they play nothing).</summary>
    public static IReadOnlyList<Cluster> Clusters(IReadOnlyList<Target> targets, AreaScope area, IEnumerable<Cluster> all) =>
        [.. all.Where(c => c.Within(area) && targets.Any(t => HitsCluster(t, c)))];

    /// <summary>Clusters that one target names, anywhere.</summary>
    public static bool HitsCluster(Target target, Cluster c) => target.Width switch
    {
        TargetWidth.Device => c.Outputs.Any(o => Hits(target, c, o.Id)),
        TargetWidth.Cluster => target.Key == Text(c.Id),
        TargetWidth.Commune => target.Key == c.CommuneCode,
        TargetWidth.Sector => c.SectorId is not null && target.Key == c.SectorId,
        TargetWidth.GateClass => c.GateClass is { } g && target.Key == g.ToString(),
        TargetWidth.Tag => c.Tags.Contains(target.Key, StringComparer.OrdinalIgnoreCase),
        TargetWidth.Province => target.Key == c.ProvinceCode,
        _ => false,
    };

    /// <summary>Key of a <see cref="TargetWidth.Device"/> target.</summary>
    public static string DeviceKey(long cluster, OutputId output) => $"{Text(cluster)}/{output}";

    private static bool Hits(Target target, Cluster cluster, OutputId output) =>
        target.Width == TargetWidth.Device ? target.Key == DeviceKey(cluster.Id, output) : HitsCluster(target, cluster);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
