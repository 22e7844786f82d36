using System.Globalization;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>News that makes plans anew: a wish is written in the same transaction, the <see cref="PlanWorker"/> fulfils it right after the commit.</summary>
internal sealed class HearChanges(TimeProvider clock, WorkBell bell) : IHear<ItemReleased>, IHear<ClusterChanged>, IHear<HolidayChanged>
{
    public Task Hear(ItemReleased news, BorderInfoDb db, CancellationToken stop) => Wish(db, PublishCause.ItemReleased, news.Item.Value, stop);

    public Task Hear(ClusterChanged news, BorderInfoDb db, CancellationToken stop) => Wish(db, PublishCause.ClusterChanged, news.ClusterId.ToString(CultureInfo.InvariantCulture), stop);

    public Task Hear(HolidayChanged news, BorderInfoDb db, CancellationToken stop) => Wish(db, PublishCause.HolidayChanged, news.Id, stop);

    public async Task Wish(BorderInfoDb db, PublishCause cause, string key, CancellationToken stop)
    {
        if (!await db.Set<RepublishWish>().AnyAsync(w => w.Cause == cause && w.Key == key && w.Tries == 0, stop))
            db.Add(new RepublishWish { Cause = cause, Key = key, MadeAt = clock.GetUtcNow(), NotBefore = clock.GetUtcNow() });
        await db.SaveChangesAsync(stop);
        bell.Ring();
    }
}

/// <summary>Wakes the worker; rung inside a transaction, so the worker looks again for a few seconds.</summary>
internal sealed class WorkBell : IDisposable
{
    private readonly SemaphoreSlim rung = new(0, 1);

    public void Ring()
    {
        if (rung.CurrentCount == 0)
        {
            try
            {
                rung.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else rang between the question and the ringing.
            }
        }
    }

    /// <returns>True when rung, false after the time.</returns>
    public Task<bool> Heard(TimeSpan atMost, CancellationToken stop) => rung.WaitAsync(atMost, stop);

    public void Dispose() => rung.Dispose();
}
