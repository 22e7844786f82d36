using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>What each site was ever allowed to show, and what of it was withdrawn since: the source of <see cref="PlayPlan.Withdrawn"/>.</summary>
/// <remarks>
/// A site may be a plan or two behind, offline for weeks, or set back to an old disk; so a withdrawal is told in every plan until the end that the item had anyway.
/// A schedule that is stopped or changed withdraws nothing, an emergency that is ended does.
/// </remarks>
internal static class CarriedItems
{
    /// <summary>The draft with what it withdraws; in the caller's transaction, before the plan is numbered.</summary>
    public static async Task<PlayPlan> Tell(BorderInfoDb db, PlayPlan draft, DateTimeOffset now, CancellationToken stop)
    {
        var rows = await Rows(db, draft.Site, stop);
        foreach (var over in rows.Where(r => EmergencyIsOver(r, draft)))
            (over.Withdrawn, over.WithdrawnUntil, over.Emergency) = (over.Version, over.ValidUntil, null);
        return draft with { Withdrawn = Listed(rows, draft, now) };
    }

    /// <summary>Keeps what a plan that is sent carries; in the caller's transaction.</summary>
    public static async Task Keep(BorderInfoDb db, PlayPlan plan, CancellationToken stop)
    {
        var rows = (await Rows(db, plan.Site, stop)).ToDictionary(r => r.Item);
        foreach (var item in plan.Items)
        {
            if (!rows.TryGetValue(item.Id.Number, out var row))
                db.Add(row = new CarriedRow { Site = plan.Site.Value, Item = item.Id.Number });
            // A version that is carried again is allowed again: the item of an ended emergency, scheduled anew.
            if (row.Withdrawn >= item.Version)
                (row.Withdrawn, row.WithdrawnUntil) = (null, null);
            row.Version = Math.Max(row.Version, item.Version);
            row.ValidUntil = row.ValidUntil > item.ValidUntil ? row.ValidUntil : item.ValidUntil;
            (row.Epoch, row.Counter) = (plan.Epoch, plan.Counter);
            row.Emergency = EmergencyOf(plan, item.Id) ?? row.Emergency;
        }
    }

    /// <summary>Marks every version of the item that a site may hold; returns the sites that could still show it.</summary>
    public static async Task<IReadOnlyList<SiteId>> Withdraw(BorderInfoDb db, ItemId item, DateTimeOffset now, CancellationToken stop)
    {
        var rows = (await db.Set<CarriedRow>().Where(r => r.Item == item.Number).OrderBy(r => r.Site).ToListAsync(stop)).Where(r => r.ValidUntil > now).ToArray();
        foreach (var row in rows)
            (row.Withdrawn, row.WithdrawnUntil, row.Emergency) = (row.Version, row.ValidUntil, null);
        return [.. rows.Select(r => new SiteId(r.Site))];
    }

    /// <summary>Pure: in force, not carried by the plan itself; of the newest plans first where there are too many, then in the order of ids.</summary>
    /// <remarks>What falls off a full list cannot stay on air: to a site a full list says that whatever the plan itself does not carry has to go.</remarks>
    internal static IReadOnlyList<WithdrawnItem> Listed(IEnumerable<CarriedRow> rows, PlayPlan draft, DateTimeOffset now)
    {
        var carried = draft.Items.ToDictionary(i => i.Id, i => i.Version);
        return
        [
            .. rows.Where(r => r.Withdrawn is not null && r.WithdrawnUntil > now)
                .Where(r => !carried.TryGetValue(r.Id, out var version) || version > r.Withdrawn)
                .OrderByDescending(r => r.Epoch).ThenByDescending(r => r.Counter).ThenBy(r => r.Item)
                .Take(PlanLimits.Withdrawn)
                .OrderBy(r => r.Item)
                .Select(r => new WithdrawnItem(r.Id, r.Withdrawn!.Value)),
        ];
    }

    private static bool EmergencyIsOver(CarriedRow row, PlayPlan draft) =>
        row.Emergency is { } schedule && !draft.Entries.Any(e => e.Tier == Tier.Emergency && ScheduleView.IdOfEntry(e.Id) == schedule);

    private static long? EmergencyOf(PlayPlan plan, ItemId item) =>
        plan.Entries.Where(e => e.Tier == Tier.Emergency && e.Items.Contains(item)).Select(e => ScheduleView.IdOfEntry(e.Id)).FirstOrDefault(id => id is not null);

    private static Task<List<CarriedRow>> Rows(BorderInfoDb db, SiteId site, CancellationToken stop) =>
        db.Set<CarriedRow>().Where(r => r.Site == site.Value).OrderBy(r => r.Item).ToListAsync(stop);
}
