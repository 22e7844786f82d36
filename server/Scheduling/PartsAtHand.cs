using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>An item and the outputs of one cluster for which it is scheduled and that carry its kind.</summary>
/// <param name="Outputs">A bit for each place in the cluster's list.</param>
internal readonly record struct WantedItem(ReleasedItem Released, ulong Outputs);

/// <summary>The outputs of a cluster as far as they decide what is made for it; clusters that are fitted out alike share one.</summary>
internal sealed class Fitting(IReadOnlyList<ClusterOutput> outputs)
{
    /// <summary>More than a plan may have (<see cref="PlanLimits.Outputs"/>); what stands beyond is not asked for, the plan is refused anyway.</summary>
    public const int Most = 64;

    public IReadOnlyList<ClusterOutput> Outputs => outputs;

    public static string KeyOf(IReadOnlyList<ClusterOutput> outputs)
    {
        var key = new StringBuilder();
        foreach (var o in outputs)
            key.Append(CultureInfo.InvariantCulture, $"{o.Id.Value}/{(int)o.Kind}/{o.WidthPx}x{o.HeightPx}/{o.LanguageKey()}\n");
        return key.ToString();
    }
}

/// <summary>
/// The files of items for outputs, each asked for once: outputs of the same kind, size and languages get the same ones, whatever cluster they stand in.
/// </summary>
/// <remarks>Fetched first (<see cref="Fetch"/>, which may render for a while), then read by many threads without waiting.</remarks>
internal sealed class PartsAtHand(IParts parts)
{
    private readonly Dictionary<Key, Made> made = [];
    private readonly ConcurrentDictionary<string, Fitting> fittings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(ItemId, int, Fitting, ulong), Prepared> prepared = [];

    /// <summary>What of an output decides an item's parts there.</summary>
    private readonly record struct Key(ItemId Item, int Version, OutputKind Kind, int WidthPx, int HeightPx, string Languages)
    {
        public static Key Of(ItemVersion item, ClusterOutput o) => new(item.Id, item.Version, o.Kind, o.WidthPx, o.HeightPx, o.LanguageKey());
    }

    /// <param name="Missing">Languages that the output needs and the item lacks; then nothing was made.</param>
    private sealed record Made(IReadOnlyList<string> Missing, Outcome<ReadyParts> Ready);

    /// <param name="Troubles">Places of the outputs where it can't be shown.</param>
    private sealed record Prepared(ReadyItem Ready, IReadOnlyList<(int Output, Made Why)> Troubles);

    public Fitting FittingOf(Cluster cluster) => fittings.GetOrAdd(Fitting.KeyOf(cluster.Outputs), static (_, outputs) => new(outputs), cluster.Outputs);

    /// <summary>True unless <see cref="Of"/> can answer; to be asked by many threads between two fetches.</summary>
    public bool Lacks(WantedItem want, Fitting fitting)
    {
        if (prepared.ContainsKey((want.Released.Item.Id, want.Released.Item.Version, fitting, want.Outputs)))
            return false;
        foreach (var (_, output) in Places(want, fitting))
        {
            if (!made.ContainsKey(Key.Of(want.Released.Item, output)))
                return true;
        }

        return false;
    }

    /// <summary>Gets what is wanted and not yet there.</summary>
    public async Task Fetch(IEnumerable<(WantedItem Want, Fitting Fitting)> wanted, CancellationToken stop)
    {
        foreach (var (want, fitting) in wanted)
        {
            foreach (var (_, output) in Places(want, fitting))
            {
                var (item, key) = (want.Released.Item, Key.Of(want.Released.Item, output));
                if (!made.ContainsKey(key))
                    made[key] = parts.Missing(item, output) is { Count: > 0 } missing ? new(missing, new ReadyParts([], [])) : new([], await parts.For(item, [output], stop));
            }
        }
    }

    /// <summary>The item's files at its outputs, the same object for clusters fitted out alike; where it can't be shown, a warning instead.</summary>
    public ReadyItem Of(WantedItem want, Fitting fitting, Cluster cluster, List<PlanWarning> warnings)
    {
        var item = want.Released.Item;
        var known = prepared.GetOrAdd((item.Id, item.Version, fitting, want.Outputs), static (_, hand) => hand.This.Prepare(hand.want, hand.fitting), (This: this, want, fitting));
        foreach (var (at, why) in known.Troubles)
        {
            warnings.Add(why.Missing.Count > 0
                ? new("schedule.warn.language-missing", item.Title, cluster.Name, cluster.Outputs[at].Name, string.Join(", ", why.Missing))
                : new("schedule.warn.not-made", item.Title, cluster.Name, cluster.Outputs[at].Name, why.Ready.Why!.Code));
        }

        return known.Ready;
    }

    private Prepared Prepare(WantedItem want, Fitting fitting)
    {
        var (all, files, troubles) = (new List<PlanPart>(), new List<PlanFile>(), new List<(int, Made)>());
        foreach (var (at, output) in Places(want, fitting))
        {
            var known = made[Key.Of(want.Released.Item, output)];
            if (known.Missing.Count > 0 || !known.Ready.Is(out var ready, out _))
            {
                troubles.Add((at, known));
                continue;
            }

            all.AddRange(ready.Parts.Select(p => p with { Output = output.Id }));
            files.AddRange(ready.Files);
        }

        return new(new(want.Released, new(all, files)), troubles);
    }

    private static IEnumerable<(int At, ClusterOutput Output)> Places(WantedItem want, Fitting fitting)
    {
        for (var at = 0; at < fitting.Outputs.Count && at < Fitting.Most; at++)
        {
            if ((want.Outputs & (1UL << at)) != 0)
                yield return (at, fitting.Outputs[at]);
        }
    }
}
