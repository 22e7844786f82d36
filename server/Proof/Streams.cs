using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Platform.Pages;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Proof;

/// <summary>The row of a site's journal.</summary>
internal static class Streams
{
    /// <summary>Tracked; added when it is not there.</summary>
    public static async Task<PlayStreamRow> Of(BorderInfoDb db, SiteId site, DateOnly firstDay, CancellationToken stop)
    {
        if (await db.Set<PlayStreamRow>().FindAsync([site.Value], stop) is { } found)
            return found;
        var made = new PlayStreamRow { Site = site.Value, FirstDay = firstDay };
        db.Add(made);
        return made;
    }
}

/// <summary>A computer was enrolled: its journal may go on after the number it was told, or begin at 1. What it really does shows in its first batch.</summary>
internal sealed class HearEnrolment(TimeProvider clock) : IHear<SiteEnrolled>
{
    public async Task Hear(SiteEnrolled news, BorderInfoDb db, CancellationToken stop)
    {
        var stream = await Streams.Of(db, news.Site, LocalTime.Day(clock.GetUtcNow()), stop);
        stream.MayBeginAnew = stream.MaxSeq > 0;
        await db.SaveChangesAsync(stop);
    }
}

/// <summary>A plan came on air: from that day on, what should have been on air is another question.</summary>
internal sealed class HearPlanOnAir(TimeProvider clock) : IHear<SiteEventHeard>
{
    public async Task Hear(SiteEventHeard news, BorderInfoDb db, CancellationToken stop)
    {
        if (news.Event.Kind != SiteEventKind.PlanOnAir)
            return;
        var at = news.Event.Clock == ClockTrust.False ? clock.GetUtcNow() : news.Event.At;
        var day = LocalTime.Day(at);
        var stream = await Streams.Of(db, news.Site, day, stop);
        if (day < stream.FirstDay)
            stream.FirstDay = day;
        await db.SaveChangesAsync(stop);
        await db.Set<AirSiteDayRow>().Where(d => d.Site == news.Site.Value && d.Day >= day)
            .ExecuteUpdateAsync(u => u.SetProperty(d => d.Stamp, d => d.Stamp + 1).SetProperty(d => d.Final, false), stop);
    }
}
