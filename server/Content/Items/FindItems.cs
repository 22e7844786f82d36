using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Content.Items;

/// <summary>The list of items within the reader's area, newest change first.</summary>
internal sealed class FindItems(BorderInfoDb db, ItemRights rights)
{
    public const int PageSize = 25;

    /// <param name="Search">Words in title or texts, with or without diacritics, or an id.</param>
    /// <param name="Page">From 1.</param>
    /// <param name="Notices">Only notices, or only what is none.</param>
    public sealed record Ask(string? Search = null, ItemState? State = null, string? Theme = null, string? Language = null, BulletinClass? Class = null, int Page = 1, bool? Notices = null);

    public sealed record Done(IReadOnlyList<ItemVersion> Items, int Total, int Page, int Pages);

    public async Task<Done> Handle(Actor actor, Ask ask, CancellationToken stop)
    {
        var found =
            from i in db.Set<ItemRow>()
            join v in ItemStore.Versions(db) on new { A = i.Id, B = i.NewestVersion } equals new { A = v.ItemId, B = v.Version }
            select new { i, v };
        if (!actor.Scope.Everything)
        {
            var provinces = rights.Provinces(actor).Append("").ToArray();
            found = found.Where(f => provinces.Contains(f.i.ProvinceCode));
        }

        if (ItemId.TryParse(ask.Search?.Trim().ToUpperInvariant(), out var id))
            found = found.Where(f => f.i.Id == id.Number);
        else
        {
            foreach (var word in Script.Folded(Script.Normal(ask.Search)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Take(8))
                found = found.Where(f => f.v.Folded.Contains(word));
        }

        if (ask.State is { } state)
            found = found.Where(f => f.v.State == state);
        if (ask.Class is { } kind)
            found = found.Where(f => f.v.Class == kind);
        if (ask.Notices is { } notices)
            found = found.Where(f => f.v.Notice != null == notices);
        if (!string.IsNullOrEmpty(ask.Theme))
            found = found.Where(f => f.v.Theme == ask.Theme);
        if (!string.IsNullOrEmpty(ask.Language))
            found = found.Where(f => f.v.Renditions.Any(r => r.Language == ask.Language));
        var total = await found.CountAsync(stop);
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        var page = Math.Clamp(ask.Page, 1, pages);
        var rows = await found.AsNoTracking().OrderByDescending(f => f.v.ChangedAt).ThenByDescending(f => f.i.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(stop);
        return new([.. rows.Select(r => ItemStore.View(r.i, r.v))], total, page, pages);
    }
}
