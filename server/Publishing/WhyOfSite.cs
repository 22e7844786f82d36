using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Publishing;

/// <param name="By">The plan that answers.</param>
public sealed record SiteWhy(Cluster Cluster, PlanOutput Output, PlanSpan By, WhyText Why);

/// <summary>Why an output shows what it shows at a moment: of the past by the plan that was on air then, of the future by the newest one, or with every unpublished change.</summary>
/// <remarks>Refuses with <c>publish.unknown-output</c>, <c>publish.no-plan-then</c> (no plan is known to have been on air then) and what <see cref="TimelineOfSite"/> refuses.</remarks>
internal sealed class WhyOfSite(TimelineOfSite timeline, Texts texts)
{
    public sealed record Ask(Actor Actor, SiteId Site, OutputId Output, DateTimeOffset At, PlanBasis Wish = PlanBasis.InForce);

    public async Task<Outcome<SiteWhy>> Handle(Ask ask, CancellationToken stop)
    {
        if (!(await timeline.Handle(new(ask.Actor, ask.Site, ask.At, ask.At.AddTicks(1), ask.Wish), stop)).Is(out var done, out var why))
            return why;
        return Of(done, ask.Output, ask.At, texts);
    }

    /// <summary>The same from a timeline that is read already.</summary>
    public static Outcome<SiteWhy> Of(TimelineOfSite.Done done, OutputId output, DateTimeOffset at, Texts texts)
    {
        var span = done.At(at);
        if (span.Plan is not { } plan)
            return new Refusal("publish.no-plan-then", done.Cluster.Name, Platform.Pages.LocalTime.Text(at));
        if (plan.Outputs.FirstOrDefault(o => o.Id == output) is not { } known)
            return new Refusal("publish.unknown-output", output.Value, done.Cluster.Name);
        return new SiteWhy(done.Cluster, known, span, new WhyInWords(plan, done.Names, texts).Of(PlanWhy.At(span.Clock, output, at)));
    }
}
