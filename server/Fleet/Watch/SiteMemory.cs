using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>A finding and when the server first heard of it, by the server's clock.</summary>
internal sealed record HeardFinding(Finding Finding, DateTimeOffset HeardAt)
{
    public bool Same(Finding other) => Finding.Code == other.Code && Finding.Output == other.Output;
}

/// <summary>All that is known of one site; replaced whole at every change.</summary>
internal sealed record SiteMemory(SiteId Site)
{
    public DateTimeOffset? EnrolledAt { get; init; }

    public bool Revoked { get; init; }

    public Presence? Presence { get; init; }

    /// <summary>Set when nothing was heard for <see cref="StandingRules.Silence"/> though no will came.</summary>
    public bool Silent { get; init; }

    public long Boot { get; init; }

    public long Birth { get; init; }

    public DateTimeOffset? LastContact { get; init; }

    public PlanNumber? Plan { get; init; }

    public int PlanEpoch { get; init; }

    public long PlanCounter { get; init; }

    /// <summary>Counter of the newest plan that was sent long enough ago to be on air (<see cref="NoticeOldPlans.Grace"/>); 0 = none, or not asked yet.</summary>
    public long DuePlan { get; init; }

    /// <summary>Since when the server has seen it online with an older plan than <see cref="DuePlan"/>; judged as the standing.</summary>
    public DateTimeOffset? BehindSince { get; init; }

    public ClockTrust Clock { get; init; }

    public string AgentVersion { get; init; } = "";

    /// <summary>Of this boot; null = none heard yet.</summary>
    public HealthReport? Health { get; init; }

    /// <summary>Outputs that two reports in a row say are not as planned.</summary>
    public IReadOnlyList<OutputId> Astray { get; init; } = [];

    public IReadOnlyList<HeardFinding> Heard { get; init; } = [];

    /// <summary>Judged by <see cref="StandingRules.Judge"/>, as the next two.</summary>
    public Standing Standing { get; init; } = Standing.NotEnrolled;

    public DateTimeOffset? Since { get; init; }

    public IReadOnlyList<Finding> Visible { get; init; } = [];

    public bool Online => Presence == Contract.Messages.Presence.Online && !Silent && EnrolledAt is not null && !Revoked;

    public SiteStanding View => new(
        Site, Standing, Silent ? Contract.Messages.Presence.Lost : Presence, LastContact, Since, Plan, PlanCounter, Clock, AgentVersion, Health?.Outputs ?? [], Visible, Health);
}
