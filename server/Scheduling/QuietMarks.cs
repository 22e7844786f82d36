using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure: which hours of a schedule fall into quiet hours of loudspeakers that it asks to speak, so that the calendar shows them as silenced and nobody looks for what is missing.</summary>
internal sealed class QuietMarks(IReadOnlyList<Cluster> all, IReadOnlyDictionary<ItemId, ItemVersion> newest, NoiseBook noise, DateOnly today)
{
    /// <summary>Whether a stretch of local time meets them; null = it asks no loudspeaker to speak, or passes all quiet hours.</summary>
    public Func<DateTime, DateTime, bool>? Of(ScheduleStand stand)
    {
        var s = stand.Newest;
        if (s.Tier == Tier.Emergency)
            return null;
        var items = s.Items.Where(newest.ContainsKey).Select(i => newest[i]).ToArray();
        if (!items.Any(i => i.Renditions.Any(r => r.Kind == RenditionKind.Audio)))
            return null;
        var speakers =
            from c in TargetResolver.Clusters(s.Targets, stand.Area, all)
            let reach = TargetResolver.Reach(s.Targets, stand.Area, c).Select(r => r.Output).ToHashSet()
            from o in c.Outputs
            where o.Kind == OutputKind.Speaker && reach.Contains(o.Id)
            select (Cluster: c, Output: o);
        QuietRule[] silent = [.. speakers.SelectMany(o => Silent(o.Cluster, o.Output)).Distinct()];
        return silent.Length == 0 ? null : (from, to) => silent.Any(q => Meets(q, from, to));
    }

    private IEnumerable<QuietRule> Silent(Cluster cluster, ClusterOutput o) =>
        o.QuietHours.Select(q => new QuietRule { Name = "", Window = q }).Concat(noise.For(cluster.Id, o, today).Where(r => r.VolumePercent is null));

    private static bool Meets(QuietRule quiet, DateTime from, DateTime to)
    {
        for (var day = DateOnly.FromDateTime(from).AddDays(-1); day.ToDateTime(quiet.Window.From) < to; day = day.AddDays(1))
        {
            if (quiet.StartsOn(day) && from < day.ToDateTime(quiet.Window.From) + quiet.Window.Length)
                return true;
        }

        return false;
    }
}
