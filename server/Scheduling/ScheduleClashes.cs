using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Pure island: other schedules that are equal or stronger at the same outputs at the same time.</summary>
internal static class ScheduleClashes
{
    /// <summary>Days are compared so far ahead; a rule that meets another only later is told later.</summary>
    public const int DaysAhead = 400;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Equal ones share the output (<c>schedule.warn.same-rank</c>), stronger ones take it (<c>schedule.warn.covered</c>); the strongest first.</summary>
    public static IEnumerable<PlanWarning> Of(
        ScheduleView s, AreaScope area, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, IReadOnlyList<ScheduleStand> others, IReadOnlyList<PriorityDecision> decided, HolidayTable holidays, DateOnly today)
    {
        HashSet<int>? days = null;
        foreach (var other in others.Where(o => o.Id != s.Id && o.Standing is not (ScheduleStanding.Stopped or ScheduleStanding.Offered) && !(ScheduleDays.Planned(o.Newest).To < today)).OrderBy(o => o.Newest.Tier).ThenBy(o => o.Newest.Number).ThenBy(o => o.Id))
        {
            var o = other.Newest;
            if (!MayMeet(s, o) || Where(s, area, other, reached, decided) is not var (cluster, rank))
                continue;
            days ??= Days(s, holidays, today);
            if (FirstMeeting(s, days, o, () => Days(o, holidays, today), holidays, today) is not { } first)
                continue;
            yield return rank == 0
                ? new("schedule.warn.same-rank", o.Name, cluster.Name, LocalTime.Text(first))
                : new("schedule.warn.covered", o.Name, cluster.Name, LocalTime.Text(first), Hours(o, holidays, first));
        }
    }

    /// <summary>The first day on which both are open at once, looked for from yesterday on; null = none.</summary>
    internal static DateOnly? FirstMeeting(ScheduleView s, HashSet<int> days, ScheduleView o, Func<HashSet<int>> othersDays, HolidayTable holidays, DateOnly today) =>
        ScheduleDays.NamesStarts(s, holidays) || ScheduleDays.NamesStarts(o, holidays) ? FirstMeeting(s, o, holidays, today) : FirstMeeting(s, days, o, othersDays());

    /// <summary>The first day of the schedule on which one of its windows shares a minute with one of the other's; null = none.</summary>
    private static DateOnly? FirstMeeting(ScheduleView s, HashSet<int> days, ScheduleView o, HashSet<int> othersDays)
    {
        var shifts = (from a in s.Windows from b in o.Windows from shift in new[] { -1, 0, 1 } where Meet(a, b, shift) select shift).Distinct().ToArray();
        var met = days.Where(d => shifts.Any(shift => othersDays.Contains(d + shift))).Order().Take(1).ToArray();
        return met.Length == 0 ? null : DateOnly.FromDayNumber(met[0]);
    }

    /// <summary>The same where a rule names the starts: the first day on which both are open at once.</summary>
    private static DateOnly? FirstMeeting(ScheduleView s, ScheduleView o, HolidayTable holidays, DateOnly today)
    {
        using var own = ScheduleDays.Open(s, holidays, today.AddDays(-1), today.AddDays(DaysAhead)).GetEnumerator();
        using var others = ScheduleDays.Open(o, holidays, today.AddDays(-2), today.AddDays(DaysAhead + 1)).GetEnumerator();
        for (var both = own.MoveNext() && others.MoveNext(); both; both = (own.Current.To <= others.Current.To ? own : others).MoveNext())
        {
            var from = own.Current.From > others.Current.From ? own.Current.From : others.Current.From;
            if (from < own.Current.To && from < others.Current.To)
                return DateOnly.FromDateTime(from);
        }

        return null;
    }

    /// <summary>Its windows, or the first of what its rule names from the day on.</summary>
    private static string Hours(ScheduleView s, HolidayTable holidays, DateOnly day) =>
        string.Join(", ", ScheduleDays.NamesStarts(s, holidays)
            ? ScheduleDays.Open(s, holidays, day, day).Take(3).Select(w => ScheduleRules.Text(new(TimeOnly.FromDateTime(w.From), TimeOnly.FromDateTime(w.To))))
            : s.Windows.Select(ScheduleRules.Text));

    internal static HashSet<int> Days(ScheduleView s, HolidayTable holidays, DateOnly today) =>
        [.. ScheduleDays.Days(s, holidays, today.AddDays(-1), today.AddDays(DaysAhead)).Select(d => d.DayNumber)];

    /// <param name="shift">Days from the day on which the first window starts to that of the second.</param>
    private static bool Meet(TimeWindow a, TimeWindow b, int shift)
    {
        var (from, to) = (a.From.ToTimeSpan(), a.From.ToTimeSpan() + a.Length);
        var other = b.From.ToTimeSpan() + (Day * shift);
        return from < other + b.Length && other < to;
    }

    /// <summary>What can be said without looking at outputs and days.</summary>
    private static bool MayMeet(ScheduleView s, ScheduleView o) => o.Tier <= s.Tier && ScheduleDays.Planned(s) is var own && ScheduleDays.Planned(o) is var other && !(other.To?.DayNumber < own.From.DayNumber - 1) && !(own.To?.DayNumber < other.From.DayNumber - 1);

    /// <summary>The first cluster where both want one screen, and how the other ranks there: 0 = equal, −1 = stronger. Loudspeakers take turns, so they do not count.</summary>
    private static (Cluster Cluster, int Rank)? Where(
        ScheduleView s, AreaScope area, ScheduleStand other, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, IReadOnlyList<PriorityDecision> decided)
    {
        foreach (var (cluster, outputs) in reached)
        {
            var screens = outputs.Where(o => o.Kind != OutputKind.Speaker).Select(o => o.Id).ToHashSet();
            var own = TargetResolver.Reach(s.Targets, AreaScope.All, cluster).ToDictionary(r => r.Output, r => r.Width);
            foreach (var (output, width) in TargetResolver.Reach(other.Newest.Targets, other.Area, cluster).Where(r => screens.Contains(r.Output)))
            {
                var rank = PriorityOrder.Between(s, area, other, cluster.CommuneCode, decided) ?? Compare(other.Newest, width, s, own[output]);
                if (rank <= 0)
                    return (cluster, rank);
            }
        }

        return null;
    }

    private static int Compare(ScheduleView a, TargetWidth wa, ScheduleView b, TargetWidth wb) =>
        Math.Sign((a.Tier, a.Number, wa, !a.OneOff).CompareTo((b.Tier, b.Number, wb, !b.OneOff)));
}
