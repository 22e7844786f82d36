using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Jobs;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Proof.Air;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof;

/// <summary>
/// Deletes single records beyond their limit, in small batches. A day is first compared with its plans for the last time and closed: its sums and figures stay as they are.
/// </summary>
/// <remarks>What it does not finish in one run it goes on with in the next. The file does not shrink; its free pages are used again.</remarks>
internal sealed partial class ForgetPlays(BorderInfoDb db, AirDays days, PlayLimits limits, TimeProvider clock, ILogger<ForgetPlays> log) : IChore
{
    public const int Batch = 2_000;
    private const int MostBatches = 500;
    private const int MostDays = 1_000;

    public async Task Run(CancellationToken stop)
    {
        var kept = limits.FirstKept(LocalTime.Day(clock.GetUtcNow()));
        var (batches, closed, gone) = (MostBatches, MostDays, 0L);
        foreach (var stream in await db.Set<PlayStreamRow>().AsNoTracking().Where(s => s.FirstDay < kept).ToListAsync(stop))
        {
            var open = await CloseUpTo(stream, kept, closed, stop);
            closed -= open.Closed;
            var before = LocalTime.Utc(open.FirstOpen, default);
            var early = db.Set<PlayRow>().Where(p => p.Site == stream.Site && ((p.Timed && p.StartedAt < before && p.EndedAt <= before) || (!p.Timed && p.HeardAt < before)));
            for (var deleted = Batch; deleted == Batch && batches > 0; batches--)
            {
                deleted = await early.OrderBy(p => p.Id).Take(Batch).ExecuteDeleteAsync(stop);
                gone += deleted;
                await Task.Delay(5, stop);
            }
        }

        if (gone > 0)
            Log.Forgotten(log, gone, kept);
    }

    /// <returns>The first day that is not closed, at most <paramref name="kept"/>.</returns>
    private async Task<(DateOnly FirstOpen, int Closed)> CloseUpTo(PlayStreamRow stream, DateOnly kept, int most, CancellationToken stop)
    {
        var done = 0;
        var known = (await db.Set<AirSiteDayRow>().Where(d => d.Site == stream.Site && d.Day < kept && d.DoneStamp == AirSiteDayRow.Closed).Select(d => d.Day).ToListAsync(stop)).ToHashSet();
        for (var day = stream.FirstDay; day < kept; day = day.AddDays(1))
        {
            if (known.Contains(day))
                continue;
            if (done >= most || !await days.Close(stream.Site, day, stop))
                return (day, done);
            done++;
        }

        return (kept, done);
    }

    private static partial class Log
    {
        [LoggerMessage(1921, LogLevel.Information, "{Plays} records from before {Day} deleted; their daily sums stay")]
        public static partial void Forgotten(ILogger log, long plays, DateOnly day);
    }
}
