using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Proof.Air;

/// <summary>Pure: until when everything that a site played is known to us.</summary>
internal static class KnownTime
{
    /// <summary>A record is written a moment after its end, and a health report is older than the batch that follows it.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The end of the last record that came; later when the site said, with a trusted clock, that nothing is waiting to be sent.
    /// So an offline site with its last words “nothing waiting” is known until then, and one that went silent in the middle of sending only until its last record.
    /// </summary>
    public static DateTimeOffset? Until(DateTimeOffset? lastRecord, HealthReport? health)
    {
        if (health is not { OutboxCount: 0 } || health.Clock == ClockTrust.False)
            return lastRecord;
        var said = health.At.ToUniversalTime() - Moment;
        return lastRecord is null || said > lastRecord ? said : lastRecord;
    }
}
