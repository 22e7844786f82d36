using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;

namespace BorderInfo.Server.Publishing;

/// <summary>A site came online and says which plan it has: the newest goes out again when it has another, a first one is made when there is none.</summary>
/// <remarks>A site that knows of a newer plan than this database was sent it by a server that has since been restored from a backup: its numbers are kept, the page shows it, and no number at or below is given out.</remarks>
internal sealed partial class HearBirth(HearChanges changes, SendPlan send, TimeProvider clock, ILogger<HearBirth> log) : IHear<SiteWasBorn>
{
    public async Task Hear(SiteWasBorn news, BorderInfoDb db, CancellationToken stop)
    {
        var state = news.State;
        if (await PlanNumbers.Seen(db, news.Site, state.PlanEpoch, state.PlanCounter, clock.GetUtcNow(), stop))
        {
            Log.SiteIsAhead(log, news.Site, state.PlanEpoch, state.PlanCounter);
            await changes.Wish(db, PublishCause.FirstPlan, news.Site.Value, stop);
            return;
        }

        if (await SendPlan.Newest(db, news.Site, stop) is not { } newest)
        {
            await changes.Wish(db, PublishCause.FirstPlan, news.Site.Value, stop);
        }
        else if ((newest.Epoch, newest.Counter) != (state.PlanEpoch, state.PlanCounter))
        {
            send.Again(db, newest);
            await db.SaveChangesAsync(stop);
            Log.SentAgain(log, newest.Number, state.Plan);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1805, LogLevel.Information, "Plan {Plan} sent again: the site has {Has}")]
        public static partial void SentAgain(ILogger log, string plan, PlanNumber? has);

        [LoggerMessage(1806, LogLevel.Warning, "Site {Site} has plan epoch {Epoch} counter {Counter}, which this database does not know: was it restored from a backup?")]
        public static partial void SiteIsAhead(ILogger log, SiteId site, int epoch, long counter);
    }
}
