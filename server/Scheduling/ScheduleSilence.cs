using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure island: what silences a schedule although it is due, or makes it quieter: quiet hours of its loudspeakers, rules of their noise zones, stops of themes. Emergencies pass all of them.</summary>
internal sealed class ScheduleSilence(ScheduleView schedule, ItemVersion[] items, HolidayTable holidays, DateOnly today)
{
    private readonly Dictionary<long, DateOnly?> met = [];
    private (DateTime From, DateTime To)[]? open;

    /// <summary>When it is open, as far ahead as warnings look.</summary>
    private (DateTime From, DateTime To)[] Open =>
        open ??= [.. ScheduleDays.Open(schedule, holidays, today.AddDays(-1), today.AddDays(ScheduleClashes.DaysAhead)).Where(o => o.To > today.ToDateTime(default))];

    /// <summary>Loudspeakers that are asked to speak and are silent then (<c>schedule.warn.quiet-hours</c>, <c>schedule.warn.noise-silent</c>) or may not be as loud as they are set (<c>schedule.warn.noise-quieter</c>).</summary>
    public IEnumerable<PlanWarning> Quiet((Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, NoiseBook noise)
    {
        if (schedule.Tier == Tier.Emergency)
            yield break;
        foreach (var (cluster, outputs) in reached)
        {
            foreach (var o in outputs.Where(o => o.Kind == OutputKind.Speaker && items.Any(i => ItemFit.Carries(i, o))))
            {
                foreach (var q in o.QuietHours.Where(q => First(q, _ => true) is not null).Take(1))
                    yield return new("schedule.warn.quiet-hours", cluster.Name, o.Name, ScheduleRules.Text(q));
                foreach (var warning in Rules(cluster, o, noise))
                    yield return warning;
            }
        }
    }

    /// <summary>Items whose theme is stopped somewhere while the schedule is open (<c>schedule.warn.theme-stopped</c>).</summary>
    /// <param name="stops">In force or to come.</param>
    public IEnumerable<PlanWarning> Stopped((Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, IReadOnlyList<ThemeStop> stops)
    {
        if (schedule.Tier == Tier.Emergency)
            yield break;
        foreach (var stop in stops)
        {
            var (from, until) = (LocalTime.Of(stop.From).DateTime, LocalTime.Of(stop.Until).DateTime);
            foreach (var item in items.Where(i => i.Class != BulletinClass.Emergency && stop.Holds(i.Theme)))
            {
                var here = reached.Where(r => r.Outputs.Count > 0 && r.Cluster.Within(stop.Area) && (item.ProvinceCode.Length == 0 || item.ProvinceCode == r.Cluster.ProvinceCode)).Select(r => r.Cluster).FirstOrDefault();
                if (here is not null && Open.Any(o => o.From < until && from < o.To))
                    yield return new("schedule.warn.theme-stopped", item.Title, stop.Name, LocalTime.Text(stop.From), LocalTime.Text(stop.Until), here.Name);
            }
        }
    }

    private IEnumerable<PlanWarning> Rules(Cluster cluster, ClusterOutput o, NoiseBook noise)
    {
        if (noise.ZoneOf(cluster.Id, o.Id) is not { } zone)
            yield break;
        foreach (var rule in noise.Counting(zone, today).Where(r => !(r.VolumePercent >= o.VolumePercent)))
        {
            if (!met.TryGetValue(rule.Id, out var first))
                met[rule.Id] = first = First(rule.Window, day => day >= rule.From && !(day > rule.To) && rule.Weekdays.HasFlag(ScheduleRules.FlagOf(day)));
            if (first is not { } day)
                continue;
            string[] said = [cluster.Name, o.Name, rule.Name, ScheduleRules.Text(rule.Window), LocalTime.Text(day)];
            yield return rule.VolumePercent is { } most
                ? new("schedule.warn.noise-quieter", [.. said, Text(most), Text(o.VolumePercent)])
                : new("schedule.warn.noise-silent", said);
        }
    }

    /// <summary>The first day on which the window starts and the schedule is open within it; null = none.</summary>
    private DateOnly? First(TimeWindow window, Func<DateOnly, bool> on)
    {
        foreach (var (from, to) in Open)
        {
            for (var day = DateOnly.FromDateTime(from).AddDays(-1); day.ToDateTime(window.From) < to; day = day.AddDays(1))
            {
                var begins = day.ToDateTime(window.From);
                if (from < begins + window.Length && begins + window.Length > today.ToDateTime(default) && on(day))
                    return day;
            }
        }

        return null;
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
