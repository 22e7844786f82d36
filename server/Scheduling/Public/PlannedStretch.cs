namespace BorderInfo.Server.Scheduling.Public;

/// <summary>A schedule is open from a local time on, for a length.</summary>
/// <param name="Day">Local day on which it begins.</param>
/// <param name="Window">Place in the schedule's windows; 0 where the rule itself names the start.</param>
public readonly record struct PlannedStretch(DateOnly Day, TimeOnly From, TimeSpan Length, int Window)
{
    /// <summary>Local, as the next.</summary>
    public DateTime Begins => Day.ToDateTime(From);

    public DateTime Ends => Begins + Length;
}
