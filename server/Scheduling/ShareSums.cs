using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure island: schedules of one rank that together promise more than the hour at one screen.</summary>
/// <remarks>As the contract's rules have it, where all of them run by first and last day and weekdays alone the plan is refused; where a rule for days is among them each gets what it can.</remarks>
internal static class ShareSums
{
    public static readonly IReadOnlyList<string> Codes = ["schedule.warn.shares", "schedule.warn.shares-some-days"];

    private const int Hour = 3600;

    private sealed record Member(ScheduleView View, HashSet<int> Days);

    public static IEnumerable<PlanWarning> Of(ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, IReadOnlyList<ScheduleStand> others, HolidayTable holidays, DateOnly today)
    {
        if (s.Pace.ShareOfHour() == 0)
            return [];
        var shared = others.Where(o => o.Id != s.Id && o.Newest.Pace.ShareOfHour() > 0 && o.Standing != ScheduleStanding.Stopped && !(o.Newest.To < today) && (o.Newest.Tier, o.Newest.Number, o.Newest.OneOff) == (s.Tier, s.Number, s.OneOff)).ToArray();
        var known = new Dictionary<string, PlanWarning?>();
        foreach (var (cluster, outputs) in reached.Where(_ => shared.Length > 0))
        {
            var own = Widths(s.Targets, AreaScope.All, cluster);
            var theirs = shared.Select(o => (o.Newest, Widths: Widths(o.Newest.Targets, o.Area, cluster))).ToArray();
            foreach (var output in outputs.Where(PaceWarnings.IsScreen))
            {
                ScheduleView[] equals = [.. theirs.Where(t => t.Widths.TryGetValue(output.Id, out var width) && width == own[output.Id]).Select(t => t.Newest)];
                var key = string.Join(' ', equals.Select(e => e.Id));
                if (!known.ContainsKey(key))
                    known[key] = OfOne(s, equals, cluster, output, holidays, today);
            }
        }

        return known.Values.OfType<PlanWarning>();
    }

    private static Dictionary<OutputId, TargetWidth> Widths(IReadOnlyList<Target> targets, AreaScope area, Cluster cluster) =>
        TargetResolver.Reach(targets, area, cluster).ToDictionary(r => r.Output, r => r.Width);

    private static PlanWarning? OfOne(ScheduleView s, ScheduleView[] equals, Cluster cluster, ClusterOutput output, HolidayTable holidays, DateOnly today)
    {
        if (equals.Append(s).Sum(e => e.Pace.ShareOfHour()) <= Hour)
            return null;
        Member[] all = [.. equals.Prepend(s).Select(e => new Member(e, ScheduleClashes.Days(e, holidays, today)))];
        var (code, first) = (Codes[0], First(all, m => ScheduleDays.Planned(m.View).Rule is null));
        if (first is null)
            (code, first) = (Codes[1], First(all, _ => true));
        if (first is not { } found)
            return null;
        var (sum, left) = (found.Open.Sum(m => m.View.Pace.ShareOfHour()), Hour - found.Open.Skip(1).Sum(m => m.View.Pace.ShareOfHour()));
        return new(
            code, cluster.Name, output.Name, PaceWarnings.Text((sum + 35) / 36), string.Join(", ", found.Open.Skip(1).Select(m => $"“{m.View.Name}”")), LocalTime.Text(DateOnly.FromDayNumber(found.Day)),
            s.Pace.SharePercent is null ? $"{PaceWarnings.Text(Math.Max(0, left))} s" : $"{PaceWarnings.Text(Math.Max(0, left) / 36)} %");
    }

    /// <summary>The first opening of a window of those that count at which the schedule itself and others are open and promise too much; the schedule comes first.</summary>
    private static (int Day, Member[] Open)? First(Member[] all, Func<Member, bool> counts)
    {
        if (!counts(all[0]))
            return null;
        var members = all.Where(counts).ToArray();
        foreach (var day in members.SelectMany(m => m.Days).Distinct().Order())
        {
            foreach (var at in members.Where(m => m.Days.Contains(day)).SelectMany(m => m.View.Windows).Select(w => w.From.ToTimeSpan()).Distinct().Order())
            {
                var open = members.Where(m => IsOpen(m, day, at)).ToArray();
                if (open.Length > 1 && open[0] == members[0] && open.Sum(m => m.View.Pace.ShareOfHour()) > Hour)
                    return (day, open);
            }
        }

        return null;
    }

    /// <summary>Also in a window that began the day before.</summary>
    private static bool IsOpen(Member m, int day, TimeSpan at) => m.View.Windows.Any(w =>
        (m.Days.Contains(day) && w.From.ToTimeSpan() <= at && at < w.From.ToTimeSpan() + w.Length)
        || (m.Days.Contains(day - 1) && at < w.From.ToTimeSpan() + w.Length - TimeSpan.FromDays(1)));
}
