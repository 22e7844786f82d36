using BorderInfo.Contract.Plans;
using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Publishing.Emergencies;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Publishing;

/// <summary>The editor presses “Phát hành”: schedules become part of the signed plans of the sites they touch, on their way.</summary>
/// <remarks>
/// Refuses with <c>publish.not-allowed</c>, <c>publish.emergency-not-allowed</c>, <c>publish.emergency-reason</c>, <c>publish.reason-too-long</c>, <c>publish.nothing-changed</c>, <c>publish.unknown-schedule</c>, <c>publish.out-of-scope</c>,
/// <c>publish.offered</c>, <c>publish.no-target</c>, <c>publish.nothing-released</c>, <c>publish.language-missing</c>, <c>publish.plays-nothing</c>, <c>publish.shares</c>, <c>publish.changed-meanwhile</c>, <c>plan.too-large</c>; nothing is changed then.
/// Files are made before the transaction; inside it the same compilation finds them ready.
/// </remarks>
internal sealed partial class PublishPlan(
    BorderInfoDb db, ISchedules schedules, IPlanCompiler compiler, IClusters clusters, IReleasedItems released, PublishRun run, EmergencyBook emergencies, IHolidays holidays, IAuditTrail audit, TimeProvider clock, ILogger<PublishPlan> log)
{
    /// <param name="Schedules">Empty = every changed schedule that the actor may touch.</param>
    /// <param name="Reason">Why; asked for where one of them is an emergency.</param>
    public sealed record Ask(Actor Actor, IReadOnlyList<long> Schedules, string? Reason = null);

    /// <param name="Sites">Sites whose plan changed.</param>
    public sealed record Done(long Publish, int Sites, IReadOnlyList<PlanNumber> Plans, IReadOnlyList<PlanWarning> Warnings);

    public async Task<Outcome<Done>> Handle(Ask ask, CancellationToken stop)
    {
        var all = await schedules.All(stop);
        var items = (await released.Successors(stop)).Names((await released.All(stop)).Select(r => r.Item.Id));
        if (!Decide(ask, all, clusters.All, items).Is(out var wanted, out var why))
            return why;
        if (EmergencyBook.Check(wanted, ask.Reason) is { } unsaid)
            return unsaid;

        var sites = PublishScope.Sites(wanted, clusters.All);
        if (!(await compiler.CompileMany(sites, new([.. wanted.Select(w => w.Id)], []), stop)).Is(out var first, out why))
            return why;
        if ((PlaysSomewhere(wanted, first) ?? SharesFit.Check(first, all, clock.GetUtcNow())) is { } nowhere)
            return nowhere;

        var names = string.Join("; ", wanted.Select(w => w.Newest.Name));
        var outcome = await run.Handle(
            new(PublishCause.Schedule, names, ask.Actor, sites),
            inside => Mark(ask, wanted, inside),
            done => audit.Note(db, ask.Actor, "schedule.publish", string.Join(' ', wanted.Select(w => $"{w.Newest.EntryId}/{w.Revision}")), string.Join(' ', done.Plans.Select(p => p.Number))),
            stop);
        if (!outcome.Is(out var sent, out why))
            return why;
        Log.Published(log, names, ask.Actor.UserName, sent.Plans.Count, string.Join(' ', sent.Plans.Select(p => p.Number)));
        return new Done(sent.Publish, sent.Plans.Count, [.. sent.Plans.Select(p => new PlanNumber(p.Number))], sent.Warnings);
    }

    /// <summary>Pure: the schedules to publish, or why not.</summary>
    internal static Outcome<IReadOnlyList<ScheduleStand>> Decide(Ask ask, IReadOnlyList<ScheduleStand> all, IReadOnlyList<Cluster> clusters, IReadOnlySet<ItemId> released)
    {
        if (PublishScope.MayPublish(ask.Actor) is { } no)
            return no;
        var wanted = ask.Schedules.Count == 0
            ? [.. all.Where(s => s.Pending && PublishScope.Holds(ask.Actor, s, clusters) && (s.Newest.Tier != Tier.Emergency || PublishScope.MayEmergency(ask.Actor)))]
            : all.Where(s => ask.Schedules.Contains(s.Id)).ToArray();
        if (wanted.Length == 0 || wanted.Length < ask.Schedules.Distinct().Count())
            return new Refusal(ask.Schedules.Count == 0 ? "publish.nothing-changed" : "publish.unknown-schedule");
        foreach (var s in wanted)
        {
            if (!PublishScope.Holds(ask.Actor, s, clusters))
                return new Refusal("publish.out-of-scope", s.NameFor(ask.Actor, clusters));
            if (s.Newest.Tier == Tier.Emergency && !PublishScope.MayEmergency(ask.Actor))
                return new Refusal("publish.emergency-not-allowed", s.Newest.Name);
            if (s.Standing == ScheduleStanding.Offered)
                return new Refusal("publish.offered", s.Newest.Name);
            if (!clusters.Any(c => c.Site is not null && TargetResolver.Reach(s.Newest.Targets, s.Area, c).Count > 0))
                return new Refusal("publish.no-target", s.Newest.Name);
            if (!s.Newest.Items.Any(released.Contains))
                return new Refusal("publish.nothing-released", s.Newest.Name);
        }

        return wanted;
    }

    /// <summary>Pure: each schedule must play at one output at least.</summary>
    internal static Refusal? PlaysSomewhere(IReadOnlyList<ScheduleStand> wanted, IReadOnlyList<CompiledPlan> plans)
    {
        var playing = plans.SelectMany(p => p.Draft.Entries).Select(e => ScheduleView.IdOfEntry(e.Id)).ToHashSet();
        if (wanted.FirstOrDefault(w => !playing.Contains(w.Id)) is not { } silent)
            return null;
        var missing = plans.SelectMany(p => p.Warnings).FirstOrDefault(w => w.Code == "schedule.warn.language-missing");
        return missing is null ? new("publish.plays-nothing", silent.Newest.Name) : new("publish.language-missing", silent.Newest.Name, missing.With[0], LanguageNames.InSentence(missing.With[3].Split(", ")), missing.With[1]);
    }

    private async Task<Refusal?> Mark(Ask ask, IReadOnlyList<ScheduleStand> wanted, CancellationToken stop)
    {
        foreach (var s in wanted)
        {
            if (AreaReach.Narrower(s.Area, ask.Actor.Scope, clusters.All) is not { } area)
                return new("publish.out-of-scope", s.NameFor(ask.Actor, clusters.All));
            // Making the files may have taken minutes: meanwhile it may have been offered, stopped, or published by somebody else.
            if ((await schedules.Of(s.Id, stop))?.Standing != s.Standing)
                return new("publish.changed-meanwhile", s.Newest.Name);
            if (!await schedules.MarkPublished(db, s.Id, s.Revision, area, s.CountsSince(clock.GetUtcNow()), stop))
                return new("publish.changed-meanwhile", s.Newest.Name);
        }

        await emergencies.Published(ask.Actor, wanted, ask.Reason, await holidays.Table(stop), stop);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1802, LogLevel.Information, "Schedules {Names} published by {User}: {Count} plans sent: {Plans}")]
        public static partial void Published(ILogger log, string names, string user, int count, string plans);
    }
}

/// <summary>Pure: whom publishing concerns and who may do it.</summary>
internal static class PublishScope
{
    public static Refusal? MayPublish(Actor actor) =>
        actor.Is(Roles.Editor) || MayEmergency(actor) ? null : new("publish.not-allowed");

    public static bool MayEmergency(Actor actor) => actor.Is(Roles.Approver) || actor.Is(Roles.Administrator);

    /// <summary>Every cluster that it reaches, or reached as published, is the actor's; of what reaches none only who sees it says anything.</summary>
    public static bool Holds(Actor actor, ScheduleStand s, IReadOnlyList<Cluster> clusters) =>
        s.SeenBy(actor, clusters) && AreaReach.Narrower(s.Area, actor.Scope, clusters) is not null && s.Views.SelectMany(v => TargetResolver.Clusters(v.View.Targets, v.Area, clusters)).All(c => c.Within(actor.Scope));

    /// <summary>Every cluster where it is on air is the actor's; a draft that reaches further keeps nobody from stopping it.</summary>
    public static bool HoldsOnAir(Actor actor, ScheduleStand s, IReadOnlyList<Cluster> clusters) =>
        s.Published is { } on ? s.SeenBy(actor, clusters) && TargetResolver.Clusters(on.Targets, s.PublishedArea, clusters).All(c => c.Within(actor.Scope)) : Holds(actor, s, clusters);

    /// <summary>Sites before and after the change, in order.</summary>
    public static IReadOnlyList<SiteId> Sites(IReadOnlyList<ScheduleStand> stands, IReadOnlyList<Cluster> clusters) => Sites([.. stands.SelectMany(s => s.Views)], clusters);

    /// <summary>Sites where it is on air, wherever a draft of it may reach.</summary>
    public static IReadOnlyList<SiteId> SitesOnAir(ScheduleStand s, IReadOnlyList<Cluster> clusters) => s.Published is { } on ? Sites([(on, s.PublishedArea)], clusters) : [];

    private static IReadOnlyList<SiteId> Sites((ScheduleView View, AreaScope Area)[] views, IReadOnlyList<Cluster> clusters) =>
        [.. clusters
            .Where(c => c.Site is not null && views.Any(v => TargetResolver.Reach(v.View.Targets, v.Area, c).Count > 0))
            .Select(c => c.Site!.Value).Distinct().OrderBy(s => s.Value, StringComparer.Ordinal)];
}
