using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure island: what an editor should know of a schedule's pace, by the rules of the engine (README of the contract's plans). Shares that add up to too much: <see cref="ShareSums"/>.</summary>
internal static class PaceWarnings
{
    public static readonly IReadOnlyList<string> Codes =
    [
        "schedule.warn.pace-no-screen", "schedule.warn.in-step-no-voice", "schedule.warn.in-step-item", "schedule.warn.slot-short", "schedule.warn.share-unreachable", .. ShareSums.Codes,
    ];

    public static IEnumerable<PlanWarning> Of(
        ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, ItemVersion[] items, IReadOnlyList<ScheduleStand> others, HolidayTable holidays, DateOnly today)
    {
        if (s.Pace == SchedulePace.None)
            return [];
        return [.. Places(s, reached), .. Words(s, items), .. Slots(s, reached, items), .. Reachable(s, reached, items), .. ShareSums.Of(s, reached, others, holidays, today)];
    }

    private static IEnumerable<PlanWarning> Places(ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached)
    {
        if (reached.Any(r => r.Outputs.Count > 0) && !reached.SelectMany(r => r.Outputs).Any(IsScreen))
            yield return new("schedule.warn.pace-no-screen");
        foreach (var (cluster, outputs) in reached.Where(r => s.Pace.InStep && r.Outputs.Count > 0 && r.Outputs.All(IsScreen)))
            yield return new("schedule.warn.in-step-no-voice", s.Name, cluster.Name);
    }

    /// <summary>In step an item is shown while it is said: it needs both.</summary>
    private static IEnumerable<PlanWarning> Words(ScheduleView s, ItemVersion[] items) =>
        items.Where(i => s.Pace.InStep && (i.Renditions.All(r => r.Kind != RenditionKind.Audio) || i.Renditions.All(r => r.Kind == RenditionKind.Audio))).Select(i => new PlanWarning("schedule.warn.in-step-item", i.Title));

    private static IEnumerable<PlanWarning> Slots(ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, ItemVersion[] items)
    {
        if (s.Pace.SlotMinutes is not { } minutes)
            yield break;
        foreach (var item in items)
        {
            var longest = reached.SelectMany(r => r.Outputs.Where(IsScreen).Select(o => (r.Cluster, Output: o, Length: ItemLength.Of(item, o)))).OrderByDescending(l => l.Length).FirstOrDefault();
            if (longest.Length > minutes * 60_000L)
                yield return new("schedule.warn.slot-short", item.Title, LocalTime.Length((int)Math.Min(longest.Length, int.MaxValue)), Text(minutes), longest.Cluster.Name, longest.Output.Name);
        }
    }

    /// <summary>The first screen at which cap and gap keep all items together from making up the share.</summary>
    private static IEnumerable<PlanWarning> Reachable(ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, ItemVersion[] items)
    {
        var pace = s.Pace;
        if (pace.ShareOfHour() == 0 || (pace.MostPerHour is null && pace.LeastGapSeconds is null))
            return [];
        return reached.SelectMany(r => r.Outputs.Where(IsScreen).Select(o => (r.Cluster, Output: o, Most: items.Sum(i => MostOf(ItemLength.Of(i, o), pace)))))
            .Where(o => o.Most > 0 && o.Most < pace.ShareOfHour() * 1000L).Take(1)
            .Select(o => new PlanWarning("schedule.warn.share-unreachable", Text(o.Most / 1000), Text(pace.ShareOfHour()), o.Cluster.Name, o.Output.Name));
    }

    /// <summary>Milliseconds of one hour that an item of the length can get: so many of its plays may begin in it.</summary>
    internal static long MostOf(long length, SchedulePace pace)
    {
        if (length == 0)
            return 0;
        var again = length + ((pace.LeastGapSeconds ?? 0) * 1000L);
        return Math.Min(pace.MostPerHour ?? long.MaxValue, (3_600_000 + again - 1) / again) * length;
    }

    internal static bool IsScreen(ClusterOutput o) => o.Kind != OutputKind.Speaker;

    internal static string Text(long n) => n.ToString(CultureInfo.InvariantCulture);
}
