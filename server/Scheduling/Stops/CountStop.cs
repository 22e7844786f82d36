using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>What a stop would silence, before anybody presses the button. Nothing is changed.</summary>
/// <remarks>Refuses with what <see cref="StartStop"/> refuses.</remarks>
internal sealed class CountStop(ISchedules schedules, IStops stops, IReleasedItems released, IClusters clusters, StopAreas areas, TimeProvider clock)
{
    public sealed record Ask(Actor Actor, StopWish Wish);

    public async Task<Outcome<StopCount>> Handle(Ask ask, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (!StopRules.Check(ask.Actor, ask.Wish, await stops.Counting(now, stop), clusters.All, areas.Unknown, now).Is(out var order, out var why))
            return why;
        var successors = await released.Successors(stop);
        return StopCount.Of(order, [.. (await schedules.All(stop)).Select(s => s.With(successors))], await released.All(stop), clusters.All);
    }
}

/// <param name="Order">As it would be carried out.</param>
/// <param name="Sites">Electronic clusters of the area that have an item of the themes in a published schedule.</param>
/// <param name="SitesInArea">All electronic clusters of the area.</param>
/// <param name="Items">Released items of the themes that are scheduled there, by id.</param>
/// <param name="Silent">Published schedules that have nothing else to play, by name.</param>
/// <param name="Partly">Published schedules that play on without them, by name.</param>
internal sealed record StopCount(StopOrder Order, int Sites, int SitesInArea, IReadOnlyList<ItemVersion> Items, IReadOnlyList<string> Silent, IReadOnlyList<string> Partly)
{
    /// <summary>Pure.</summary>
    public static StopCount Of(StopOrder order, IReadOnlyList<ScheduleStand> schedules, IReadOnlyList<ReleasedItem> released, IReadOnlyList<Cluster> clusters)
    {
        var here = clusters.Where(c => c.Site is not null && c.Within(order.Area)).ToArray();
        var known = released.Select(r => r.Item).Where(i => i.ValidUntil > order.From).ToDictionary(i => i.Id);
        var (sites, items, silent, partly) = (new HashSet<long>(), new HashSet<ItemId>(), new List<string>(), new List<string>());
        foreach (var s in schedules.Where(s => s.Published is { } p && (p.To is null || p.To >= Platform.Pages.LocalTime.Day(order.From))))
        {
            var playing = s.Published!.Items.Where(known.ContainsKey).Select(i => known[i]).ToArray();
            var stopped = playing.Where(i => s.Published.Tier != Tier.Emergency && i.Class != BulletinClass.Emergency && order.Themes.Contains(i.Theme)).ToArray();
            if (stopped.Length == 0)
                continue;
            var reached = TargetResolver.Clusters(s.Published.Targets, s.PublishedArea, here).Where(c => stopped.Any(i => i.ProvinceCode.Length == 0 || i.ProvinceCode == c.ProvinceCode)).ToArray();
            if (reached.Length == 0)
                continue;
            sites.UnionWith(reached.Select(c => c.Id));
            items.UnionWith(stopped.Where(i => reached.Any(c => i.ProvinceCode.Length == 0 || i.ProvinceCode == c.ProvinceCode)).Select(i => i.Id));
            (stopped.Length == playing.Length ? silent : partly).Add(s.Published.Name);
        }

        return new(order, sites.Count, here.Length, [.. items.Select(i => known[i]).OrderBy(i => i.Id.Number)], [.. silent.Order(StringComparer.CurrentCulture)], [.. partly.Order(StringComparer.CurrentCulture)]);
    }
}
