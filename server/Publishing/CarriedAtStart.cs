using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Startup;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>Fills <c>plan_carried_items</c> from the stored plans of sites of which it knows nothing: a database from before that table, whose plans are on air all the same.</summary>
/// <remarks>All plans that are still valid, as a site may be a plan or two behind, and the newest in any case. Each site whole or not at all.</remarks>
internal sealed class CarriedAtStart(TimeProvider clock) : IAtStart
{
    public int Order => 60;

    public async Task<IReadOnlyList<StartLink>> AtStart(IServiceProvider services, bool sample, CancellationToken stop)
    {
        var db = services.GetRequiredService<BorderInfoDb>();
        var unknown = await db.Set<PlanRow>().Where(p => p.Items > 0 && !db.Set<CarriedRow>().Any(c => c.Site == p.Site)).Select(p => p.Site).Distinct().ToListAsync(stop);
        foreach (var site in unknown)
            await Fill(db, site, stop);
        return [];
    }

    private async Task Fill(BorderInfoDb db, string site, CancellationToken stop)
    {
        await using var change = await db.Database.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        var newest = await db.Set<PlanRow>().Where(p => p.Site == site).OrderByDescending(p => p.Epoch).ThenByDescending(p => p.Counter).Select(p => p.Id).FirstAsync(stop);
        var plans = await db.Set<PlanRow>().Where(p => p.Site == site && (p.ValidUntil > now || p.Id == newest)).OrderBy(p => p.Epoch).ThenBy(p => p.Counter).Select(p => p.Plan).ToListAsync(stop);
        foreach (var plan in plans)
        {
            await CarriedItems.Keep(db, PlanBytes.Unfold(plan), stop);
            await db.SaveChangesAsync(stop);
        }

        await change.CommitAsync(stop);
        db.ChangeTracker.Clear();
    }
}
