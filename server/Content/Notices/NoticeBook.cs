using System.Text.Json;
using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Notices;

/// <summary>Notices in the tables: as JSON with their version, and which item took the place of which.</summary>
public sealed class NoticeBook(BorderInfoDb db, TimeProvider clock) : INotices
{
    /// <summary>At most so many are offered to be replaced.</summary>
    private const int MostOffered = 200;

    public static Notice? Read(string? kept) => kept is null ? null : JsonSerializer.Deserialize<Notice>(kept, ApiJson.Options);

    public static string? Write(Notice? notice) => notice is null ? null : JsonSerializer.Serialize(notice, ApiJson.Options);

    public async Task<IReadOnlyDictionary<ItemId, ItemId>> Replaced(CancellationToken stop) =>
        await db.Set<ItemRow>().AsNoTracking().Where(i => i.ReplacedBy != null).ToDictionaryAsync(i => new ItemId(i.Id), i => new ItemId(i.ReplacedBy!.Value), stop);

    public async Task Replace(BorderInfoDb db, ItemId old, ItemId by, CancellationToken stop)
    {
        (await db.Set<ItemRow>().FirstAsync(i => i.Id == old.Number, stop)).ReplacedBy = by.Number;
        foreach (var version in await db.Set<ItemVersionRow>().Where(v => v.ItemId == old.Number && v.State == ItemState.Approved).ToListAsync(stop))
            version.State = ItemState.Replaced;
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Released notices of an area that are still valid, newest first: what a new one may take the place of.</summary>
    public async Task<IReadOnlyList<ItemVersion>> Offered(string provinceCode, ItemId? without, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var self = without?.Number ?? 0;
        var rows = await (
            from v in ItemStore.Versions(db)
            join i in db.Set<ItemRow>() on v.ItemId equals i.Id
            where v.Notice != null && v.State == ItemState.Approved && v.ValidUntil > now && i.ProvinceCode == provinceCode && i.Id != self
            orderby v.ChangedAt descending
            select new { i, v }).AsNoTracking().Take(MostOffered).ToListAsync(stop);
        return [.. rows.Select(r => ItemStore.View(r.i, r.v))];
    }
}
