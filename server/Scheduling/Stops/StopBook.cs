using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>Stops over their table.</summary>
internal sealed class StopBook(BorderInfoDb db) : IStops
{
    public async Task<IReadOnlyList<ThemeStop>> All(CancellationToken stop) =>
        [.. (await db.Set<StopRow>().AsNoTracking().OrderByDescending(s => s.Id).ToListAsync(stop)).Select(s => s.View())];

    // One without a theme stops nothing, and no plan that holds it is sound.
    public async Task<IReadOnlyList<ThemeStop>> Counting(DateTimeOffset now, CancellationToken stop) =>
        [.. (await db.Set<StopRow>().AsNoTracking().Where(s => s.Until > now).OrderBy(s => s.Id).ToListAsync(stop)).Select(s => s.View()).Where(s => s.Themes.Count > 0 && s.Counts(now))];
}
