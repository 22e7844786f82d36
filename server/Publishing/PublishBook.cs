using System.Globalization;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>One act of publishing with how far its plans have come.</summary>
/// <param name="Stages">How many of its plans, as far as the reader may see them, stand at each stage.</param>
public sealed record PublishView(long Id, DateTimeOffset At, PublishCause Cause, string What, string ByName, IReadOnlyDictionary<DeliveryStage, int> Stages)
{
    public int Plans => Stages.Values.Sum();

    /// <summary>Who pressed the button, or the program itself.</summary>
    internal string By(Texts t) =>
        ByName.Length > 0 && Cause is PublishCause.Schedule or PublishCause.Stop or PublishCause.ThemeStop or PublishCause.ThemeStopLifted ? t.AccountName(ByName) : t["publish.by-itself"];

    public int Arrived => Stages.GetValueOrDefault(DeliveryStage.OnAir);
}

/// <summary>One plan's way to its site.</summary>
public sealed record DeliveryView(
    string Number, SiteId Site, string Cluster, DeliveryStage Stage, DateTimeOffset SentAt, DateTimeOffset? ReceivedAt, DateTimeOffset? OnDiskAt, DateTimeOffset? OnAirAt,
    DateTimeOffset? RefusedAt, string? RefusedCode, DateTimeOffset? OvertakenAt, int Entries, int Items, int SealedBytes);

/// <summary>Reads what was published, cut to the reader's area.</summary>
internal sealed class PublishBook(BorderInfoDb db, IClusters clusters, IItems items, IHolidays holidays)
{
    public const int Most = 50;

    public async Task<IReadOnlyList<PublishView>> Latest(AreaScope scope, CancellationToken stop)
    {
        var sites = Sites(scope);
        var acts = await db.Set<PublishRow>().AsNoTracking().OrderByDescending(p => p.Id).Take(Most * 3).ToListAsync(stop);
        var oldest = acts.Count == 0 ? 0 : acts[^1].Id;
        var plans = (await Light(db.Set<PlanRow>().Where(p => p.PublishId >= oldest)).ToListAsync(stop)).Where(p => sites.ContainsKey(p.Row.Site)).ToLookup(p => p.Row.PublishId);
        return [.. acts.Where(a => scope.Everything || plans.Contains(a.Id)).Take(Most).Select(a => View(a, plans[a.Id].Select(p => p.Row)))];
    }

    public async Task<(PublishView Act, IReadOnlyList<DeliveryView> Plans)?> One(long id, AreaScope scope, CancellationToken stop)
    {
        var act = await db.Set<PublishRow>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, stop);
        if (act is null)
            return null;
        var sites = Sites(scope);
        var plans = (await Light(db.Set<PlanRow>().Where(p => p.PublishId == id)).ToListAsync(stop)).Where(p => sites.ContainsKey(p.Row.Site)).ToArray();
        if (plans.Length == 0 && !scope.Everything)
            return null;
        return (View(act, plans.Select(p => p.Row)), [.. plans.Select(p => Delivery(p.Row, p.Bytes, sites[p.Row.Site])).OrderBy(d => d.Stage == DeliveryStage.OnAir).ThenBy(d => d.Cluster, StringComparer.CurrentCulture)]);
    }

    /// <summary>The latest plans of a site, newest first.</summary>
    public async Task<IReadOnlyList<DeliveryView>> OfSite(SiteId site, int most, CancellationToken stop) =>
        [.. (await Light(db.Set<PlanRow>().Where(p => p.Site == site.Value).OrderByDescending(p => p.Id).Take(most)).ToListAsync(stop))
            .OrderByDescending(p => p.Row.Id).Select(p => Delivery(p.Row, p.Bytes, clusters.BySite(site)?.Name ?? site.Value))];

    /// <summary>Sites that know of plans this database does not, and wishes that a rule refuses.</summary>
    public async Task<(IReadOnlyList<string> Ahead, IReadOnlyList<StuckWish> Stuck)> Troubles(AreaScope scope, CancellationToken stop)
    {
        var sites = Sites(scope);
        var ahead = (await db.Set<PlanCounter>().AsNoTracking().Where(c => c.AheadSince != null).Select(c => c.Site).ToListAsync(stop)).Where(sites.ContainsKey).Select(s => $"{sites[s]} ({s})").ToArray();
        var stuck = new List<StuckWish>();
        foreach (var wish in await db.Set<RepublishWish>().AsNoTracking().Where(w => w.Tries > 0).OrderBy(w => w.Id).ToListAsync(stop))
        {
            if (scope.Everything || await Concerns(wish, scope, sites, stop))
                stuck.Add(await StuckWish.Of(wish, clusters, items, holidays, stop));
        }

        return (ahead, stuck);
    }

    /// <summary>Names of other areas are nobody's business; what concerns the whole country (holidays, quiet rules, an epoch) is its administrators'.</summary>
    private async Task<bool> Concerns(RepublishWish wish, AreaScope scope, Dictionary<string, string> sites, CancellationToken stop) =>
        sites.ContainsKey(wish.Key)
        || (wish.Cause == PublishCause.ClusterChanged && clusters.Within(scope).Any(c => c.Id.ToString(CultureInfo.InvariantCulture) == wish.Key))
        || (wish.Cause == PublishCause.CommuneDecision && clusters.Within(scope).Any(c => c.CommuneCode == wish.Key))
        || (wish.Cause == PublishCause.ItemReleased && ItemId.TryParse(wish.Key, out var item) && (await items.Versions(item, stop)).FirstOrDefault() is { } newest && scope.Provinces.Contains(newest.ProvinceCode));

    private Dictionary<string, string> Sites(AreaScope scope) =>
        clusters.Within(scope).Where(c => c.Site is not null).ToDictionary(c => c.Site!.Value.Value, c => c.Name);

    /// <summary>Without the plan itself: a page shows hundreds.</summary>
    private static IQueryable<LightPlan> Light(IQueryable<PlanRow> plans) => plans.AsNoTracking().Select(p => new LightPlan(
        new PlanRow
        {
            Id = p.Id, PublishId = p.PublishId, Site = p.Site, Number = p.Number, Epoch = p.Epoch, Counter = p.Counter, SentAt = p.SentAt, Entries = p.Entries, Items = p.Items,
            ReceivedAt = p.ReceivedAt, OnDiskAt = p.OnDiskAt, OnAirAt = p.OnAirAt, RefusedAt = p.RefusedAt, RefusedCode = p.RefusedCode, OvertakenAt = p.OvertakenAt,
        },
        p.Sealed.Length));

    private sealed record LightPlan(PlanRow Row, int Bytes);

    private static PublishView View(PublishRow act, IEnumerable<PlanRow> plans) =>
        new(act.Id, act.At, act.Cause, act.What, act.ByName, plans.GroupBy(p => p.Stage()).ToDictionary(g => g.Key, g => g.Count()));

    private static DeliveryView Delivery(PlanRow p, int bytes, string cluster) => new(
        p.Number, new SiteId(p.Site), cluster, p.Stage(), p.SentAt, p.ReceivedAt, p.OnDiskAt, p.OnAirAt, p.RefusedAt, p.RefusedCode, p.OvertakenAt, p.Entries, p.Items, bytes);
}
