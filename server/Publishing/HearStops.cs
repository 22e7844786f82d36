using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>Themes were stopped in an area, or a stop was lifted: in the same transaction every site there gets its newest plan with the stops that count now.</summary>
/// <remarks>
/// Nothing is compiled or rendered, so it takes no longer than signing. Where a stop that is still to come is told early, a site without a link begins it all the same.
/// A plan that grows beyond what a site takes does not hold up the others: it becomes a wish that the page of publications shows as stuck.
/// </remarks>
internal sealed partial class HearStops(IStops stops, IClusters clusters, SendPlan send, PublishRun run, HearChanges changes, TimeProvider clock, ILogger<HearStops> log) : IHear<StopChanged>
{
    public async Task Hear(StopChanged news, BorderInfoDb db, CancellationToken stop)
    {
        var counting = await stops.Counting(clock.GetUtcNow(), stop);
        var changed = new List<(Cluster Cluster, PlayPlan Plan)>();
        foreach (var cluster in clusters.All.Where(c => c.Site is not null && c.Within(news.Stop.Area)).OrderBy(c => c.Site!.Value.Value, StringComparer.Ordinal))
        {
            if (await Newest(db, cluster.Site!.Value, stop) is { } newest && With(newest, cluster, counting) is { } plan)
                changed.Add((cluster, plan));
        }

        if (changed.Count == 0)
            return;
        var publish = new PublishRow { At = clock.GetUtcNow(), Cause = news.Lifted ? PublishCause.ThemeStopLifted : PublishCause.ThemeStop, What = news.Stop.Name, ByUser = news.By.UserId, ByName = news.By.DisplayName };
        db.Add(publish);
        await db.SaveChangesAsync(stop);
        var sent = new List<PlanRow>();
        foreach (var (cluster, plan) in changed)
        {
            if (!(await send.To(db, plan, publish.Id, always: true, stop)).Is(out var row, out var why))
            {
                // A plan too full to say what is stopped says it without the items that are.
                var less = plan.Items.Where(i => plan.Stops.Any(s => s.HoldsAll(i, plan))).Aggregate(plan, (p, i) => HearWithdrawal.Without(p, i.Id));
                (await send.To(db, less, publish.Id, always: true, stop)).Is(out row, out _);
            }

            if (row is not null)
                sent.Add(row);
            if (why is null)
                continue;
            Log.NotSent(log, news.Stop.Code, cluster.Name, why);
            await changes.Wish(db, PublishCause.ClusterChanged, cluster.Id.ToString(CultureInfo.InvariantCulture), stop);
        }

        await db.SaveChangesAsync(stop);
        run.Tell(sent);
        Log.Told(log, news.Stop.Code, news.Lifted ? "lifted" : "ordered", sent.Count);
    }

    /// <summary>Pure: the plan with the stops that count; null = it says so already.</summary>
    internal static PlayPlan? With(PlayPlan plan, Cluster cluster, IReadOnlyList<ThemeStop> counting)
    {
        var now = ThemeStop.Of(cluster, counting);
        if (now.Select(s => (s.Id, s.From, s.Until)).SequenceEqual(plan.Stops.Select(s => (s.Id, s.From, s.Until))))
            return null;
        var changed = plan with { Stops = now };
        return changed with { Level = PlanLevels.Of(changed) };
    }

    private static async Task<PlayPlan?> Newest(BorderInfoDb db, SiteId site, CancellationToken stop) =>
        await db.Set<PlanRow>().AsNoTracking().Where(p => p.Site == site.Value).OrderByDescending(p => p.Epoch).ThenByDescending(p => p.Counter).Select(p => p.Plan).FirstOrDefaultAsync(stop) is { } folded
            ? PlanBytes.Unfold(folded)
            : null;

    private static partial class Log
    {
        [LoggerMessage(1814, LogLevel.Warning, "Stop {Stop} {What}: {Plans} plans sent")]
        public static partial void Told(ILogger log, string stop, string what, int plans);

        [LoggerMessage(1813, LogLevel.Error, "Stop {Stop} did not fit into the whole plan of {Cluster}, sent without the stopped items if that fits: {Why}")]
        public static partial void NotSent(ILogger log, string stop, string cluster, Refusal why);
    }
}
