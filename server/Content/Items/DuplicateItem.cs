using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Content.Items;

/// <summary>The editor presses “Nhân bản”: a new draft item with the content of the newest version of another.</summary>
/// <remarks>Whoever wrote a version that nobody has approved yet stays an author of the copy. Refuses with <c>content.not-found</c>, <c>content.no-right</c>.</remarks>
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
            Note = id.Value,
            Authors = from.Row.State is ItemState.Approved or ItemState.Replaced or ItemState.Withdrawn ? [] : [.. from.Row.Authors],
            Renditions = ItemWorkshop.Copies(from.Row),
        };
        var province = rights.MayEdit(actor, from.Item.ProvinceCode, actor.UserId) ? from.Item.ProvinceCode : rights.Provinces(actor).FirstOrDefault() ?? "";
        return await workshop.Create(actor, province, row, "item.duplicate", stop);
    }
}
