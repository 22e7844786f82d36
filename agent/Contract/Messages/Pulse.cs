namespace BorderInfo.Contract.Messages;

/// <summary>Signed time and newest plan on <c>dn/pulse</c> (envelope type <c>bi.pulse.v1</c>): confirms the clock and shows a withheld plan.</summary>
public sealed record Pulse
{
    public required SiteId Site { get; init; }

    public required DateTimeOffset Utc { get; init; }

    public int PlanEpoch { get; init; }

    public long PlanCounter { get; init; }

    /// <summary>Boot and birth that this pulse answers; a pulse for another connection confirms nothing.</summary>
    public required long Boot { get; init; }

    public required long Birth { get; init; }
}
