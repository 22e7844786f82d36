using BorderInfo.Server.Content.Notices;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Items;

/// <summary>The editor presses “Nhân bản”: a new draft item with the content of the newest version of another.</summary>
/// <remarks>Whoever wrote a version that nobody has approved yet stays an author of the copy. The copy of a notice replaces nothing. Refuses with <c>content.not-found</c>, <c>content.no-right</c>.</remarks>
internal sealed class DuplicateItem(BorderInfoDb db, ItemWorkshop workshop, ItemRights rights)
{
    public async Task<Outcome<ItemVersion>> Handle(Actor actor, ItemId id, CancellationToken stop)
    {
        if (await ItemStore.LoadNewest(db, id, stop) is not { } from || !rights.MayRead(actor, from.Item.ProvinceCode))
            return new Refusal("content.not-found", id.Value);
        var row = new ItemVersionRow
        {
            Title = from.Row.Title,
            Theme = from.Row.Theme,
            Class = from.Row.Class,
            Look = from.Row.Look,
            ValidFrom = from.Row.ValidFrom,
            ValidUntil = from.Row.ValidUntil,
            Notice = NoticeBook.Write(from.View.Notice is { } notice ? notice with { Replaces = null, ReplacedNumber = "" } : null),
            Note = id.Value,
            Authors = from.Row.State is ItemState.Approved or ItemState.Replaced or ItemState.Withdrawn ? [] : [.. from.Row.Authors],
            Renditions = ItemWorkshop.Copies(from.Row),
        };
        var province = rights.MayEdit(actor, from.Item.ProvinceCode, actor.UserId) ? from.Item.ProvinceCode : rights.Provinces(actor).FirstOrDefault() ?? "";
        var outcome = await workshop.Create(actor, province, row, "item.duplicate", stop);
        if (outcome.Why is null)
            await KeepFileNames(from.Item.Id, row, stop);
        return outcome;
    }

    /// <summary>Under which name each file was sent, so that the copy's page calls it the same.</summary>
    private async Task KeepFileNames(long of, ItemVersionRow copy, CancellationToken stop)
    {
        var files = copy.Renditions.Select(r => r.Media).OfType<string>().ToArray();
        var sent = await db.Set<UploadRow>().AsNoTracking()
            .Where(u => u.Media != null && files.Contains(u.Media) && db.Set<ItemVersionRow>().Any(v => v.ItemId == of && v.Id == u.VersionId)).ToListAsync(stop);
        foreach (var upload in sent.GroupBy(u => u.Media).Select(g => g.MaxBy(u => u.At)!))
        {
            (upload.Id, upload.VersionId) = (Guid.NewGuid(), copy.Id);
            db.Add(upload);
        }

        await db.SaveChangesAsync(stop);
    }
}
