using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure island: schedules by what they aim at, so that a cluster looks at the few dozen that may reach it and not at thousands.</summary>
/// <remarks>Says only who <em>may</em> reach; area and outputs are the business of <see cref="TargetResolver.Reach"/>. Reading takes no lock.</remarks>
internal sealed class TargetIndex<T>
{
    private readonly IReadOnlyList<T> all;
    private readonly Dictionary<(TargetWidth, string), List<int>> places = [];
    private readonly Dictionary<string, List<int>> tags = new(StringComparer.OrdinalIgnoreCase);

    public TargetIndex(IReadOnlyList<T> all, Func<T, IEnumerable<Target>> targets)
    {
        this.all = all;
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var target in targets(all[i]))
                Add(target.Width == TargetWidth.Tag ? tags.TryGetValue(target.Key, out var t) ? t : tags[target.Key] = [] : Place(target), i);
        }
    }

    /// <summary>In the order given, each once.</summary>
    public IEnumerable<T> Near(Cluster c)
    {
        var near = new List<int>();
        Take(TargetWidth.Province, c.ProvinceCode, near);
        Take(TargetWidth.Commune, c.CommuneCode, near);
        Take(TargetWidth.Sector, c.SectorId, near);
        Take(TargetWidth.GateClass, c.GateClass?.ToString(), near);
        Take(TargetWidth.Cluster, c.Id.ToString(CultureInfo.InvariantCulture), near);
        foreach (var output in c.Outputs)
            Take(TargetWidth.Device, TargetResolver.DeviceKey(c.Id, output.Id), near);
        foreach (var tag in c.Tags)
        {
            if (tags.TryGetValue(tag, out var found))
                near.AddRange(found);
        }

        near.Sort();
        for (var i = 0; i < near.Count; i++)
        {
            if (i == 0 || near[i] != near[i - 1])
                yield return all[near[i]];
        }
    }

    private List<int> Place(Target target) =>
        places.TryGetValue((target.Width, target.Key), out var found) ? found : places[(target.Width, target.Key)] = [];

    private void Take(TargetWidth width, string? key, List<int> into)
    {
        if (key is not null && places.TryGetValue((width, key), out var found))
            into.AddRange(found);
    }

    private static void Add(List<int> to, int i)
    {
        if (to.Count == 0 || to[^1] != i)
            to.Add(i);
    }
}
