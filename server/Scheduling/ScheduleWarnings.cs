using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>What a schedule reaches: numbers for the editor while he works.</summary>
internal sealed record TargetSummary(int Clusters, int Provinces, int Outputs, int Printed, IReadOnlyList<string> Names);

/// <summary>Pure island: what an editor should know before publishing. Nothing here stops him.</summary>
internal static class ScheduleWarnings
{
    /// <summary>At most this many of one kind are named; the rest is counted.</summary>
    public const int MostOfAKind = 6;

    public static TargetSummary Summary(ScheduleView s, AreaScope area, IReadOnlyList<Cluster> all)
    {
        var clusters = TargetResolver.Clusters(s.Targets, area, all);
        return new(
            clusters.Count, clusters.Select(c => c.ProvinceCode).Distinct().Count(), clusters.Sum(c => TargetResolver.Reach(s.Targets, area, c).Count),
            clusters.Count(c => c.Site is null), [.. clusters.Select(c => c.Name)]);
    }

    public static IReadOnlyList<PlanWarning> Of(
        ScheduleView s, AreaScope area, IReadOnlyList<Cluster> all, IReadOnlyDictionary<ItemId, ItemVersion> newest, IReadOnlySet<ItemId> released,
        Func<ItemVersion, ClusterOutput, IReadOnlyList<string>> missing, IReadOnlyList<ScheduleStand> others)
    {
        var reached = TargetResolver.Clusters(s.Targets, area, all).Select(c => (Cluster: c, Outputs: Outputs(s, area, c))).ToArray();
        var items = s.Items.Distinct().Where(newest.ContainsKey).Select(i => newest[i]).ToArray();
        PlanWarning[] found =
        [
            .. Targets(s, reached),
            .. items.Where(i => !released.Contains(i.Id)).Select(i => new PlanWarning("schedule.warn.not-released", i.Title)),
            .. items.Where(i => LocalTime.Day(i.ValidUntil.AddTicks(-1)) < (s.To ?? DateOnly.MaxValue)).Select(i => new PlanWarning("schedule.warn.item-expires", i.Title, LocalTime.Text(i.ValidUntil))),
            .. Languages(reached, items, missing),
            .. Quiet(s, reached),
            .. Overlaps(s, reached, others),
        ];
        return [.. found.GroupBy(w => w.Code).SelectMany(Shortened)];
    }

    private static IReadOnlyList<ClusterOutput> Outputs(ScheduleView s, AreaScope area, Cluster c)
    {
        var reach = TargetResolver.Reach(s.Targets, area, c).Select(r => r.Output).ToHashSet();
        return [.. c.Outputs.Where(o => reach.Contains(o.Id))];
    }

    private static IEnumerable<PlanWarning> Targets(ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached)
    {
        if (s.Targets.Count > 0 && reached.All(r => r.Outputs.Count == 0))
            yield return new("schedule.warn.reaches-nothing");
        foreach (var printed in reached.Where(r => r.Cluster.Site is null))
            yield return new("schedule.warn.printed", printed.Cluster.Name);
    }

    private static IEnumerable<PlanWarning> Languages((Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, ItemVersion[] items, Func<ItemVersion, ClusterOutput, IReadOnlyList<string>> missing) =>
        from r in reached
        from o in r.Outputs
        from i in items
        where ItemFit.Carries(i, o)
        let lacks = missing(i, o)
        where lacks.Count > 0
        select new PlanWarning("schedule.warn.language-missing", i.Title, r.Cluster.Name, o.Name, string.Join(", ", lacks));

    private static IEnumerable<PlanWarning> Quiet(ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached)
    {
        if (s.Tier == Tier.Emergency)
            yield break;
        foreach (var (cluster, outputs) in reached)
        {
            foreach (var o in outputs.Where(o => o.Kind == OutputKind.Speaker))
            {
                foreach (var q in o.QuietHours.Where(q => s.Windows.Any(w => Meet(w, q))).Take(1))
                    yield return new("schedule.warn.quiet-hours", cluster.Name, o.Name, ScheduleRules.Text(q));
            }
        }
    }

    private static IEnumerable<PlanWarning> Overlaps(ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, IReadOnlyList<ScheduleStand> others)
    {
        foreach (var other in others.Where(o => o.Id != s.Id && o.Standing != ScheduleStanding.Stopped))
        {
            var o = other.Newest;
            if (o.Tier != s.Tier || o.Number != s.Number || o.OneOff != s.OneOff || (o.Weekdays & s.Weekdays) == 0 || o.To < s.From || s.To < o.From || !o.Windows.Any(a => s.Windows.Any(b => Meet(a, b))))
                continue;
            var where = reached.FirstOrDefault(r => r.Outputs.Any(x => TargetResolver.Reach(o.Targets, other.Area, r.Cluster).Any(y => y.Output == x.Id)));
            if (where.Cluster is not null)
                yield return new("schedule.warn.same-rank", o.Name, where.Cluster.Name);
        }
    }

    private static IEnumerable<PlanWarning> Shortened(IGrouping<string, PlanWarning> kind)
    {
        var all = kind.ToArray();
        return all.Length <= MostOfAKind ? all : [.. all.Take(MostOfAKind), new("schedule.warn.and-more", (all.Length - MostOfAKind).ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <summary>True when two daily windows share a minute.</summary>
    internal static bool Meet(TimeWindow a, TimeWindow b) =>
        Parts(a).Any(x => Parts(b).Any(y => x.From < y.To && y.From < x.To));

    private static IEnumerable<(TimeSpan From, TimeSpan To)> Parts(TimeWindow w)
    {
        var end = w.From.ToTimeSpan() + w.Length;
        var day = TimeSpan.FromDays(1);
        yield return (w.From.ToTimeSpan(), end < day ? end : day);
        if (end > day)
            yield return (TimeSpan.Zero, end - day);
    }
}
