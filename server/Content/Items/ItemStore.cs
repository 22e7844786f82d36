using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Items;

/// <summary>An item version with its rows.</summary>
internal sealed record LoadedVersion(ItemRow Item, ItemVersionRow Row, ItemVersion View)
{
    public int Stamp => Row.Stamp;
}

/// <summary>Items as other slices read them.</summary>
internal sealed class ItemStore(BorderInfoDb db) : IItems
{
    public async Task<IReadOnlyList<ItemVersion>> Newest(CancellationToken stop)
    {
        var rows = await (from i in db.Set<ItemRow>() join v in Versions(db) on new { A = i.Id, B = i.NewestVersion } equals new { A = v.ItemId, B = v.Version } select new { i, v }).AsNoTracking().ToListAsync(stop);
        return [.. rows.Select(r => View(r.i, r.v))];
    }

    public async Task<ItemVersion?> Version(ItemId id, int version, CancellationToken stop) => (await Load(db, id, version, stop))?.View;

    public async Task<IReadOnlyList<ItemVersion>> Versions(ItemId id, CancellationToken stop)
    {
        if (await db.Set<ItemRow>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id.Number, stop) is not { } item)
            return [];
        var rows = await Versions(db).AsNoTracking().Where(v => v.ItemId == item.Id).OrderByDescending(v => v.Version).ToListAsync(stop);
        return [.. rows.Select(v => View(item, v))];
    }

    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed the version at the same time.</exception>
    public async Task SetState(BorderInfoDb db, ItemId id, int version, ItemState state, CancellationToken stop)
    {
        var row = await db.Set<ItemVersionRow>().FirstAsync(v => v.ItemId == id.Number && v.Version == version, stop);
        row.State = state;
        await db.SaveChangesAsync(stop);
    }

    public static async Task<LoadedVersion?> Load(BorderInfoDb db, long versionId, CancellationToken stop) =>
        await Versions(db).AsNoTracking().FirstOrDefaultAsync(v => v.Id == versionId, stop) is { } row ? await With(db, row, stop) : null;

    public static async Task<LoadedVersion?> Load(BorderInfoDb db, ItemId id, int version, CancellationToken stop) =>
        await Versions(db).AsNoTracking().FirstOrDefaultAsync(v => v.ItemId == id.Number && v.Version == version, stop) is { } row ? await With(db, row, stop) : null;

    public static async Task<LoadedVersion?> LoadNewest(BorderInfoDb db, ItemId id, CancellationToken stop)
    {
        var newest = await db.Set<ItemRow>().Where(i => i.Id == id.Number).Select(i => (int?)i.NewestVersion).FirstOrDefaultAsync(stop);
        return newest is { } version ? await Load(db, id, version, stop) : null;
    }

    public static IQueryable<ItemVersionRow> Versions(BorderInfoDb db) => db.Set<ItemVersionRow>().Include(v => v.Renditions);

    public static ItemVersion View(ItemRow item, ItemVersionRow v) => new(
        new ItemId(item.Id), v.Version, v.Title, v.Theme, v.Class, v.ValidFrom, v.ValidUntil, v.State, v.Authors, item.ProvinceCode,
        [.. v.Renditions.OrderBy(r => Place(r.Language)).ThenBy(r => r.Kind).Select(View)], v.ChangedAt, v.Look)
    {
        Notice = Notices.NoticeBook.Read(v.Notice),
        ReplacedBy = item.ReplacedBy is { } by ? new ItemId(by) : null,
    };

    private static RenditionView View(RenditionRow r) => new(r.Language, r.Kind, r.Text, r.Media is null ? null : new MediaHash(r.Media), r.DurationMs, r.Synthesised, r.Headline);

    private static int Place(string language)
    {
        for (var n = 0; n < ContentLanguage.All.Count; n++)
        {
            if (ContentLanguage.All[n].Tag == language)
                return n;
        }

        return int.MaxValue;
    }

    private static async Task<LoadedVersion> With(BorderInfoDb db, ItemVersionRow row, CancellationToken stop)
    {
        var item = await db.Set<ItemRow>().AsNoTracking().FirstAsync(i => i.Id == row.ItemId, stop);
        return new(item, row, View(item, row));
    }
}
