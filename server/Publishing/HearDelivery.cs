using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Server.Platform.News;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>What a site says about a plan: received, on disk, on air, refused. In whatever order it comes in, the same stages stand at the end.</summary>
internal sealed partial class HearDelivery(TimeProvider clock, LiveBoard board, ILogger<HearDelivery> log) : IHear<SiteEventHeard>
{
    public async Task Hear(SiteEventHeard news, BorderInfoDb db, CancellationToken stop)
    {
        if (news.Event is not { Plan: { } number, Kind: SiteEventKind.PlanReceived or SiteEventKind.PlanOnDisk or SiteEventKind.PlanOnAir or SiteEventKind.PlanRefused } heard)
            return;
        var plan = await db.Set<PlanRow>().FirstOrDefaultAsync(p => p.Number == number.Value && p.Site == news.Site.Value, stop);
        if (plan is null)
        {
            Log.UnknownPlan(log, news.Site, number, heard.Kind);
            return;
        }

        // A false clock would put the plan on air in another year.
        var at = heard.Clock == ClockTrust.False ? clock.GetUtcNow() : heard.At;
        Note(plan, heard, at);
        await db.SaveChangesAsync(stop);
        await Overtake(db, news.Site, at, stop);
        board.Tell($"delivery:{news.Site}");
        board.Tell("delivery");
        if (heard.Kind == SiteEventKind.PlanRefused)
            Log.PlanRefused(log, number, heard.Code, heard.Detail);
    }

    /// <summary>The first time counts: a site tells “on air” again after a restart.</summary>
    internal static void Note(PlanRow plan, SiteEvent heard, DateTimeOffset at)
    {
        switch (heard.Kind)
        {
            case SiteEventKind.PlanReceived:
                plan.ReceivedAt ??= at;
                break;
            case SiteEventKind.PlanOnDisk:
                plan.OnDiskAt ??= at;
                break;
            case SiteEventKind.PlanOnAir:
                plan.OnAirAt ??= at;
                break;
            case SiteEventKind.PlanRefused:
                plan.RefusedAt ??= at;
                plan.RefusedCode ??= heard.Code;
                plan.RefusedDetail ??= heard.Detail;
                break;
        }
    }

    /// <summary>Plans below the highest one that arrived are overtaken unless they were on air or refused; one that arrived after all, and is the highest, is not.</summary>
    private static async Task Overtake(BorderInfoDb db, SiteId site, DateTimeOffset at, CancellationToken stop)
    {
        var open = await db.Set<PlanRow>().Where(p => p.Site == site.Value && p.OnAirAt == null && p.RefusedAt == null).ToListAsync(stop);
        var arrived = await db.Set<PlanRow>().AsNoTracking()
            .Where(p => p.Site == site.Value && p.RefusedAt == null && (p.ReceivedAt != null || p.OnDiskAt != null || p.OnAirAt != null))
            .OrderByDescending(p => p.Epoch).ThenByDescending(p => p.Counter)
            .Select(p => new { p.Epoch, p.Counter }).FirstOrDefaultAsync(stop);
        if (arrived is null)
            return;
        foreach (var p in open)
        {
            var order = (p.Epoch, p.Counter).CompareTo((arrived.Epoch, arrived.Counter));
            if (order < 0)
                p.OvertakenAt ??= at;
            else if (order == 0)
                p.OvertakenAt = null;
        }

        await db.SaveChangesAsync(stop);
    }

    private static partial class Log
    {
        [LoggerMessage(1807, LogLevel.Warning, "Plan {Plan} refused by its site: {Code} {Detail}")]
        public static partial void PlanRefused(ILogger log, PlanNumber plan, string? code, string? detail);

        [LoggerMessage(1808, LogLevel.Information, "Site {Site} tells {Kind} of plan {Plan}, which this database does not know")]
        public static partial void UnknownPlan(ILogger log, SiteId site, PlanNumber plan, SiteEventKind kind);
    }
}
