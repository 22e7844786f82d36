namespace BorderInfo.Tests.Mqtt;

/// <summary>Time that passes only when told; timers fire inside <see cref="Advance"/>.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly List<FakeTimer> _timers = [];

    public TimeSpan Elapsed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Elapsed.Ticks;

    public void Advance(TimeSpan by)
    {
        Elapsed += by;
        foreach (var timer in _timers.ToArray())
            timer.FireIfDue(Elapsed);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    private sealed class FakeTimer(FakeClock clock, Action fire) : ITimer
    {
        private TimeSpan? _due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.Elapsed + dueTime;
            return true;
        }

        public void FireIfDue(TimeSpan now)
        {
            if (_due > now || _due is null)
                return;

            _due = null;
            fire();
        }

        public void Dispose() => _due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
