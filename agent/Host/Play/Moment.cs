namespace BorderInfo.Agent.Play;

/// <summary>One instant, told by the wall clock (may jump) and by the monotonic clock (for lengths).</summary>
internal sealed record Moment(DateTimeOffset At, long Stamp)
{
    public static Moment Now(TimeProvider clock) => new(clock.GetUtcNow(), clock.GetTimestamp());

    /// <summary>Length until a later moment, by the monotonic clock.</summary>
    public TimeSpan Until(Moment later, TimeProvider clock) => clock.GetElapsedTime(Stamp, later.Stamp);
}
