using System.Text.Json;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Platform.Startup;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling;

/// <summary>The holiday table over its revisions.</summary>
internal sealed class HolidayBook(BorderInfoDb db) : IHolidays
{
    /// <remarks>Read anew each time: what is compiled inside a transaction must see the table of that moment.</remarks>
    public async Task<HolidayTable> Table(CancellationToken stop) => new([.. (await Newest(stop)).Where(r => !r.Removed).Select(r => r.Read())]);

    public async Task<Holiday?> Entry(string id, CancellationToken stop) => (await History(id, stop)).Select(r => r.Read()).FirstOrDefault();

    /// <summary>The newest revision of each entry, removed ones too, in the order in which they came.</summary>
    public async Task<IReadOnlyList<HolidayRevision>> Newest(CancellationToken stop) =>
        [.. (await db.Set<HolidayRevision>().AsNoTracking().ToListAsync(stop)).GroupBy(r => r.Key).OrderBy(g => g.Min(r => r.Id)).Select(g => g.MaxBy(r => r.Revision)!)];

    /// <summary>All revisions of an entry, newest first.</summary>
    public async Task<IReadOnlyList<HolidayRevision>> History(string key, CancellationToken stop) =>
        await db.Set<HolidayRevision>().AsNoTracking().Where(r => r.Key == key).OrderByDescending(r => r.Revision).ToListAsync(stop);

    /// <summary>One more revision; the caller holds a transaction and saves.</summary>
    public void Write(Holiday entry, int revision, bool removed, long by, DateTimeOffset now)
    {
        db.Add(new HolidayRevision { Key = entry.Id, Revision = revision, Entry = JsonSerializer.Serialize(entry, ApiJson.Options), Removed = removed, ChangedAt = now, ChangedBy = by });
    }
}

/// <summary>The table that comes with the program (<c>content/calendar/holidays.json</c>) is laid out once, at the first start; from then on it is the administrator's.</summary>
internal sealed class HolidaysAtStart(TimeProvider clock) : IAtStart
{
    public int Order => 80;

    public async Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
    {
        var db = services.GetRequiredService<BorderInfoDb>();
        if (await db.Set<HolidayRevision>().AnyAsync(stop))
            return [];
        var book = services.GetRequiredService<HolidayBook>();
        var shipped = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "content", "calendar", "holidays.json"), stop), ContractJson.Wire.HolidayTable)!;
        foreach (var entry in shipped.Entries)
            book.Write(entry, 1, removed: false, by: 0, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
        return [];
    }
}
