using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>Fulfils the wishes for new plans and renews plans long before they run out. One turn of <see cref="PlanWorker"/>; tests call it by hand.</summary>
/// <remarks>All sites in one transaction, or, when one of them is refused, each by a wish of its own: no site holds up another.</remarks>
internal sealed partial class Republish(BorderInfoDb db, ISchedules schedules, IPlanCompiler compiler, IClusters clusters, IReleasedItems released, IHolidays holidays, PublishRun run, HearChanges changes, IServiceProvider services, IAuditTrail audit, TimeProvider clock, ILogger<Republish> log)
{
    /// <summary>A plan with less than this left is made anew: a site may then be cut off for a month and still have a valid one.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(38);

    private readonly IGeoCatalogue? places = services.GetService<IGeoCatalogue>();

    /// <returns>Plans sent.</returns>
    public async Task<int> DueWishes(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var due = await db.Set<RepublishWish>().AsNoTracking().Where(w => w.NotBefore <= now).OrderBy(w => w.Id).Take(50).ToListAsync(stop);
        var sent = 0;
        foreach (var wish in due)
            sent += await Fulfil(wish, stop);
        return sent;
    }

    /// <returns>Plans sent.</returns>
    public async Task<int> RunningOut(CancellationToken stop)
    {
        var limit = clock.GetUtcNow() + RenewBefore;
        var sites = new List<SiteId>();
        var wished = await db.Set<RepublishWish>().Where(w => w.Cause == PublishCause.Refresh).Select(w => w.Key).ToListAsync(stop);
        foreach (var cluster in clusters.All.Where(c => c.Site is { } site && !wished.Contains(site.Value)))
        {
            if (await SendPlan.Newest(db, cluster.Site!.Value, stop) is { } newest && newest.ValidUntil < limit)
                sites.Add(cluster.Site.Value);
        }

        if (sites.Count == 0)
            return 0;
        return (await Send(PublishCause.Refresh, "", sites, always: true, null, stop)).Is(out var done, out var why) ? done : await EachAlone(PublishCause.Refresh, sites, null, why, stop);
    }

    private async Task<int> Fulfil(RepublishWish wish, CancellationToken stop)
    {
        var sites = await SitesOf(wish, stop);
        if ((await Send(wish.Cause, await NameOf(wish, stop), sites, wish.Cause is PublishCause.FirstPlan or PublishCause.NewEpoch or PublishCause.Refresh, wish, stop)).Is(out var done, out var why))
            return done;
        // Under the name of the site its province is told of it, whoever's the item or the holiday is.
        if (sites.Count > 1 || (sites.Count == 1 && wish.Cause is PublishCause.ItemReleased or PublishCause.HolidayChanged))
            return await EachAlone(wish.Cause is PublishCause.NewEpoch ? PublishCause.NewEpoch : PublishCause.Refresh, sites, wish, why, stop);
        // Refused by a rule: a person has to act; asked again now and then, as the rule may be met by then.
        var next = clock.GetUtcNow() + TimeSpan.FromMinutes(Math.Min(60, 1 << Math.Min(6, wish.Tries)));
        await db.Set<RepublishWish>().Where(w => w.Id == wish.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(w => w.Tries, w => w.Tries + 1).SetProperty(w => w.NotBefore, next).SetProperty(w => w.LastRefusal, StuckWish.Kept(why)), stop);
        return wish.Tries == 0 ? Refused(wish.Cause, wish.Key, why) : 0;
    }

    /// <summary>What is refused for several sites at once is asked for each by itself, so that one keeps no other from its plan.</summary>
    private async Task<int> EachAlone(PublishCause cause, IReadOnlyList<SiteId> sites, RepublishWish? instead, Refusal why, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        foreach (var site in sites)
            await changes.Wish(db, cause, site.Value, stop);
        if (instead is not null)
            await db.Set<RepublishWish>().Where(w => w.Id == instead.Id).ExecuteDeleteAsync(stop);
        await change.CommitAsync(stop);
        return Refused(instead?.Cause ?? cause, instead?.Key ?? "", why);
    }

    private async Task<Outcome<int>> Send(PublishCause cause, string what, IReadOnlyList<SiteId> sites, bool always, RepublishWish? wish, CancellationToken stop)
    {
        if (!(await compiler.CompileMany(sites, PlanWish.AsPublished, stop)).Is(out _, out var why))
            return why;
        var outcome = await run.Handle(
            new(cause, what, Actor.System, sites, always),
            async inside =>
            {
                // Two turns at once: the one that takes the wish away fulfils it.
                return wish is null || await db.Set<RepublishWish>().Where(w => w.Id == wish.Id).ExecuteDeleteAsync(inside) == 1 ? null : new Refusal("publish.already-done");
            },
            done =>
            {
                if (done.Plans.Count > 0)
                    audit.Note(db, Actor.System, "plan.republish", $"{cause} {what}".Trim(), string.Join(' ', done.Plans.Select(p => p.Number)));
            },
            stop);
        return outcome.Is(out var sent, out why) ? sent.Plans.Count : why;
    }

    private async Task<IReadOnlyList<SiteId>> SitesOf(RepublishWish wish, CancellationToken stop)
    {
        var electronic = clusters.All.Where(c => c.Site is not null);
        var successors = await released.Successors(stop);
        var published = (await schedules.All(stop)).Where(s => s.Published is not null).Select(s => s.With(successors)).ToArray();
        var touched = wish.Cause switch
        {
            PublishCause.ItemReleased => electronic.Where(c => published.Any(s => s.Published!.Items.Any(i => i.Value == wish.Key) && TargetResolver.Reach(s.Published.Targets, s.PublishedArea, c).Count > 0)),
            PublishCause.HolidayChanged => electronic.Where(c => published.Any(s => s.Published!.LooksAt(wish.Key) && TargetResolver.Reach(s.Published!.Targets, s.PublishedArea, c).Count > 0)),
            PublishCause.ClusterChanged => electronic.Where(c => c.Id.ToString(CultureInfo.InvariantCulture) == wish.Key),
            PublishCause.CommuneDecision => electronic.Where(c => c.CommuneCode == wish.Key),
            _ => electronic.Where(c => wish.Key is "" || c.Site!.Value.Value == wish.Key),
        };
        return [.. touched.Select(c => c.Site!.Value).OrderBy(s => s.Value, StringComparer.Ordinal)];
    }

    private async Task<string> NameOf(RepublishWish wish, CancellationToken stop)
    {
        switch (wish.Cause)
        {
            case PublishCause.ItemReleased:
                var item = (await db.Set<PlanRow>().AsNoTracking().OrderByDescending(p => p.Id).Select(p => p.Plan).Take(1).ToListAsync(stop)).Select(PlanBytes.Unfold).SelectMany(p => p.Items).FirstOrDefault(i => i.Id.Value == wish.Key);
                return item is null ? wish.Key : $"{wish.Key} {item.Title}";
            case PublishCause.HolidayChanged:
                return (await holidays.Entry(wish.Key, stop))?.Vi ?? wish.Key;
            case PublishCause.ClusterChanged:
                return clusters.ById(long.Parse(wish.Key, CultureInfo.InvariantCulture))?.Name ?? wish.Key;
            case PublishCause.CommuneDecision:
                return places?.Commune(wish.Key)?.Name ?? wish.Key;
            case PublishCause.FirstPlan or PublishCause.Refresh or PublishCause.NewEpoch when SiteId.TryParse(wish.Key, out _):
                return clusters.BySite(new SiteId(wish.Key))?.Name ?? wish.Key;
            default:
                return wish.Key;
        }
    }

    private int Refused(PublishCause cause, string key, Refusal why)
    {
        Log.NotRepublished(log, cause, key, why);
        return 0;
    }

    private static partial class Log
    {
        [LoggerMessage(1809, LogLevel.Warning, "Plans not made anew for {Cause} {Key}: {Why}; a person may have to change a schedule")]
        public static partial void NotRepublished(ILogger log, PublishCause cause, string key, Refusal why);
    }
}
