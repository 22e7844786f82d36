using BorderInfo.Server.Content.Parts;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Items;

/// <summary>
/// The one way an item version is changed: in a write transaction, with right and state checked, the actor noted as an author, the deed in the audit trail,
/// and its parts made anew afterwards.
/// </summary>
/// <remarks>
/// A draft or returned version is changed in place. A version that was approved, replaced or withdrawn stays as it is, and a new draft version is made from it;
/// what is released stays released until the new one is approved. A submitted version is locked.
/// Refuses with <c>content.not-found</c>, <c>content.no-right</c>, <c>content.locked</c>, <c>content.changed-meanwhile</c>, <c>content.was-replaced</c>.
/// </remarks>
internal sealed class ItemWorkshop(BorderInfoDb db, ItemRights rights, IAuditTrail audit, PreparationQueue queue, LiveBoard board, TimeProvider clock)
{
    /// <param name="stamp">What the editor saw; null = whatever is there.</param>
    public async Task<Outcome<ItemVersion>> Change(Actor actor, ItemId id, int? stamp, string action, Func<ItemVersionRow, Refusal?> change, CancellationToken stop)
    {
        await using var work = await db.Database.BeginTransactionAsync(stop);
        if (await db.Set<ItemRow>().FirstOrDefaultAsync(i => i.Id == id.Number, stop) is not { } item || !rights.MayRead(actor, item.ProvinceCode))
            return new Refusal("content.not-found", id.Value);
        var newest = await ItemStore.Versions(db).FirstAsync(v => v.ItemId == item.Id && v.Version == item.NewestVersion, stop);
        if (Decide(rights.MayEdit(actor, item.ProvinceCode, item.CreatedBy), newest.State, newest.Stamp, stamp) is { } why)
            return why;
        if (item.ReplacedBy is { } by)
            return new Refusal("content.was-replaced", new ItemId(by).Value);
        var row = newest.State is ItemState.Draft or ItemState.Returned ? newest : NewVersion(item, newest);
        if (change(row) is { } refused)
            return refused;
        Touch(row, actor);
        audit.Note(db, actor, action, $"{id}/{row.Version}", row.Title);
        await db.SaveChangesAsync(stop);
        await work.CommitAsync(stop);
        queue.Ask(row.Id);
        board.Tell($"item:{id}");
        return ItemStore.View(item, row);
    }

    /// <summary>A new item with its first version; <paramref name="from"/> = made from that one.</summary>
    public async Task<Outcome<ItemVersion>> Create(Actor actor, string provinceCode, ItemVersionRow row, string action, CancellationToken stop)
    {
        if (!rights.MayEdit(actor, provinceCode, actor.UserId))
            return new Refusal("content.no-right");
        await using var work = await db.Database.BeginTransactionAsync(stop);
        var item = db.Add(new ItemRow { ProvinceCode = provinceCode, CreatedBy = actor.UserId, CreatedAt = clock.GetUtcNow(), NewestVersion = 1 }).Entity;
        await db.SaveChangesAsync(stop);
        (row.ItemId, row.Version, row.State) = (item.Id, 1, ItemState.Draft);
        db.Add(row);
        Touch(row, actor);
        audit.Note(db, actor, action, $"{new ItemId(item.Id)}/1", row.Title);
        await db.SaveChangesAsync(stop);
        await work.CommitAsync(stop);
        queue.Ask(row.Id);
        return ItemStore.View(item, row);
    }

    /// <summary>Pure: may this version be worked on.</summary>
    internal static Refusal? Decide(bool mayEdit, ItemState state, int stamp, int? seen) =>
        !mayEdit ? new("content.no-right")
        : state == ItemState.Submitted ? new("content.locked")
        : seen is { } expected && expected != stamp ? new("content.changed-meanwhile")
        : null;

    /// <summary>Renditions as new rows.</summary>
    internal static List<RenditionRow> Copies(ItemVersionRow from) =>
        [.. from.Renditions.Select(r => new RenditionRow { Language = r.Language, Kind = r.Kind, Text = r.Text, Headline = r.Headline, Media = r.Media, MediaType = r.MediaType, DurationMs = r.DurationMs, Synthesised = r.Synthesised })];

    private ItemVersionRow NewVersion(ItemRow item, ItemVersionRow from)
    {
        item.NewestVersion = from.Version + 1;
        return db.Add(new ItemVersionRow
        {
            ItemId = item.Id,
            Version = item.NewestVersion,
            Title = from.Title,
            Folded = from.Folded,
            Theme = from.Theme,
            Class = from.Class,
            Look = from.Look,
            ValidFrom = from.ValidFrom,
            ValidUntil = from.ValidUntil,
            Notice = from.Notice,
            Stamp = from.Stamp,
            Renditions = Copies(from),
        }).Entity;
    }

    private void Touch(ItemVersionRow row, Actor actor)
    {
        row.State = ItemState.Draft;
        row.Stamp++;
        row.ChangedAt = clock.GetUtcNow();
        if (!row.Authors.Contains(actor.UserId))
            row.Authors = [.. row.Authors, actor.UserId];
        var folded = Script.Folded(string.Join('\n', row.Renditions.Select(r => r.Text).Prepend(row.Title)));
        row.Folded = folded.Length <= 8000 ? folded : folded[..8000];
    }
}
