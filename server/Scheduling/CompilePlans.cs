using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Gathers what plans are made from, with the files made on the way, and hands it to <see cref="PlanCompiler"/>.</summary>
/// <remarks>
/// Files are remembered within one unit of work, so that Publishing can compile once before its transaction (which may render for a while) and once more inside it without waiting.
/// An item that cannot be made for one output stays away from that output, with a warning.
/// </remarks>
internal sealed class CompilePlans(ISchedules schedules, IClusters clusters, IReleasedItems released, IItems items, IParts parts, IHolidays holidays, TimeProvider clock) : IPlanCompiler
{
    /// <summary>Output, language tag and file sizes decide a part; all are in the cluster's output record.</summary>
    private readonly Dictionary<(ItemId, int, long, OutputId), (ClusterOutput Output, Outcome<ReadyParts> Ready)> made = [];

    public async Task<Outcome<CompiledPlan>> Compile(SiteId site, long? with, CancellationToken stop) =>
        (await CompileMany([site], with is { } id ? new([id], []) : PlanWish.AsPublished, stop)).Is(out var plans, out var why) ? plans[0] : why;

    public async Task<Outcome<IReadOnlyList<CompiledPlan>>> CompileMany(IReadOnlyCollection<SiteId> sites, PlanWish wish, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var counting = Counting(await schedules.All(stop), wish, now);
        var table = await holidays.Table(stop);
        // The table may have changed since the schedule was written: one that no longer has a day stays away, it does not keep the whole plan from its site.
        var dayless = counting.Where(c => ScheduleRules.DaysByRule(c.View, table) is not null).Select(c => c.View.Id).ToHashSet();
        var all = (await released.All(stop)).ToDictionary(r => r.Item.Id);
        var titles = (await items.Newest(stop)).ToDictionary(i => i.Id, i => i.Title);
        var plans = new List<CompiledPlan>();
        foreach (var site in sites)
        {
            if (clusters.BySite(site) is not { } cluster)
                return new Refusal("plan.unknown-site", site.Value);
            plans.Add(PlanCompiler.Compile(await Gather(cluster, site, counting, dayless, all, titles, stop) with { Holidays = table }));
        }

        return plans;
    }

    public async Task<IReadOnlyList<SiteId>> SitesOf(long scheduleId, CancellationToken stop)
    {
        if (await schedules.Of(scheduleId, stop) is not { } stand)
            return [];
        return [.. clusters.All.Where(c => c.Site is not null && stand.Views.Any(v => TargetResolver.Reach(v.View.Targets, v.Area, c).Count > 0)).Select(c => c.Site!.Value).OrderBy(s => s.Value, StringComparer.Ordinal)];
    }

    /// <summary>Schedules over since the day before yesterday can't play any more, wherever the site's zone is.</summary>
    private static List<(ScheduleView View, AreaScope Area, DateTimeOffset Since)> Counting(IReadOnlyList<ScheduleStand> all, PlanWish wish, DateTimeOffset now)
    {
        var oldest = LocalTime.Day(now).AddDays(-2);
        return [.. all
            .Where(s => !wish.Without.Contains(s.Id))
            .Select(s => wish.With.Contains(s.Id) ? (View: s.Newest, s.Area, Since: now) : (View: s.Published!, Area: s.PublishedArea, Since: s.PublishedAt ?? now))
            .Where(s => s.View is not null && (ScheduleDays.Planned(s.View).To is not { } to || to >= oldest))];
    }

    private async Task<PlanInput> Gather(
        Cluster cluster, SiteId site, List<(ScheduleView View, AreaScope Area, DateTimeOffset Since)> counting, HashSet<long> dayless,
        Dictionary<ItemId, ReleasedItem> all, Dictionary<ItemId, string> titles, CancellationToken stop)
    {
        var due = counting
            .Select(s => new DueSchedule(s.View, s.Since, TargetResolver.Reach(s.View.Targets, s.Area, cluster)))
            .Where(d => d.Reach.Count > 0)
            .ToArray();
        List<PlanWarning> warnings = [.. due.Where(d => dayless.Contains(d.Schedule.Id)).Select(d => new PlanWarning("schedule.warn.no-day-left", d.Schedule.Name, cluster.Name))];
        due = [.. due.Where(d => !dayless.Contains(d.Schedule.Id))];
        var ready = new Dictionary<ItemId, ReadyItem>();
        foreach (var wanted in due.SelectMany(d => d.Schedule.Items.Select(i => (Item: i, d.Reach))).GroupBy(w => w.Item))
        {
            if (!all.TryGetValue(wanted.Key, out var item))
            {
                warnings.Add(new("schedule.warn.not-released", titles.GetValueOrDefault(wanted.Key, wanted.Key.Value)));
                continue;
            }

            // Approved for its own province by an approver of that province: it does not play elsewhere.
            if (item.Item.ProvinceCode.Length > 0 && item.Item.ProvinceCode != cluster.ProvinceCode)
            {
                warnings.Add(new("schedule.warn.other-area", item.Item.Title, cluster.Name));
                continue;
            }

            var outputs = wanted.SelectMany(w => w.Reach).Select(r => r.Output).ToHashSet();
            ready[wanted.Key] = new(item, await PartsOf(item.Item, cluster, [.. cluster.Outputs.Where(o => outputs.Contains(o.Id))], warnings, stop));
        }

        return new(cluster, site, due, ready, warnings);
    }

    private async Task<ReadyParts> PartsOf(ItemVersion item, Cluster cluster, IReadOnlyList<ClusterOutput> outputs, List<PlanWarning> warnings, CancellationToken stop)
    {
        var all = new List<PlanPart>();
        var files = new List<PlanFile>();
        foreach (var output in outputs.Where(o => ItemFit.Carries(item, o)))
        {
            if (parts.Missing(item, output) is { Count: > 0 } missing)
            {
                warnings.Add(new("schedule.warn.language-missing", item.Title, cluster.Name, output.Name, string.Join(", ", missing)));
                continue;
            }

            if ((await Made(item, cluster, output, stop)).Is(out var ready, out var why))
            {
                all.AddRange(ready.Parts.Where(p => p.Output == output.Id));
                files.AddRange(ready.Files);
            }
            else
            {
                warnings.Add(new("schedule.warn.not-made", item.Title, cluster.Name, output.Name, why.Code));
            }
        }

        return new(all, files);
    }

    private async Task<Outcome<ReadyParts>> Made(ItemVersion item, Cluster cluster, ClusterOutput output, CancellationToken stop)
    {
        var key = (item.Id, item.Version, cluster.Id, output.Id);
        if (made.TryGetValue(key, out var known) && ReferenceEquals(known.Output, output))
            return known.Ready;
        var ready = await parts.For(item, [output], stop);
        made[key] = (output, ready);
        return ready;
    }
}
