using System.Globalization;
using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>What a message on <c>up/state</c> turned out to be.</summary>
internal enum StateVerdict
{
    /// <summary>A connection that was not known.</summary>
    Born,

    /// <summary>The farewell or will of the newest connection.</summary>
    Gone,

    /// <summary>Late, doubled or of a computer that was replaced.</summary>
    PassedOver,
}

/// <summary>Pure: what a message or the passing of time makes of what is known of a site.</summary>
internal static class StandingRules
{
    /// <summary>Nothing heard for so long = offline even without a will: three health reports.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    /// <summary>How far a site's clock may stand before its enrolment in the first birth after it.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(10);

    /// <summary>Connections are ordered by (boot, birth). Only a newer one is a birth; only the will of the newest is an end; everything else is late.</summary>
    public static (SiteMemory Memory, StateVerdict Verdict) Hear(SiteMemory known, SiteState state, DateTimeOffset now)
    {
        var order = (state.Boot, state.Birth).CompareTo((known.Boot, known.Birth));
        if (order < 0 || known.EnrolledAt is null || known.Revoked || OfTheComputerBefore(known, state))
            return (known, StateVerdict.PassedOver);
        if (state.State == Presence.Online)
            return order == 0 ? (known, StateVerdict.PassedOver) : (Born(known, state, now), StateVerdict.Born);
        if (order == 0 && known.Presence != Presence.Online)
            return (known, StateVerdict.PassedOver);
        // The will was written when the connection began: what was heard since is newer.
        var told = order == 0 ? known : Told(known, state);
        return (Judge(told with { Presence = state.State }, now), StateVerdict.Gone);
    }

    public static SiteMemory Hear(SiteMemory known, HealthReport health, DateTimeOffset now)
    {
        if (known.Presence != Presence.Online || health.Boot != known.Boot)
            return known;
        return Judge(known with
        {
            LastContact = now,
            Silent = false,
            Astray = Astray(known, health),
            Health = health,
            Plan = health.Plan,
            PlanCounter = health.Plan is { } plan ? CounterOf(plan) : 0,
            Clock = health.Clock,
            Heard = [.. health.Findings.Select(f => known.Heard.FirstOrDefault(h => h.Same(f)) is { } before ? before with { Finding = f } : new HeardFinding(f, now))],
        }, now);
    }

    /// <summary>Any other message of a site that is not known to have gone.</summary>
    public static SiteMemory Touch(SiteMemory known, DateTimeOffset now) =>
        known.Presence == Presence.Online ? Judge(known with { LastContact = now, Silent = false }, now) : known;

    /// <param name="listeningSince">When the server began to listen: silence before that says nothing.</param>
    public static SiteMemory Wait(SiteMemory known, DateTimeOffset listeningSince, DateTimeOffset now)
    {
        var heard = known.LastContact is { } at && at > listeningSince ? at : listeningSince;
        return Judge(known.Online && now - heard > Silence ? known with { Silent = true } : known, now);
    }

    /// <param name="plan">Counter of the newest plan that should be on air by now; 0 = none.</param>
    public static SiteMemory Due(SiteMemory known, long plan, DateTimeOffset now) => known.DuePlan == plan ? known : Judge(known with { DuePlan = plan }, now);

    /// <summary>
    /// Outputs that are not as planned in this report and in the one before it, under the same plan: one alone is a look that fell into a change of plan or of picture.
    /// What has gone astray stays so until it is as planned again.
    /// </summary>
    private static IReadOnlyList<OutputId> Astray(SiteMemory known, HealthReport health) =>
        [.. health.Outputs.Where(o => !o.AsPlanned && (known.Astray.Contains(o.Output) || OffBefore(known.Health, health, o.Output))).Select(o => o.Output)];

    private static bool OffBefore(HealthReport? before, HealthReport now, OutputId output) =>
        before is not null && before.Plan == now.Plan && before.Seq < now.Seq && before.Outputs.Any(o => o.Output == output && !o.AsPlanned);

    /// <summary>The visible findings, the one word and since when it holds.</summary>
    public static SiteMemory Judge(SiteMemory known, DateTimeOffset now)
    {
        known = known with { BehindSince = known.Online && known.PlanCounter < known.DuePlan ? known.BehindSince ?? now : null };
        var visible = Visible(known, now);
        var standing = Word(known, visible);
        return known with { Visible = visible, Standing = standing, Since = standing == known.Standing ? known.Since : now };
    }

    private static Standing Word(SiteMemory known, IReadOnlyList<Finding> visible)
    {
        if (known.EnrolledAt is null || known.Revoked)
            return Standing.NotEnrolled;
        if (!known.Online)
            return Standing.Offline;
        if (visible.Any(f => SeverityOf(f.Code) == Severity.Critical) || known.Astray.Count > 0)
            return Standing.Fault;
        // No report of this boot yet: nobody can say that all is well.
        return known.Health is null || visible.Any(f => SeverityOf(f.Code) == Severity.Warning) ? Standing.Warning : Standing.Good;
    }

    /// <summary>Findings that have held long enough and are not explained by another; a finding of the whole site explains those of every output.</summary>
    private static IReadOnlyList<Finding> Visible(SiteMemory known, DateTimeOffset now)
    {
        if (known.EnrolledAt is null || known.Revoked)
            return [];
        var all = known.Heard.ToList();
        if (!known.Online)
            all.Add(new HeardFinding(new Finding(Findings.SiteOffline.Code, known.LastContact ?? known.EnrolledAt.Value), now));
        if (known.BehindSince is { } behind)
            all.Add(new HeardFinding(new Finding(Findings.PlanBehind.Code, behind, Detail: $"on air {known.Plan?.Value ?? "none"}, sent {known.DuePlan}"), behind));
        return [.. all
            .Where(h => now - h.HeardAt >= KindOf(h.Finding.Code).VisibleAfter && !all.Any(by => Explains(by.Finding, h.Finding)))
            .Select(h => h.Finding)
            .OrderByDescending(f => SeverityOf(f.Code)).ThenBy(f => f.Since)];
    }

    private static bool Explains(Finding cause, Finding effect) =>
        KindOf(effect.Code).HiddenBy.Contains(cause.Code) && (cause.Output is null || cause.Output == effect.Output);

    public static Severity SeverityOf(string code) => KindOf(code).Severity;

    /// <summary>A code of a newer agent is shown as a warning under its own name.</summary>
    public static FindingKind KindOf(string code) =>
        Findings.All.FirstOrDefault(k => k.Code == code) ?? new FindingKind(code, "", Severity.Warning, TimeSpan.Zero, Findings.SiteOffline.Code);

    /// <summary>The broker still holds the last word of a computer that was replaced: its boot number may be higher than that of the new one.</summary>
    private static bool OfTheComputerBefore(SiteMemory known, SiteState state) =>
        known.Boot == 0 && state.Clock != ClockTrust.False && state.At < known.EnrolledAt - ClockSlack;

    private static SiteMemory Born(SiteMemory known, SiteState state, DateTimeOffset now)
    {
        var same = state.Boot == known.Boot;
        return Judge(Told(known, state) with
        {
            Presence = Presence.Online,
            Silent = false,
            LastContact = now,
            Health = same ? known.Health : null,
            Astray = same ? known.Astray : [],
            Heard = same ? known.Heard : [],
        }, now);
    }

    private static long CounterOf(PlanNumber plan) => long.Parse(plan.Value.AsSpan(plan.Value.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    private static SiteMemory Told(SiteMemory known, SiteState state) => known with
    {
        Boot = state.Boot,
        Birth = state.Birth,
        Plan = state.Plan,
        PlanEpoch = state.PlanEpoch,
        PlanCounter = state.PlanCounter,
        Clock = state.Clock,
        AgentVersion = state.AgentVersion,
    };
}
