namespace BorderInfo.Agent.Time;

/// <summary>Sleeps of many loops that end in the same instant: on a resting site PC it is the waking that costs, not the work.</summary>
internal static class Together
{
    /// <summary>A timer may be early by the machine's coarse clock; what is left then is not slept again on its own.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(20);

    /// <summary>Until the monotonic clock is at a whole multiple of <paramref name="every"/> again, in whole milliseconds: never nothing, and at most 20 ms longer than <paramref name="every"/>.</summary>
    public static TimeSpan UntilNext(this TimeProvider time, TimeSpan every)
    {
        var left = every - TimeSpan.FromTicks(time.GetElapsedTime(0).Ticks % every.Ticks);
        return TimeSpan.FromMilliseconds(Math.Ceiling((left < Early ? left + every : left).TotalMilliseconds));
    }
}
