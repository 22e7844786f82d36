using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing.Emergencies;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>What publishing would change at one site.</summary>
/// <param name="Air">Until the end of tomorrow; null = not asked.</param>
public sealed record SiteChange(SiteId Site, string Cluster, PlanDifference Difference, AirDifference? Air);

/// <summary>What “Phát hành” would change, site by site, before anything is sent. Makes the files on the way, so that publishing itself is quick.</summary>
/// <remarks>Refuses with what <see cref="PublishPlan"/> refuses.</remarks>
internal sealed class PreviewPublish(BorderInfoDb db, ISchedules schedules, IPlanCompiler compiler, IClusters clusters, IReleasedItems released, IScheduleAdvice advice, IHolidays holidays, TimeProvider clock)
{
    /// <summary>For so many sites the engine is asked what will be on air differently; of the others only what comes and goes is told.</summary>
    public const int MostOnAir = 30;

    /// <summary>So many schedules are looked at for advice.</summary>
    public const int MostAdvised = 50;

    public sealed record Ask(Actor Actor, IReadOnlyList<long> Schedules);

    /// <param name="Names">Of all schedules by id.</param>
    public sealed record Done(IReadOnlyList<ScheduleStand> Schedules, IReadOnlyList<SiteChange> Sites, IReadOnlyList<PlanWarning> Warnings, IReadOnlyDictionary<long, string> Names)
    {
        public bool Any => Sites.Any(s => s.Difference.Any);

        /// <summary>A reason has to be given.</summary>
        public bool Emergency => Schedules.Any(s => s.Newest.Tier == Contract.Plans.Tier.Emergency);
    }

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        var all = await schedules.All(stop);
        var items = (await released.Successors(stop)).Names((await released.All(stop)).Select(r => r.Item.Id));
        if (!PublishPlan.Decide(new(ask.Actor, ask.Schedules), all, clusters.All, items).Is(out var wanted, out var why))
            return why;
        var sites = PublishScope.Sites(wanted, clusters.All);
        if (!(await compiler.CompileMany(sites, new([.. wanted.Select(w => w.Id)], []), stop)).Is(out var plans, out why))
            return why;
        if ((PublishPlan.PlaysSomewhere(wanted, plans) ?? SharesFit.Check(plans, all, clock.GetUtcNow())) is { } nowhere)
            return nowhere;

        var changes = new List<SiteChange>();
        foreach (var plan in plans)
        {
            var before = await SendPlan.Newest(db, plan.Draft.Site, stop) is { } newest ? PlanBytes.Unfold(newest.Plan) : null;
            var difference = PlanDifference.Of(before, plan.Draft);
            var asked = difference.Any && changes.Count(c => c.Air is not null) < MostOnAir;
            changes.Add(new(plan.Draft.Site, plan.Draft.ClusterName, difference, asked ? OnAir(before, plan) : null));
        }

        IEnumerable<PlanWarning> warnings = [.. EmergencyBook.NotAtOnce(wanted, await holidays.Table(stop), clock.GetUtcNow()), .. await Advice(wanted, stop)];
        return new Done(wanted, changes, [.. plans.SelectMany(p => p.Warnings).Concat(warnings).DistinctBy(w => (w.Code, string.Join('\n', w.With)))], all.ToDictionary(s => s.Id, s => s.Newest.Name));
    }

    /// <summary>From this minute to the end of tomorrow.</summary>
    private AirDifference OnAir(Contract.Plans.PlayPlan? before, CompiledPlan after)
    {
        var now = clock.GetUtcNow();
        return AirDifference.Of(before, after.Draft, now, LocalTime.Utc(LocalTime.Day(now).AddDays(2), TimeOnly.MinValue));
    }

    /// <summary>What the form says about each schedule.</summary>
    private async Task<IReadOnlyList<PlanWarning>> Advice(IReadOnlyList<ScheduleStand> wanted, CancellationToken stop)
    {
        var all = new List<PlanWarning>();
        foreach (var s in wanted.Take(MostAdvised))
            all.AddRange((await advice.Of(s.Newest, s.Area, stop)).Where(w => w.Code != "schedule.warn.and-more"));
        return all;
    }
}
