using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>When a commune wants to play what it accepts.</summary>
/// <param name="EveryMinutes">Loudspeakers; null = once at the start of each window.</param>
public sealed record OwnTimes(DateOnly From, DateOnly? To, Weekdays Weekdays, IReadOnlyList<TimeWindow> Windows, int? EveryMinutes);

/// <summary>Pure island: the commune's own schedule that an acceptance makes.</summary>
internal static class AcceptedSchedule
{
    public static AreaScope Area(string commune) => new(false, [], [commune], []);

    /// <summary>Items and order are the source's, places those of the commune that were offered, times the commune's.</summary>
    public static Outcome<ScheduleView> Of(Offer offer, string commune, OwnTimes times, IReadOnlyList<Cluster> all, HolidayTable holidays)
    {
        var offered = offer.Schedule;
        if (times.From < offered.From || (offered.To is { } last && (times.To is not { } to || to > last)))
            return new Refusal("offer.outside-days", LocalTime.Text(offered.From), offered.To is { } end ? LocalTime.Text(end) : "…") { Field = times.From < offered.From ? "from" : "to" };
        var targets = Targets(offered, offer.Area, commune, all);
        if (targets.Count == 0)
            return new Refusal("offer.plays-nowhere", offered.Name);
        var own = offered with
        {
            Id = 0, Targets = targets, From = times.From, To = times.To, Weekdays = times.Weekdays, Windows = times.Windows, EveryMinutes = times.EveryMinutes, Days = null, Published = false, ChangedAt = default,
        };
        return ScheduleRules.Check(own, holidays) is { } wrong ? wrong : own;
    }

    /// <summary>The narrowest words for what was offered there: the commune, whole clusters, or single outputs.</summary>
    public static IReadOnlyList<Target> Targets(ScheduleView offered, AreaScope area, string commune, IReadOnlyList<Cluster> all)
    {
        var here = all.Where(c => c.CommuneCode == commune && c.Site is not null && c.Outputs.Count > 0).Select(c => (Cluster: c, Reached: TargetResolver.Reach(offered.Targets, area, c))).ToArray();
        if (here.Length > 0 && here.All(h => h.Reached.Count == h.Cluster.Outputs.Count))
            return [new(TargetWidth.Commune, commune)];
        return [.. here.SelectMany(h => h.Reached.Count == h.Cluster.Outputs.Count
            ? [new Target(TargetWidth.Cluster, h.Cluster.Id.ToString(CultureInfo.InvariantCulture))]
            : h.Reached.Select(r => new Target(TargetWidth.Device, TargetResolver.DeviceKey(h.Cluster.Id, r.Output))))];
    }

    /// <summary>At least one item may be shown at one output, in all its languages.</summary>
    public static bool Plays(ScheduleView own, string commune, IReadOnlyList<Cluster> all, IReadOnlyList<ItemVersion> released, Func<ItemVersion, ClusterOutput, IReadOnlyList<string>> missing) =>
        all.Where(c => c.Site is not null).Any(c => TargetResolver.Reach(own.Targets, Area(commune), c) is { Count: > 0 } reach
            && c.Outputs.Where(o => reach.Any(r => r.Output == o.Id)).Any(o => released.Any(i => (i.ProvinceCode.Length == 0 || i.ProvinceCode == c.ProvinceCode) && ItemFit.Carries(i, o) && missing(i, o).Count == 0)));
}
