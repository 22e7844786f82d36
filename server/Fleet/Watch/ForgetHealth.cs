using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>How long the history of sites is kept. What stands now, the newest event of each computer and the newest change of each site are never deleted.</summary>
/// <param name="HealthMonths">Setting <c>retention:healthMonths</c>: changes of standing, findings that are over, events, commands. Default: 24; less than 3 counts as 3.</param>
/// <param name="ScreensMonths">Setting <c>retention:screensMonths</c>: pictures of outputs, of which at most 200 an output are kept anyway. Default: 24; at least 1.</param>
internal sealed record HealthLimits(int HealthMonths, int ScreensMonths)
{
    public static HealthLimits From(IConfiguration settings) =>
        new(Math.Clamp(settings.GetValue("retention:healthMonths", 24), 3, 600), Math.Clamp(settings.GetValue("retention:screensMonths", 24), 1, 600));
}

/// <summary>Deletes the history of sites beyond its limits, in small batches; pictures with their files.</summary>
internal sealed partial class ForgetHealth(BorderInfoDb db, DataFolder folder, HealthLimits limits, TimeProvider clock, ILogger<ForgetHealth> log) : IChore
{
    private const int Batch = 1_000;
    private const int MostBatches = 200;

    public async Task Run(CancellationToken stop)
    {
        var before = clock.GetUtcNow().AddMonths(-limits.HealthMonths);
        var gone = await Delete(OldChanges(before), stop)
            + await Delete(db.Set<SiteFindingRow>().Where(f => f.ClearedAt < before).OrderBy(f => f.Id), stop)
            + await Delete(db.Set<SiteCommandRow>().Where(c => c.NotAfter < before).OrderBy(c => c.Id), stop)
            + await Delete(OldEvents(before), stop);
        var pictures = await DeletePictures(clock.GetUtcNow().AddMonths(-limits.ScreensMonths), stop);
        if (gone + pictures > 0)
            Log.Forgotten(log, gone, before, pictures);
    }

    /// <summary>The newest change of a site says that its id was used, also when its cluster is deleted (<c>OpenSite</c>).</summary>
    private IQueryable<StandingChangeRow> OldChanges(DateTimeOffset before) => db.Set<StandingChangeRow>()
        .Where(c => c.At < before && db.Set<StandingChangeRow>().Any(n => n.Site == c.Site && n.Id > c.Id))
        .OrderBy(c => c.Id);

    /// <summary>The newest event of a computer says where its numbers stand.</summary>
    private IQueryable<SiteEventRow> OldEvents(DateTimeOffset before) => db.Set<SiteEventRow>()
        .Where(e => e.HeardAt < before && db.Set<SiteEventRow>().Any(n => n.Site == e.Site && n.Installation == e.Installation && n.Seq > e.Seq))
        .OrderBy(e => e.Site).ThenBy(e => e.Installation).ThenBy(e => e.Seq);

    private static async Task<int> Delete<T>(IQueryable<T> rows, CancellationToken stop)
        where T : class
    {
        var gone = 0;
        for (var (batch, deleted) = (0, Batch); batch < MostBatches && deleted == Batch; batch++)
        {
            deleted = await rows.Take(Batch).ExecuteDeleteAsync(stop);
            gone += deleted;
            await Task.Delay(5, stop);
        }

        return gone;
    }

    /// <summary>Rows first: a file that stays behind harms nobody, a row without its file would.</summary>
    private async Task<int> DeletePictures(DateTimeOffset before, CancellationToken stop)
    {
        var old = await db.Set<ScreenRow>().Where(s => s.HeardAt < before).OrderBy(s => s.Id).Take(Batch).ToListAsync(stop);
        db.RemoveRange(old);
        await db.SaveChangesAsync(stop);
        foreach (var picture in old)
            File.Delete(Path.Combine(folder.Screens, picture.File));
        return old.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(1436, LogLevel.Information, "{Rows} rows of the history of sites from before {Before} deleted, and {Pictures} pictures")]
        public static partial void Forgotten(ILogger log, int rows, DateTimeOffset before, int pictures);
    }
}
