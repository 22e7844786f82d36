using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Gathers what plans are made from, with the files made on the way, and hands it to <see cref="PlanCompiler"/>.</summary>
/// <remarks>
/// Files are remembered within one unit of work, so that Publishing can compile once before its transaction (which may render for a while) and once more inside it without waiting.
/// An item that cannot be made for one output stays away from that output, with a warning. What reaches a site is looked up by target (<see cref="TargetIndex{T}"/>); sites are compiled side by side.
/// </remarks>
internal sealed class CompilePlans(ISchedules schedules, IStops stops, INoise noise, IClusters clusters, IReleasedItems released, IItems items, IParts parts, IHolidays holidays, IPriorityDecisions decisions, TimeProvider clock) : IPlanCompiler
{
    /// <summary>Fewer sites than this are not worth a second thread.</summary>
    private const int FewSites = 8;

    /// <summary>What is gathered for a plan is let go before the next ones are.</summary>
    private const int AtOnce = 500;

    private readonly PartsAtHand hand = new(parts);

    public async Task<Outcome<CompiledPlan>> Compile(SiteId site, long? with, CancellationToken stop) =>
        (await CompileMany([site], with is { } id ? new([id], []) : PlanWish.AsPublished, stop)).Is(out var plans, out var why) ? plans[0] : why;

    public async Task<Outcome<IReadOnlyList<CompiledPlan>>> CompileMany(IReadOnlyCollection<SiteId> sites, PlanWish wish, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var here = new List<(SiteId Site, Cluster Cluster)>(sites.Count);
        foreach (var site in sites)
        {
            if (clusters.BySite(site) is not { } cluster)
                return new Refusal("plan.unknown-site", site.Value);
            here.Add((site, cluster));
        }

        var table = await holidays.Table(stop);
        var successors = await released.Successors(stop);
        var counting = Counting(await schedules.All(stop), wish, table, now, successors);
        var near = new TargetIndex<Counted>(counting, s => s.View.Targets);
        var all = (await released.All(stop)).ToDictionary(r => r.Item.Id);
        var (halted, book) = (await stops.Counting(now, stop), await noise.Book(stop));
        var decided = await decisions.Counting(stop);
        Dictionary<ItemId, ItemVersion>? newest = null;
        var plans = new List<CompiledPlan>(here.Count);
        foreach (var some in here.Chunk(AtOnce))
        {
            var gathered = Each(some, site => Gathered.Of(site.Site, site.Cluster, hand.FittingOf(site.Cluster), near, all));
            await hand.Fetch(gathered.SelectMany(g => g.Lacking(hand)), stop);
            if (gathered.Any(g => g.Unreleased.Count > 0))
                newest ??= (await items.Newest(stop)).ToDictionary(i => i.Id);
            plans.AddRange(Each(gathered, g => PlanCompiler.Compile(g.Input(hand, newest ?? []) with { Stops = halted, Noise = book, Decisions = decided, Today = LocalTime.Day(now), Holidays = table })));
        }

        return plans;
    }

    public async Task<IReadOnlyList<SiteId>> SitesOf(long scheduleId, CancellationToken stop)
    {
        if (await schedules.Of(scheduleId, stop) is not { } stand)
            return [];
        return [.. clusters.All.Where(c => c.Site is not null && stand.Views.Any(v => TargetResolver.Touches(v.View.Targets, v.Area, c))).Select(c => c.Site!.Value).OrderBy(s => s.Value, StringComparer.Ordinal)];
    }

    /// <summary>Schedules over since the day before yesterday can't play any more, wherever the site's zone is.</summary>
    private static List<Counted> Counting(IReadOnlyList<ScheduleStand> all, PlanWish wish, HolidayTable table, DateTimeOffset now, Successors successors)
    {
        var oldest = LocalTime.Day(now).AddDays(-2);
        return [.. all
            .Where(s => !wish.Without.Contains(s.Id))
            .Select(s => wish.With.Contains(s.Id) ? new Counted(s.Newest, s.Area, s.CountsSince(now)) : new Counted(s.Published!, s.PublishedArea, s.PublishedAt ?? now))
            .Where(s => s.View is not null && (ScheduleDays.Planned(s.View).To is not { } to || to >= oldest))
            .Select(s => s with { View = s.View.With(successors), Dayless = ScheduleRules.DaysByRule(s.View, table) is not null })];
    }

    /// <summary>Pure work on each, in order, by all processors.</summary>
    private static TDone[] Each<T, TDone>(IReadOnlyList<T> all, Func<T, TDone> work)
    {
        var done = new TDone[all.Count];
        if (all.Count < FewSites)
        {
            for (var i = 0; i < done.Length; i++)
                done[i] = work(all[i]);
        }
        else
        {
            Parallel.For(0, done.Length, i => done[i] = work(all[i]));
        }

        return done;
    }
}

/// <summary>A revision of a schedule that counts, where it may be shown, and since when.</summary>
/// <param name="Dayless">The holiday table may have changed since it was written: one that no longer has a day stays away, it does not keep the whole plan from its site.</param>
internal sealed record Counted(ScheduleView View, AreaScope Area, DateTimeOffset Since, bool Dayless = false);

/// <summary>What one site plays, before its files are there.</summary>
internal sealed record Gathered(SiteId Site, Cluster Cluster, Fitting Fitting, IReadOnlyList<DueSchedule> Due, IReadOnlyList<WantedItem> Wanted, IReadOnlyList<ItemId> Unreleased, IReadOnlyList<ReleasedItem> Foreign, IReadOnlyList<ScheduleView> Dayless)
{
    /// <summary>Pure.</summary>
    public static Gathered Of(SiteId site, Cluster cluster, Fitting fitting, TargetIndex<Counted> near, IReadOnlyDictionary<ItemId, ReleasedItem> all)
    {
        var due = new List<DueSchedule>();
        var dayless = new List<ScheduleView>();
        var outputs = new Dictionary<ItemId, ulong>();
        foreach (var s in near.Near(cluster))
        {
            var reach = TargetResolver.Reach(s.View.Targets, s.Area, cluster);
            if (reach.Count == 0)
                continue;
            if (s.Dayless)
            {
                dayless.Add(s.View);
                continue;
            }

            due.Add(new(s.View, s.Since, reach) { Area = s.Area });
            var reached = Places(cluster, reach);
            foreach (var item in s.View.Items)
                outputs[item] = outputs.GetValueOrDefault(item) | reached;
        }

        var (wanted, unreleased, foreign) = (new List<WantedItem>(outputs.Count), new List<ItemId>(), new List<ReleasedItem>());
        foreach (var (id, here) in outputs)
        {
            if (!all.TryGetValue(id, out var item))
                unreleased.Add(id);
            // Approved for its own province by an approver of that province: it does not play elsewhere.
            else if (item.Item.ProvinceCode.Length > 0 && item.Item.ProvinceCode != cluster.ProvinceCode)
                foreign.Add(item);
            else
                wanted.Add(new(item, Carrying(item.Item, cluster, here)));
        }

        return new(site, cluster, fitting, due, wanted, unreleased, foreign, dayless);
    }

    public IEnumerable<(WantedItem, Fitting)> Lacking(PartsAtHand hand) => Wanted.Where(w => hand.Lacks(w, Fitting)).Select(w => (w, Fitting));

    public PlanInput Input(PartsAtHand hand, IReadOnlyDictionary<ItemId, ItemVersion> newest)
    {
        var warnings = new List<PlanWarning>();
        foreach (var schedule in Dayless)
            warnings.Add(new("schedule.warn.no-day-left", schedule.Name, Cluster.Name));
        foreach (var id in Unreleased.Where(id => !(newest.TryGetValue(id, out var item) && ScheduleWarnings.IsOverNotice(item))))
            warnings.Add(newest.TryGetValue(id, out var item) ? ScheduleWarnings.NotReleased(item) : new("schedule.warn.not-released", id.Value));
        foreach (var foreign in Foreign)
            warnings.Add(new("schedule.warn.other-area", foreign.Item.Title, Cluster.Name));
        return new(Cluster, Site, Due, Wanted.ToDictionary(w => w.Released.Item.Id, w => hand.Of(w, Fitting, Cluster, warnings)), warnings);
    }

    private static ulong Places(Cluster cluster, IReadOnlyList<(OutputId Output, TargetWidth Width)> reach)
    {
        var places = 0UL;
        for (var at = 0; at < cluster.Outputs.Count && at < Fitting.Most; at++)
        {
            foreach (var r in reach)
                places |= r.Output == cluster.Outputs[at].Id ? 1UL << at : 0;
        }

        return places;
    }

    private static ulong Carrying(ItemVersion item, Cluster cluster, ulong here)
    {
        for (var at = 0; at < cluster.Outputs.Count && at < Fitting.Most; at++)
            here &= (here & (1UL << at)) != 0 && !ItemFit.Carries(item, cluster.Outputs[at]) ? ~(1UL << at) : ulong.MaxValue;
        return here;
    }
}
