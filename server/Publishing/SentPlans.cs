using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Publishing.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>The plans of the table, and when each was on air by the events its site reported: from its own “on air” to the next plan's.</summary>
internal sealed class SentPlans(BorderInfoDb db) : ISentPlans
{
    public async Task<SentPlan?> Newest(SiteId site, CancellationToken stop) =>
        await SendPlan.Newest(db, site, stop) is { } row ? View(row) : null;

    public async Task<SentPlan?> OnAirAt(SiteId site, DateTimeOffset instant, CancellationToken stop)
    {
        var row = await OnAir(site).Where(p => p.OnAirAt <= instant).OrderByDescending(p => p.OnAirAt).ThenByDescending(p => p.Epoch).ThenByDescending(p => p.Counter).FirstOrDefaultAsync(stop);
        return row is null ? null : View(row);
    }

    public async Task<IReadOnlyList<(SentPlan Plan, DateTimeOffset From, DateTimeOffset To)>> OnAirBetween(SiteId site, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        // Keys first: plans are large and a site may have had hundreds.
        var all = await OnAir(site).OrderBy(p => p.OnAirAt).ThenBy(p => p.Epoch).ThenBy(p => p.Counter).Select(p => new { p.Id, At = p.OnAirAt!.Value }).ToListAsync(stop);
        var spans = all.Select((p, i) => (p.Id, From: p.At, To: i + 1 < all.Count ? all[i + 1].At : DateTimeOffset.MaxValue)).Where(s => s.From < to && s.To > from && s.From < s.To).ToArray();
        var found = new List<(SentPlan, DateTimeOffset, DateTimeOffset)>();
        foreach (var span in spans)
            found.Add((View(await db.Set<PlanRow>().AsNoTracking().SingleAsync(p => p.Id == span.Id, stop)), span.From > from ? span.From : from, span.To < to ? span.To : to));
        return found;
    }

    internal static SentPlan View(PlanRow row) =>
        new(new PlanNumber(row.Number), new SiteId(row.Site), row.Epoch, row.Counter, row.SentAt, PlanBytes.Unfold(row.Plan), row.Stage());

    private IQueryable<PlanRow> OnAir(SiteId site) => db.Set<PlanRow>().AsNoTracking().Where(p => p.Site == site.Value && p.OnAirAt != null);
}
