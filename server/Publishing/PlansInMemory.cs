using BorderInfo.Contract.Plans;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>The newest plan of each site with its clock made ready, so that overview pages can ask for hundreds at once.</summary>
/// <remarks>What is newest is asked of the database at most every two seconds, for all sites in one question; only plans that changed are read.</remarks>
internal sealed class PlansInMemory(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim one = new(1, 1);
    private Dictionary<string, PlanClock> clocks = [];
    private long askedAt = long.MinValue;

    /// <summary>Null = no plan was made for the site.</summary>
    public async Task<PlanClock?> Of(SiteId site, CancellationToken stop)
    {
        if (askedAt == long.MinValue || clock.GetElapsedTime(Volatile.Read(ref askedAt)) > AskAgainAfter)
            await Refresh(stop);
        return Volatile.Read(ref clocks).GetValueOrDefault(site.Value);
    }

    /// <summary>The next question goes to the database.</summary>
    public void Forget() => Volatile.Write(ref askedAt, long.MinValue);

    public void Dispose() => one.Dispose();

    private async Task Refresh(CancellationToken stop)
    {
        await one.WaitAsync(stop);
        try
        {
            var asked = clock.GetTimestamp();
            using var scope = scopes.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<BorderInfoDb>();
            var newest = await db.Set<PlanCounter>().AsNoTracking().Where(c => c.Counter > 0).ToListAsync(stop);
            var next = new Dictionary<string, PlanClock>(StringComparer.Ordinal);
            foreach (var n in newest)
            {
                if (clocks.TryGetValue(n.Site, out var had) && had.Plan.Epoch == n.Epoch && had.Plan.Counter == n.Counter)
                    next[n.Site] = had;
                else if (await db.Set<PlanRow>().AsNoTracking().Where(p => p.Site == n.Site && p.Epoch == n.Epoch && p.Counter == n.Counter).Select(p => p.Plan).FirstOrDefaultAsync(stop) is { } plan)
                    next[n.Site] = new(PlanBytes.Unfold(plan));
            }

            Volatile.Write(ref clocks, next);
            Volatile.Write(ref askedAt, asked);
        }
        finally
        {
            one.Release();
        }
    }
}
