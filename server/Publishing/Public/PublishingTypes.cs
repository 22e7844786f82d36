using BorderInfo.Contract.Plans;

namespace BorderInfo.Server.Publishing.Public;

/// <summary>How far a plan has come at its site.</summary>
public enum DeliveryStage
{
    Sent,
    Received,
    OnDisk,
    OnAir,
    Refused,

    /// <summary>A newer plan took its place before it was on air.</summary>
    Overtaken,
}

/// <summary>The plan that was last sent to a site, as sealed.</summary>
public sealed record SentPlan(PlanNumber Number, SiteId Site, int Epoch, long Counter, DateTimeOffset SentAt, PlayPlan Plan, DeliveryStage Stage);

public interface ISentPlans
{
    Task<SentPlan?> Newest(SiteId site, CancellationToken stop);

    /// <summary>The plan that was on air at a site at an instant, by the events the site reported; null = none known.</summary>
    Task<SentPlan?> OnAirAt(SiteId site, DateTimeOffset instant, CancellationToken stop);

    /// <summary>All plans of a site whose time on air touches the period, oldest first, with the instants between which each was on air.</summary>
    Task<IReadOnlyList<(SentPlan Plan, DateTimeOffset From, DateTimeOffset To)>> OnAirBetween(SiteId site, DateTimeOffset from, DateTimeOffset to, CancellationToken stop);
}
