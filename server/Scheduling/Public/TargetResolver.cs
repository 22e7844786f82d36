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
        TargetWidth? whole = null;
        foreach (var target in targets)
        {
            if (target.Width != TargetWidth.Device && !(whole <= target.Width) && HitsCluster(target, cluster))
                whole = target.Width;
        }

        var single = targets.Any(t => t.Width == TargetWidth.Device);
        var reach = new List<(OutputId Output, TargetWidth Width)>(cluster.Outputs.Count);
        foreach (var output in cluster.Outputs)
        {
            if ((single && targets.Any(t => t.Width == TargetWidth.Device && Hits(t, cluster, output.Id)) ? TargetWidth.Device : whole) is { } width)
                reach.Add((output.Id, width));
        }

        reach.Sort(static (a, b) => string.CompareOrdinal(a.Output.Value, b.Output.Value));
        return reach;
    }

    /// <summary>True when the targets reach an output of the cluster; what <see cref="Reach"/> would say, without saying which.</summary>
    public static bool Touches(IReadOnlyList<Target> targets, AreaScope area, Cluster cluster) =>
        cluster.Outputs.Count > 0 && cluster.Within(area) && targets.Any(t => HitsCluster(t, cluster));

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
