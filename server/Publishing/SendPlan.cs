using BorderInfo.Contract.Plans;
using BorderInfo.Contract.Signing;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Publishing;

/// <summary>Step 4 and 5 of the walk: number, canonical bytes, signature; the plan's row and its outbox row in the caller's transaction.</summary>
/// <remarks>Refuses with <c>plan.too-large</c>, and with <c>publish.plan-unsound</c> what an agent would refuse by <see cref="PlanRules"/>; the caller then rolls everything back.</remarks>
internal sealed partial class SendPlan(ISigner signer, IDownlink downlink, TimeProvider clock, ILogger<SendPlan> log)
{
    /// <summary>How long a plan is good for without a newer one.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromDays(45);

    /// <param name="always">False = only when it says something else than the newest plan of the site.</param>
    /// <returns>Null = nothing new to say.</returns>
    public async Task<Outcome<PlanRow?>> To(BorderInfoDb db, PlayPlan draft, long publish, bool always, CancellationToken stop)
    {
        var site = draft.Site;
        draft = await CarriedItems.Tell(db, draft, clock.GetUtcNow(), stop);
        if (!always && await Newest(db, site, stop) is { } newest && PlanBytes.SayTheSame(PlanBytes.Unfold(newest.Plan), draft))
            return (PlanRow?)null;

        var (epoch, counter) = await PlanNumbers.Next(db, site, stop);
        var plan = Numbered(draft, epoch, counter, clock.GetUtcNow());
        if (PlanRules.Check(plan) is { } unsound)
            return new Refusal("publish.plan-unsound", plan.ClusterName, unsound.ToString());
        var json = PlanBytes.Json(plan);
        var sealedBytes = signer.Seal(SignedTypes.Plan, json);
        if (sealedBytes.Length > PlayPlan.MaxSealedBytes)
            return new Refusal("plan.too-large", plan.ClusterName, Kilobytes(sealedBytes.Length), Kilobytes(PlayPlan.MaxSealedBytes));

        // What has not even arrived is replaced at the broker by this one.
        await db.Set<PlanRow>().Where(p => p.Site == site.Value && p.ReceivedAt == null && p.OnAirAt == null && p.RefusedAt == null && p.OvertakenAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.OvertakenAt, plan.MadeAt), stop);
        var row = Row(plan, publish, json, sealedBytes);
        db.Add(row);
        await CarriedItems.Keep(db, plan, stop);
        downlink.Enqueue(db, Topics.Plan(site), sealedBytes, retain: true, about: plan.Number.Value);
        Log.PlanSent(log, plan.Number, plan.ClusterName, plan.Entries.Count, sealedBytes.Length);
        return row;
    }

    /// <summary>The same bytes once more, for a site that lost them.</summary>
    public void Again(BorderInfoDb db, PlanRow row) => downlink.Enqueue(db, Topics.Plan(new SiteId(row.Site)), row.Sealed, retain: true, about: row.Number);

    public static Task<PlanRow?> Newest(BorderInfoDb db, SiteId site, CancellationToken stop) =>
        db.Set<PlanRow>().AsNoTracking().Where(p => p.Site == site.Value).OrderByDescending(p => p.Epoch).ThenByDescending(p => p.Counter).FirstOrDefaultAsync(stop);

    internal static PlayPlan Numbered(PlayPlan draft, int epoch, long counter, DateTimeOffset now) => draft with
    {
        Number = new PlanNumber(draft.Site, LocalTime.Day(now).Year, counter),
        Epoch = epoch,
        Counter = counter,
        MadeAt = now,
        ValidUntil = now + GoodFor,
    };

    private static PlanRow Row(PlayPlan plan, long publish, byte[] json, byte[] sealedBytes) => new()
    {
        PublishId = publish,
        Site = plan.Site.Value,
        Number = plan.Number.Value,
        Epoch = plan.Epoch,
        Counter = plan.Counter,
        SentAt = plan.MadeAt,
        ValidUntil = plan.ValidUntil,
        Sealed = sealedBytes,
        Plan = PlanBytes.Fold(json),
        Entries = plan.Entries.Count,
        Items = plan.Items.Count,
    };

    private static string Kilobytes(int bytes) => ((bytes + 1023) / 1024).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static partial class Log
    {
        [LoggerMessage(1801, LogLevel.Information, "Plan {Plan} for {Cluster} sent, {Entries} entries, {Bytes} bytes sealed")]
        public static partial void PlanSent(ILogger log, PlanNumber plan, string cluster, int entries, int bytes);
    }
}
