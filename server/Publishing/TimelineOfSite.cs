using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>By which plan a question about a moment is answered.</summary>
public enum PlanBasis
{
    /// <summary>The plan that the site told to be on air then.</summary>
    InForce,

    /// <summary>The newest plan sent.</summary>
    Newest,

    /// <summary>A draft with every change that is not published yet.</summary>
    Draft,

    /// <summary>None: no plan is known to have been on air then.</summary>
    Unknown,
}

/// <summary>A plan and the stretch of the question for which it answers.</summary>
/// <param name="Plan">Null when <paramref name="Basis"/> is <see cref="PlanBasis.Unknown"/>.</param>
/// <param name="Sent">Null for a draft, too.</param>
public sealed record PlanSpan(DateTimeOffset From, DateTimeOffset To, PlanBasis Basis, PlayPlan? Plan, SentPlan? Sent)
{
    private PlanClock? clock;

    /// <summary>Made when first asked for; of the newest plan one that is warm.</summary>
    public PlanClock Clock => clock ??= Warm?.Plan.Number == Plan!.Number && Basis != PlanBasis.Draft ? Warm : new PlanClock(Plan);

    internal PlanClock? Warm { get; init; }
}

/// <summary>The plans to look at for “what plays when”: before now those that were on air at the site, from now on the newest one sent, or for all of it a draft with every change not yet published.</summary>
/// <remarks>Refuses with <c>publish.unknown-site</c> (also outside the actor's area), <c>publish.no-plan</c>.</remarks>
internal sealed class TimelineOfSite(ISentPlans sent, ISchedules schedules, IPlanCompiler compiler, IClusters clusters, PlansInMemory memory, TimeProvider clock)
{
    /// <param name="Wish"><see cref="PlanBasis.InForce"/> = each moment by the plan that counts for it; <see cref="PlanBasis.Newest"/> and <see cref="PlanBasis.Draft"/> = the whole period by that one.</param>
    public sealed record Ask(Actor Actor, SiteId Site, DateTimeOffset From, DateTimeOffset To, PlanBasis Wish = PlanBasis.InForce);

    /// <param name="Spans">Without a gap, oldest first.</param>
    /// <param name="Names">Names of schedules by id.</param>
    public sealed record Done(Cluster Cluster, IReadOnlyList<PlanSpan> Spans, IReadOnlyDictionary<long, string> Names)
    {
        /// <summary>Of the last plan first, then what only older ones had.</summary>
        public IReadOnlyList<PlanOutput> Outputs { get; } = [.. Spans.Reverse().SelectMany(s => s.Plan?.Outputs ?? []).DistinctBy(o => o.Id)];

        public PlanSpan At(DateTimeOffset instant) => Spans.First(s => instant < s.To || s == Spans[^1]);
    }

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        if (clusters.BySite(ask.Site) is not { } cluster || !cluster.Within(ask.Actor.Scope))
            return new Refusal("publish.unknown-site", ask.Site.Value);
        var all = await schedules.All(stop);
        var outcome = ask.Wish == PlanBasis.Draft ? await Draft(ask, all, stop) : await Sent(ask, cluster, stop);
        return outcome.Is(out var spans, out var why) ? new Done(cluster, spans, all.ToDictionary(s => s.Id, s => s.Newest.Name)) : why;
    }

    /// <summary>Pure: which plan counts when.</summary>
    /// <param name="onAir">Plans with the times between which the site had them on air, oldest first.</param>
    internal static PlanSpan[] Decide(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, SentPlan newest, IReadOnlyList<(SentPlan Plan, DateTimeOffset From, DateTimeOffset To)> onAir)
    {
        var border = now < from ? from : now > to ? to : now;
        var spans = new List<PlanSpan>();
        var at = from;
        foreach (var (plan, begins, ends) in onAir.Where(p => p.From < border && p.To > from))
        {
            if (begins > at)
                spans.Add(new(at, begins, PlanBasis.Unknown, null, null));
            at = ends < border ? ends : border;
            var one = plan.Number == newest.Number ? newest : plan;
            spans.Add(new(begins > from ? begins : from, at, PlanBasis.InForce, one.Plan, one));
        }

        if (at < border)
            spans.Add(new(at, border, PlanBasis.Unknown, null, null));
        if (border < to)
            spans.Add(new(border, to, PlanBasis.Newest, newest.Plan, newest));
        return [.. spans];
    }

    private async Task<Outcome<IReadOnlyList<PlanSpan>>> Draft(Ask ask, IReadOnlyList<ScheduleStand> all, CancellationToken stop)
    {
        var pending = all.Where(s => s.Pending).Select(s => s.Id).ToArray();
        if (!(await compiler.CompileMany([ask.Site], new(pending, []), stop)).Is(out var plans, out var why))
            return why;
        return new PlanSpan[] { new(ask.From, ask.To, PlanBasis.Draft, plans[0].Draft, null) };
    }

    private async Task<Outcome<IReadOnlyList<PlanSpan>>> Sent(Ask ask, Cluster cluster, CancellationToken stop)
    {
        if (await sent.Newest(ask.Site, stop) is not { } newest)
            return new Refusal("publish.no-plan", cluster.Name);
        var warm = await memory.Of(ask.Site, stop);
        var now = clock.GetUtcNow();
        if (ask.Wish == PlanBasis.Newest || ask.From >= now)
            return new PlanSpan[] { new(ask.From, ask.To, PlanBasis.Newest, newest.Plan, newest) { Warm = warm } };
        var onAir = await sent.OnAirBetween(ask.Site, ask.From, ask.To < now ? ask.To : now, stop);
        return Decide(ask.From, ask.To, now, newest, onAir).Select(s => s with { Warm = warm }).ToArray();
    }
}
