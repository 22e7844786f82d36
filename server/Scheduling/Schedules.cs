using System.Text.Json;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling;

/// <summary>The book of schedules over its two tables.</summary>
internal sealed class Schedules(BorderInfoDb db) : ISchedules
{
    public async Task<IReadOnlyList<ScheduleStand>> All(CancellationToken stop) => await Read(db.Set<ScheduleRow>(), stop);

    public async Task<ScheduleStand?> Of(long id, CancellationToken stop) =>
        (await Read(db.Set<ScheduleRow>().Where(s => s.Id == id), stop)).FirstOrDefault();

    public async Task<bool> MarkPublished(BorderInfoDb within, long id, int revision, AreaScope area, DateTimeOffset since, CancellationToken stop) =>
        await within.Set<ScheduleRow>()
            .Where(s => s.Id == id && s.Newest == revision && !s.Deleted)
            .ExecuteUpdateAsync(s => s
                .SetProperty(r => r.Published, revision)
                .SetProperty(r => r.PublishedArea, JsonSerializer.Serialize(area, JsonSerializerOptions.Default))
                .SetProperty(r => r.PublishedAt, since)
                .SetProperty(r => r.Stopped, false), stop) == 1;

    public Task MarkStopped(BorderInfoDb within, long id, CancellationToken stop) =>
        within.Set<ScheduleRow>()
            .Where(s => s.Id == id)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Published, (int?)null).SetProperty(r => r.PublishedArea, (string?)null).SetProperty(r => r.Stopped, true), stop);

    /// <summary>Writes a new schedule (id 0) or a new revision; the caller holds a transaction. A stopped schedule becomes a draft again.</summary>
    public async Task<ScheduleStand> Write(ScheduleView view, AreaScope area, Actor by, DateTimeOffset now, CancellationToken stop)
    {
        var row = view.Id == 0
            ? db.Add(new ScheduleRow { CreatedBy = by.UserId }).Entity
            : await db.Set<ScheduleRow>().SingleAsync(s => s.Id == view.Id, stop);
        row.Newest++;
        row.Stopped = false;
        await db.SaveChangesAsync(stop);
        db.Add(ScheduleRevision.Of(view with { Id = row.Id }, row.Newest, area, by.UserId, now));
        await db.SaveChangesAsync(stop);
        return (await Of(row.Id, stop))!;
    }

    /// <summary>What the schedule said at a revision, and where it might be shown.</summary>
    public async Task<(ScheduleView View, AreaScope Area)?> Revision(long id, int revision, CancellationToken stop) =>
        await db.Set<ScheduleRevision>().AsNoTracking().FirstOrDefaultAsync(r => r.ScheduleId == id && r.Revision == revision, stop) is { } row ? (row.View(false), Read(row.Area)) : null;

    /// <returns>False when there is nothing to delete or bring back.</returns>
    public async Task<bool> SetDeleted(long id, bool deleted, CancellationToken stop) =>
        await db.Set<ScheduleRow>().Where(s => s.Id == id && s.Deleted != deleted && s.Published == null).ExecuteUpdateAsync(s => s.SetProperty(r => r.Deleted, deleted), stop) == 1;

    private async Task<List<ScheduleStand>> Read(IQueryable<ScheduleRow> rows, CancellationToken stop)
    {
        var found = await (
            from s in rows.AsNoTracking().Where(s => !s.Deleted)
            join r in db.Set<ScheduleRevision>().AsNoTracking() on s.Id equals r.ScheduleId
            where r.Revision == s.Newest || r.Revision == s.Published
            select new { s, r }).ToListAsync(stop);
        var offered = (await db.Set<Offers.OfferRow>().Where(o => o.WithdrawnAt == null).Select(o => o.ScheduleId).ToListAsync(stop)).ToHashSet();
        return [.. found.GroupBy(f => f.s.Id).OrderBy(g => g.Key).Select(g => Stand(g.First().s, [.. g.Select(f => f.r)], offered.Contains(g.Key)))];
    }

    private static ScheduleStand Stand(ScheduleRow row, IReadOnlyList<ScheduleRevision> revisions, bool offered)
    {
        var standing = row switch
        {
            { Published: { } p } => p == row.Newest ? ScheduleStanding.Published : ScheduleStanding.Changed,
            _ when offered => ScheduleStanding.Offered,
            { Stopped: true } => ScheduleStanding.Stopped,
            _ => ScheduleStanding.Draft,
        };
        var newest = revisions.Single(r => r.Revision == row.Newest);
        return new(
            newest.View(standing == ScheduleStanding.Published), revisions.FirstOrDefault(r => r.Revision == row.Published)?.View(true),
            standing, Read(newest.Area), row.Newest, row.PublishedAt, row.CreatedBy)
        {
            PublishedArea = row.PublishedArea is { } area ? Read(area) : AreaScope.None,
        };
    }

    private static AreaScope Read(string area) => JsonSerializer.Deserialize<AreaScope>(area)!;
}
