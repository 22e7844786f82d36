using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Items;

/// <summary>The editor presses “Xóa bản nháp”: the newest version goes if it is a draft or was returned; an item without any other version goes with it.</summary>
/// <remarks>What was ever submitted and approved stays for good. Refuses with <c>content.not-found</c>, <c>content.no-right</c>, <c>content.not-a-draft</c>.</remarks>
internal sealed class DeleteDraft(BorderInfoDb db, ItemRights rights, IAuditTrail audit)
{
    public async Task<Outcome<Nothing>> Handle(Actor actor, ItemId id, CancellationToken stop)
    {
        await using var work = await db.Database.BeginTransactionAsync(stop);
        if (await db.Set<ItemRow>().FirstOrDefaultAsync(i => i.Id == id.Number, stop) is not { } item || !rights.MayRead(actor, item.ProvinceCode))
            return new Refusal("content.not-found", id.Value);
        if (!rights.MayEdit(actor, item.ProvinceCode, item.CreatedBy))
            return new Refusal("content.no-right");
        var row = await ItemStore.Versions(db).FirstAsync(v => v.ItemId == item.Id && v.Version == item.NewestVersion, stop);
        if (row.State is not (ItemState.Draft or ItemState.Returned))
            return new Refusal("content.not-a-draft");
        db.RemoveRange(row.Renditions);
        db.Remove(row);
        await db.Set<PreparationRow>().Where(p => p.VersionId == row.Id).ExecuteDeleteAsync(stop);
        await db.Set<UploadRow>().Where(u => u.VersionId == row.Id).ExecuteDeleteAsync(stop);
        if (item.NewestVersion == 1)
            db.Remove(item);
        else
            item.NewestVersion--;
        audit.Note(db, actor, "item.delete-draft", $"{id}/{row.Version}", row.Title);
        await db.SaveChangesAsync(stop);
        await work.CommitAsync(stop);
        return default(Nothing);
    }
}
