using BorderInfo.Server.Content.Notices;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Content.Items;

/// <summary>The editor presses “Tạo tin/bài”: a new item with its first draft version.</summary>
/// <remarks>Refuses with <c>content.no-right</c> and everything of <see cref="ItemFields.Checked"/> and <see cref="NoticeRules"/>.</remarks>
internal sealed class CreateItem(ItemWorkshop workshop, NoticeRules notices)
{
    /// <param name="ProvinceCode">Whose it is; "" = whole country.</param>
    public sealed record Ask(Actor Actor, string ProvinceCode, ItemFields Fields);

    public async Task<Outcome<ItemVersion>> Handle(Ask ask, CancellationToken stop)
    {
        if (!(await notices.Checked(ask.Actor, ask.Fields, null, ask.ProvinceCode, stop)).Is(out var raw, out var why) || !ItemFields.Checked(raw.Fields).Is(out var fields, out why))
            return why;
        var row = new ItemVersionRow();
        return ChangeItem.Apply(row, fields, raw.Notice) ?? await workshop.Create(ask.Actor, ask.ProvinceCode, row, "item.create", stop);
    }
}
