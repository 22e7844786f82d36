using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>What a schedule reaches: numbers for the editor while he works.</summary>
internal sealed record TargetSummary(int Clusters, int Provinces, int Outputs, int Printed, IReadOnlyList<string> Names);

/// <summary>Pure island: what an editor should know before publishing. Nothing here stops him.</summary>
/// <remarks>Each code has its text and, under <c>schedule.remedy.*</c>, what to do about it.</remarks>
internal static class ScheduleWarnings
{
    /// <summary>Every code that <see cref="Of"/> can give.</summary>
    public static readonly IReadOnlyList<string> Codes =
    [
        "schedule.warn.reaches-nothing", "schedule.warn.printed", "schedule.warn.not-released", "schedule.warn.withdrawn", "schedule.warn.replaced", "schedule.warn.item-expires", "schedule.warn.item-expires-open", "schedule.warn.never-valid", "schedule.warn.never", "schedule.warn.never-then",
        "schedule.warn.language-missing", "schedule.warn.quiet-hours", "schedule.warn.noise-silent", "schedule.warn.noise-quieter", "schedule.warn.theme-stopped", "schedule.warn.same-rank", "schedule.warn.covered", "schedule.warn.no-default", "schedule.warn.no-emergency",
        .. PaceWarnings.Codes,
    ];

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
        ScheduleView typed, AreaScope area, IReadOnlyList<Cluster> all, IReadOnlyDictionary<ItemId, ItemVersion> newest, IReadOnlySet<ItemId> released,
        Func<ItemVersion, ClusterOutput, IReadOnlyList<string>> missing, IReadOnlyList<ScheduleStand> others, HolidayTable holidays, NoiseBook noise, IReadOnlyList<ThemeStop> stops, IReadOnlyList<PriorityDecision> decided, DateOnly today)
    {
        var successors = new Successors(newest.Values.Where(i => i.ReplacedBy is not null).ToDictionary(i => i.Id, i => i.ReplacedBy!.Value));
        var s = typed.With(successors);
        var reached = TargetResolver.Clusters(s.Targets, area, all).Select(c => (Cluster: c, Outputs: Outputs(s, area, c))).ToArray();
        var items = s.Items.Distinct().Where(newest.ContainsKey).Select(i => newest[i]).ToArray();
        var silence = new ScheduleSilence(s, items, holidays, today);
        PlanWarning[] found =
        [
            .. Targets(s, reached),
            .. from id in typed.Items.Except(s.Items)
               let plays = successors.Of(id)
               where released.Contains(plays) && newest.ContainsKey(id) && newest.ContainsKey(plays)
               select new PlanWarning("schedule.warn.replaced", Notice.NameOf(newest[id]), Notice.NameOf(newest[plays])),
            .. items.Where(i => !released.Contains(i.Id) && !IsOverNotice(i)).Select(NotReleased),
            .. Validity(s, [.. items.Where(i => i.State != ItemState.Withdrawn)], holidays, today),
            .. Languages(reached, items, missing),
            .. silence.Quiet(reached, noise),
            .. silence.Stopped(reached, stops),
            .. ScheduleClashes.Of(s, area, reached, others, decided, holidays, today),
            .. PaceWarnings.Of(s, reached, items, others, holidays, today),
            .. Gaps(s, reached, others, holidays, today),
        ];
        return [.. found.GroupBy(w => w.Code).SelectMany(Shortened)];
    }

    /// <summary>Why an item that has no released version does not play; what is to be done about it differs.</summary>
    internal static PlanWarning NotReleased(ItemVersion newest) => new(newest.State == ItemState.Withdrawn ? "schedule.warn.withdrawn" : "schedule.warn.not-released", newest.Title);

    /// <summary>A notice whose windows are over has done what it was for: nobody has to do anything.</summary>
    internal static bool IsOverNotice(ItemVersion item) => item is { Notice: not null, State: ItemState.Approved };

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

    /// <summary>Items that run out before the schedule does, and days of which none lies within the validity of any item.</summary>
    private static IEnumerable<PlanWarning> Validity(ScheduleView s, ItemVersion[] items, HolidayTable holidays, DateOnly today)
    {
        foreach (var i in items.Where(i => i.Notice is null && ScheduleDays.Days(s, holidays, LocalTime.Day(i.ValidUntil.AddTicks(-1)).AddDays(1), DaySet.LastDay).Any()))
        {
            yield return ScheduleDays.LastDay(s, holidays) is { } last
                ? new("schedule.warn.item-expires", i.Title, LocalTime.Text(i.ValidUntil), LocalTime.Text(last))
                : new("schedule.warn.item-expires-open", i.Title, LocalTime.Text(i.ValidUntil));
        }

        if (!ScheduleDays.Days(s, holidays, today.AddDays(-1), today.AddDays(ScheduleClashes.DaysAhead)).Any())
            yield return new("schedule.warn.never", LocalTime.Text(today.AddDays(ScheduleClashes.DaysAhead)));
        else if (items.Length > 0 && !items.Any(i => ScheduleDays.Starts(s, holidays, LocalTime.Day(i.ValidFrom).AddDays(-1), Earlier(LocalTime.Day(i.ValidUntil), LocalTime.Day(i.ValidFrom).AddYears(5))).Any(p => PlaysWithin(p, i))))
            yield return new("schedule.warn.never-valid", LocalTime.Text(items.Min(i => i.ValidFrom)), LocalTime.Text(items.Max(i => i.ValidUntil)));
        foreach (var i in items.Where(i => i.Notice is { OnlyThen: true } notice && !ScheduleDays.Starts(s, holidays, notice.Windows[0].Day.AddDays(-2), notice.Windows[^1].Day.AddDays(1)).Any(p => notice.Times(i.ValidFrom).Any(t => Meets(p, t)))))
            yield return new("schedule.warn.never-then", Notice.NameOf(i));
    }

    private static bool Meets(PlannedStretch p, (DateTimeOffset From, DateTimeOffset Until) time) => LocalTime.Utc(p.Day, p.From) < time.Until && time.From < LocalTime.Utc(p.Day, p.From) + p.Length;

    private static bool PlaysWithin(PlannedStretch p, ItemVersion i) => LocalTime.Utc(p.Day, p.From) < i.ValidUntil && i.ValidFrom < LocalTime.Utc(p.Day, p.From) + p.Length;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;

    /// <summary>Clusters without a default for the hours in which nothing is due, and without an emergency that stands ready.</summary>
    private static IEnumerable<PlanWarning> Gaps(ScheduleView s, (Cluster Cluster, IReadOnlyList<ClusterOutput> Outputs)[] reached, IReadOnlyList<ScheduleStand> others, HolidayTable holidays, DateOnly today)
    {
        var standing = others.Where(o => o.Id != s.Id && o.Standing != ScheduleStanding.Stopped && !(ScheduleDays.Planned(o.Newest).To < today)).ToArray();
        var defaults = standing.Where(o => o.Newest.Tier is Tier.ClusterDefault or Tier.ProvinceDefault).ToArray();
        var emergencies = standing.Where(o => o.Newest.Tier is Tier.Emergency).ToArray();
        var wholeDay = s.Tier is Tier.ClusterDefault or Tier.ProvinceDefault || NeverRests(s, holidays, today);
        foreach (var (cluster, outputs) in reached.Where(r => r.Cluster.Site is not null))
        {
            var screens = outputs.Where(o => o.Kind != OutputKind.Speaker).Select(o => o.Id).ToArray();
            if (screens.Length > 0 && !wholeDay && !defaults.Any(d => Reaches(d, cluster, screens)))
                yield return new("schedule.warn.no-default", cluster.Name);
            if (s.Tier != Tier.Emergency && !emergencies.Any(e => TargetResolver.Reach(e.Newest.Targets, e.Area, cluster).Count > 0))
                yield return new("schedule.warn.no-emergency", cluster.Name);
        }
    }

    /// <summary>It is open day and night without an end.</summary>
    private static bool NeverRests(ScheduleView s, HolidayTable holidays, DateOnly today)
    {
        if (ScheduleDays.LastDay(s, holidays) is not null)
            return false;
        var first = ScheduleDays.Planned(s).From is var from && from > today ? from : today;
        var open = ScheduleDays.Open(s, holidays, first, first.AddDays(ScheduleClashes.DaysAhead)).FirstOrDefault();
        return open.From == first.ToDateTime(default) && open.To >= first.AddDays(ScheduleClashes.DaysAhead).ToDateTime(default);
    }

    private static bool Reaches(ScheduleStand other, Cluster cluster, OutputId[] outputs) =>
        TargetResolver.Reach(other.Newest.Targets, other.Area, cluster).Select(r => r.Output).Intersect(outputs).Count() == outputs.Length;

    private static IEnumerable<PlanWarning> Shortened(IGrouping<string, PlanWarning> kind)
    {
        var all = kind.ToArray();
        return all.Length <= MostOfAKind ? all : [.. all.Take(MostOfAKind), new("schedule.warn.and-more", (all.Length - MostOfAKind).ToString(CultureInfo.InvariantCulture))];
    }
}
