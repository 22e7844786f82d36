using System.Globalization;
using BorderInfo.Agent.Store;
using BorderInfo.Contract.Messages;

namespace BorderInfo.Agent.Time;

/// <summary>
/// The site's time and how far it can be believed. Everything of the agent that needs an instant asks here, never the machine's clock.
/// </summary>
/// <remarks>
/// Floor = the latest of: day of the build, newest signed instant (plan or pulse), last confirmed time kept on the disk. It is never raised by an unsigned source,
/// so a clock that once said 2099 expires nothing.
/// <see cref="ClockTrust.False"/>: the machine's clock is before the floor or more than five years after it; <see cref="Now"/> then counts from the floor by the monotonic clock.
/// <see cref="ClockTrust.Confirmed"/>: a signed pulse answered this boot and birth within a minute, or agreed within two; from then on the machine's clock is only
/// followed while it agrees with the monotonic clock.
/// </remarks>
public sealed class SiteClock
{
    /// <summary>A pulse that took longer than this to answer a birth may have been held back.</summary>
    public static readonly TimeSpan FreshAnswer = TimeSpan.FromSeconds(60);

    /// <summary>How far two clocks may differ and still agree.</summary>
    public static readonly TimeSpan Agreement = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Farthest = TimeSpan.FromDays(5 * 365);
    private static readonly TimeSpan KeepEvery = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly HighWater highWater;
    private readonly long started;
    private (DateTimeOffset Utc, long Stamp)? confirmed;
    private (long Boot, long Birth, long Stamp)? born;
    private DateTimeOffset floor;
    private DateTimeOffset floorAtStart;
    private DateTimeOffset kept;

    public SiteClock(TimeProvider time, HighWater highWater)
    {
        (this.time, this.highWater) = (time, highWater);
        started = time.GetTimestamp();
        floor = highWater.Marks.Floor > BuiltOn ? highWater.Marks.Floor : BuiltOn;
        floorAtStart = floor;
        kept = floor;
    }

    /// <summary>Day of the build, 00:00 UTC.</summary>
    public static DateTimeOffset BuiltOn { get; } =
        DateTimeOffset.ParseExact(BuildDay.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>No true instant is earlier.</summary>
    public DateTimeOffset Floor
    {
        get
        {
            lock (gate)
                return floor;
        }
    }

    /// <summary>UTC, the best this machine knows.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return Now_NeedsLock();
        }
    }

    public ClockTrust Trust
    {
        get
        {
            lock (gate)
                return confirmed is not null ? ClockTrust.Confirmed : WallIsPlausible_NeedsLock() ? ClockTrust.Plausible : ClockTrust.False;
        }
    }

    /// <summary>Monotonic stamp of now.</summary>
    public long Stamp => time.GetTimestamp();

    public TimeProvider Time => time;

    public TimeSpan Between(long earlier, long later) => time.GetElapsedTime(earlier, later);

    /// <summary>The instant of a monotonic stamp of this run.</summary>
    public DateTimeOffset At(long stamp) => Now - time.GetElapsedTime(stamp, Stamp);

    /// <summary>A birth was sent; only a pulse that names it confirms.</summary>
    public void Born(long boot, long birth)
    {
        lock (gate)
            born = (boot, birth, time.GetTimestamp());
    }

    /// <summary>An instant out of a verified signature: time cannot be earlier.</summary>
    public void Signed(DateTimeOffset utc)
    {
        lock (gate)
            Raise_NeedsLock(utc);
    }

    /// <summary>A verified pulse for this site. True when it confirms the clock.</summary>
    public bool Hear(Pulse pulse)
    {
        lock (gate)
        {
            Raise_NeedsLock(pulse.Utc);
            if (born is not { } b || (b.Boot, b.Birth) != (pulse.Boot, pulse.Birth))
                return false;
            var fresh = time.GetElapsedTime(b.Stamp) <= FreshAnswer;
            var agrees = confirmed is not null && (Now_NeedsLock() - pulse.Utc).Duration() <= Agreement;
            if (!fresh && !agrees && !(WallIsPlausible_NeedsLock() && (time.GetUtcNow() - pulse.Utc).Duration() <= Agreement))
                return false;
            confirmed = (pulse.Utc, time.GetTimestamp());
            return true;
        }
    }

    /// <summary>Puts the confirmed time on the disk every five minutes; cheap to call often.</summary>
    /// <exception cref="StoreFault">The disk did not take it.</exception>
    public void Keep()
    {
        DateTimeOffset now;
        lock (gate)
        {
            now = confirmed is null ? floor : Now_NeedsLock();
            if (now < kept + KeepEvery)
                return;
            kept = now;
        }

        highWater.Raise(m => now > m.Floor ? m with { Floor = now } : m);
    }

    private DateTimeOffset Now_NeedsLock()
    {
        var wall = time.GetUtcNow();
        if (confirmed is { } c)
        {
            var expected = c.Utc + time.GetElapsedTime(c.Stamp);
            return (wall - expected).Duration() <= Agreement ? wall : expected;
        }

        if (WallIsPlausible_NeedsLock())
            return wall;
        var counted = floorAtStart + time.GetElapsedTime(started);
        return counted > floor ? counted : floor;
    }

    private bool WallIsPlausible_NeedsLock()
    {
        var wall = time.GetUtcNow();
        return wall >= floor - Agreement && wall <= floor + Farthest;
    }

    private void Raise_NeedsLock(DateTimeOffset utc)
    {
        if (utc > floor)
            floor = utc;
    }
}
