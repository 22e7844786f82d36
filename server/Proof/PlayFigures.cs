using System.Globalization;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Proof.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof;

/// <summary>Sums from the daily roll-up, and the records behind them.</summary>
internal sealed class PlayFigures(BorderInfoDb db, PlayLimits limits, TimeProvider clock) : IPlayFigures
{
    public DateOnly RecordsFrom => limits.FirstKept(LocalTime.Day(clock.GetUtcNow()));

    public async Task<IReadOnlyList<PlaySum>> Sum(PlayAsk ask, PlaysBy by, CancellationToken stop)
    {
        var rows = Days(ask);
        return by switch
        {
            PlaysBy.Site => await Sums(rows.GroupBy(d => d.Site), stop),
            PlaysBy.Language => await Sums(rows.GroupBy(d => d.Language), stop),
            PlaysBy.Day => [.. (await rows.GroupBy(d => d.Day).Select(g => new { g.Key, Plays = g.Sum(d => (long)d.Plays), Ms = g.Sum(d => d.Ms) }).OrderBy(g => g.Key).ToListAsync(stop))
                .Select(g => new PlaySum(g.Key.ToString("yyyyMMdd", CultureInfo.InvariantCulture), g.Plays, g.Ms))],
            PlaysBy.SiteOutputLanguage => [.. (await rows.GroupBy(d => new { d.Site, d.Output, d.Language }).Select(g => new { g.Key, Plays = g.Sum(d => (long)d.Plays), Ms = g.Sum(d => d.Ms) }).ToListAsync(stop))
                .Select(g => new PlaySum($"{g.Key.Site} {g.Key.Output} {g.Key.Language}", g.Plays, g.Ms)).OrderBy(s => s.Key, StringComparer.Ordinal)],
            _ => await ByVersion(rows, stop),
        };
    }

    public async Task<IReadOnlyList<PlayedItem>> Items(CancellationToken stop) =>
        await db.Set<PlayItemRow>().AsNoTracking().Select(i => new PlayedItem(i.Item, i.Version, i.Title, i.Theme, i.Class)).ToListAsync(stop);

    public async Task<PlayPage> Plays(PlayAsk ask, string? after, int size, CancellationToken stop)
    {
        size = Math.Clamp(size, 1, 1000);
        var (from, to) = (LocalTime.Utc(ask.From, default), LocalTime.Utc(ask.To.AddDays(1), default));
        var rows = db.Set<PlayRow>().AsNoTracking().Where(p => p.StartedAt >= from && p.StartedAt < to && p.Timed);
        if (ask.Sites is { } sites)
            rows = rows.Where(p => sites.Contains(p.Site));
        if (ask.Language is { } language)
            rows = rows.Where(p => p.Language == language);
        if (ask.Output is { } output)
            rows = rows.Where(p => p.Output == output);
        if (Versions(ask) is { } versions)
            rows = rows.Where(p => versions.Contains(p.ItemKey));
        if (Place(after) is var (at, id))
            rows = rows.Where(p => p.StartedAt < at || (p.StartedAt == at && p.Id < id));
        var found = await (from p in rows.OrderByDescending(p => p.StartedAt).ThenByDescending(p => p.Id).Take(size + 1)
                           join i in db.Set<PlayItemRow>() on p.ItemKey equals i.Id
                           orderby p.StartedAt descending, p.Id descending
                           select new PlayView(p.Id, p.Site, p.Run, p.Seq, p.Plan, p.Entry, p.Tier, p.Output, i.Item, i.Version, i.Title, p.Language, p.Page, p.StartedAt, p.EndedAt, p.DurationMs, p.End, p.Grade, p.Clock, p.Timed)).ToListAsync(stop);
        var more = found.Count > size;
        var page = found.Take(size).ToArray();
        return new(page, more ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].StartedAt.UtcTicks}-{page[^1].Id}") : null);
    }

    private IQueryable<PlayDayRow> Days(PlayAsk ask)
    {
        var rows = db.Set<PlayDayRow>().AsNoTracking().Where(d => d.Day >= ask.From && d.Day <= ask.To);
        if (ask.Sites is { } sites)
            rows = rows.Where(d => sites.Contains(d.Site));
        if (ask.Language is { } language)
            rows = rows.Where(d => d.Language == language);
        if (ask.Output is { } output)
            rows = rows.Where(d => d.Output == output);
        return Versions(ask) is { } versions ? rows.Where(d => versions.Contains(d.ItemKey)) : rows;
    }

    /// <summary>Keys of the versions that theme, class and item leave; null = all.</summary>
    private IQueryable<int>? Versions(PlayAsk ask)
    {
        if (ask is { Theme: null, Class: null, Item: null })
            return null;
        var items = db.Set<PlayItemRow>().AsQueryable();
        if (ask.Theme is { } theme)
            items = items.Where(i => i.Theme == theme);
        if (ask.Class is { } kind)
            items = items.Where(i => i.Class == kind);
        if (ask.Item is { } item)
            items = items.Where(i => i.Item == item);
        return items.Select(i => i.Id);
    }

    private static async Task<IReadOnlyList<PlaySum>> Sums(IQueryable<IGrouping<string, PlayDayRow>> groups, CancellationToken stop) =>
        await groups.Select(g => new PlaySum(g.Key, g.Sum(d => (long)d.Plays), g.Sum(d => d.Ms))).ToListAsync(stop);

    private async Task<IReadOnlyList<PlaySum>> ByVersion(IQueryable<PlayDayRow> rows, CancellationToken stop)
    {
        var sums = await rows.GroupBy(d => d.ItemKey).Select(g => new { g.Key, Plays = g.Sum(d => (long)d.Plays), Ms = g.Sum(d => d.Ms) }).ToListAsync(stop);
        var names = await db.Set<PlayItemRow>().AsNoTracking().ToDictionaryAsync(i => i.Id, i => $"{i.Item}/{i.Version}", stop);
        return [.. sums.Select(s => new PlaySum(names[s.Key], s.Plays, s.Ms))];
    }

    private static (DateTimeOffset At, long Id)? Place(string? after) =>
        after?.Split('-') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var t) && t <= DateTimeOffset.MaxValue.Ticks && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? (new DateTimeOffset(t, TimeSpan.Zero), n)
            : null;
}
