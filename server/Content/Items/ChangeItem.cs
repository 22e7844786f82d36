using BorderInfo.Server.Content.Notices;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Content.Items;

/// <summary>The editor presses “Lưu”: title, theme, class, validity and texts of the newest version.</summary>
/// <remarks>Refuses as <see cref="ItemWorkshop"/>, <see cref="NoticeRules"/> and <see cref="ItemFields.Checked"/> do, and with <c>content.too-many-languages</c>.</remarks>
internal sealed class ChangeItem(ItemWorkshop workshop, NoticeRules notices)
{
    /// <param name="Stamp">Of the version the editor saw; null = whatever is there.</param>
    public sealed record Ask(Actor Actor, ItemId Id, int? Stamp, ItemFields Fields);

    public async Task<Outcome<ItemVersion>> Handle(Ask ask, CancellationToken stop) =>
        (await notices.Checked(ask.Actor, ask.Fields, ask.Id, "", stop)).Is(out var raw, out var why) && ItemFields.Checked(raw.Fields).Is(out var fields, out why)
            ? await workshop.Change(ask.Actor, ask.Id, ask.Stamp, "item.change", row => Apply(row, fields, raw.Notice), stop)
            : why;

    /// <summary>Languages that the form did not mention keep their texts.</summary>
    internal static Refusal? Apply(ItemVersionRow row, ItemFields fields, Notice? notice)
    {
        (row.Title, row.Theme, row.Class, row.Look, row.Note) = (fields.Title, fields.Theme, fields.Class, fields.Look, fields.Note);
        (row.ValidFrom, row.ValidUntil) = (fields.ValidFrom.ToUniversalTime(), fields.ValidUntil.ToUniversalTime());
        row.Notice = NoticeBook.Write(notice);
        foreach (var text in fields.Texts)
        {
            var had = row.Renditions.Find(r => r.Language == text.Language && r.Kind == RenditionKind.Text);
            if (text.Text.Length == 0)
                row.Renditions.Remove(had!);
            else if (had is not null)
                (had.Text, had.Headline) = (text.Text, text.Headline);
            else
                row.Renditions.Add(new() { Language = text.Language, Kind = RenditionKind.Text, Text = text.Text, Headline = text.Headline });
        }

        return TooMany(row);
    }

    internal static Refusal? TooMany(ItemVersionRow row) =>
        row.Renditions.Select(r => r.Language).Distinct().Count() > ContentLimits.Languages ? new("content.too-many-languages", $"{ContentLimits.Languages}") : null;
}
