using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Scheduling.Public;

/// <summary>A dated window of quiet, or of less volume, in all places of a class.</summary>
/// <param name="From">First local day on which the window starts.</param>
/// <param name="To">Last one; null = until further notice.</param>
/// <param name="VolumePercent">1–100; null = silent.</param>
/// <param name="Source">The document it comes from; "" = none named.</param>
public sealed record NoiseRule(long Id, NoiseZone Zone, string Name, DateOnly From, DateOnly? To, Weekdays Weekdays, TimeWindow Window, int? VolumePercent, string Source);

/// <summary>All rules, and which cluster or loudspeaker belongs to which class.</summary>
/// <param name="Rules">Past ones too.</param>
/// <param name="Places">By cluster and output; "" = every loudspeaker of the cluster that is not named itself.</param>
public sealed record NoiseBook(IReadOnlyList<NoiseRule> Rules, IReadOnlyDictionary<(long Cluster, string Output), NoiseZone> Places)
{
    public static readonly NoiseBook None = new([], new Dictionary<(long, string), NoiseZone>());

    /// <summary>Null = no class was given: only the output's own quiet hours hold.</summary>
    public NoiseZone? ZoneOf(long cluster, OutputId output) =>
        Places.TryGetValue((cluster, output.Value), out var own) ? own : Places.TryGetValue((cluster, ""), out var whole) ? whole : null;

    /// <summary>Pure: what a plan made on the day says of a loudspeaker, without what is over everywhere by then.</summary>
    public IReadOnlyList<QuietRule> For(long cluster, ClusterOutput output, DateOnly today)
    {
        if (output.Kind != OutputKind.Speaker || ZoneOf(cluster, output.Id) is not { } zone)
            return [];
        return [.. Counting(zone, today).Select(r => new QuietRule { Name = r.Name, From = r.From, To = r.To, Weekdays = r.Weekdays, Window = r.Window, VolumePercent = r.VolumePercent })];
    }

    /// <summary>In force or to come, in the order of their ids.</summary>
    public IEnumerable<NoiseRule> Counting(NoiseZone zone, DateOnly today) => Rules.Where(r => r.Zone == zone && !(r.To < today.AddDays(-2))).OrderBy(r => r.Id);
}

public interface INoise
{
    Task<NoiseBook> Book(CancellationToken stop);
}

/// <summary>Rules of noise zones, or what belongs to one, changed: plans are made anew.</summary>
/// <param name="Cluster">Null = everywhere.</param>
public sealed record NoiseChanged(long? Cluster);
