namespace BorderInfo.Server.Platform.Jobs;

/// <summary>
/// The clock the scheduler counts by: the machine's, but it never goes back. When the machine's clock is set back the chores go on at their pace;
/// Quartz by itself would wait until the old time comes again.
/// </summary>
internal sealed class SteadyTime(TimeProvider machine) : TimeProvider
{
    private readonly Lock turn = new();
    private DateTimeOffset last;
    private long stamp;

    public override DateTimeOffset GetUtcNow()
    {
        lock (turn)
        {
            var now = machine.GetUtcNow();
            var counted = stamp == 0 ? now : last + machine.GetElapsedTime(stamp);
            stamp = machine.GetTimestamp();
            return last = now > counted ? now : counted;
        }
    }
}
