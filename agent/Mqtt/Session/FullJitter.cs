namespace BorderInfo.Mqtt;

/// <summary>How long to wait before the next round: evenly spread between nothing and a limit that doubles. Pure.</summary>
/// <remarks>Spreads the return of thousands of sites after a broker's restart. Source: “Exponential Backoff and Jitter”, AWS Architecture Blog, 2015.</remarks>
internal static class FullJitter
{
    /// <param name="failures">Rounds that failed in a row, 0 and up.</param>
    /// <param name="dice">0 ≤ dice &lt; 1.</param>
    public static TimeSpan Wait(int failures, TimeSpan first, TimeSpan cap, double dice)
    {
        var limit = first.TotalMilliseconds * Math.Pow(2, Math.Clamp(failures, 0, 30));
        return TimeSpan.FromMilliseconds(Math.Min(limit, cap.TotalMilliseconds) * dice);
    }
}
