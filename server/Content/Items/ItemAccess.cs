using BorderInfo.Server.Content.Parts;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Items;

internal sealed class ItemAccess(BorderInfoDb db, ItemRights rights, PreparationQueue queue) : IItemAccess
{
    public bool MayRead(Actor actor, ItemVersion item) => rights.MayRead(actor, item.ProvinceCode);

    public async Task<bool> MayEdit(Actor actor, ItemId id, CancellationToken stop) =>
        await db.Set<ItemRow>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id.Number, stop) is { } item && rights.MayEdit(actor, item.ProvinceCode, item.CreatedBy);

    public bool MayApprove(Actor actor, ItemVersion item) => ItemRights.MayApprove(actor, item.ProvinceCode);

    public async Task<bool> PartsAreReady(ItemId id, int version, CancellationToken stop) => await (
        from v in db.Set<ItemVersionRow>()
        join p in db.Set<PreparationRow>() on v.Id equals p.VersionId
        where v.ItemId == id.Number && v.Version == version
        select p.Ready && p.Stamp == v.Stamp).FirstOrDefaultAsync(stop);

    public async Task PrepareParts(ItemId id, int version, CancellationToken stop)
    {
        if (await db.Set<ItemVersionRow>().Where(v => v.ItemId == id.Number && v.Version == version).Select(v => (long?)v.Id).FirstOrDefaultAsync(stop) is { } row)
            queue.Ask(row);
    }
}
