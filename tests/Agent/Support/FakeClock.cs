namespace BorderInfo.Tests.Agent.Support;

/// <summary>A clock that moves only when told. Wall and monotonic time move together unless <see cref="JumpWall"/> says otherwise.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private TimeSpan elapsed;
    private TimeSpan jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return start + elapsed + jumped;
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return elapsed.Ticks + TimeSpan.TicksPerDay;
    }

    /// <summary>Somebody sets the machine's clock; no time passes.</summary>
    public void JumpWall(TimeSpan by)
    {
        lock (gate)
            jumped += by;
    }

    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (gate)
        {
            elapsed += by;
            due = [.. timers.Where(t => t.Due <= elapsed).OrderBy(t => t.Due)];
        }

        foreach (var timer in due)
            timer.Fire();
    }

    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>Somebody sleeps until then, give or take a millisecond: moving on to it will wake them.</summary>
    public bool SomebodySleepsUntil(DateTimeOffset instant)
    {
        lock (gate)
            return timers.Any(t => (start + t.Due + jumped - instant).Duration() <= TimeSpan.FromMilliseconds(1));
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(FakeClock clock, Action fire) : ITimer
    {
        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                Due = clock.elapsed + dueTime;
                now = dueTime <= TimeSpan.Zero;
                if (!now)
                    clock.timers.Add(this);
            }

            if (now)
                ThreadPool.QueueUserWorkItem(_ => fire());
            return true;
        }

        public void Fire()
        {
            lock (clock.gate)
            {
                if (!clock.timers.Remove(this))
                    return;
            }

            fire();
        }

        public void Dispose()
        {
            lock (clock.gate)
                clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
