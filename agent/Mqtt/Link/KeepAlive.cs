namespace BorderInfo.Mqtt.Link;

/// <summary>Asks every half keep alive; calls <paramref name="late"/> once when nothing was heard for 1.5 × keep alive.</summary>
/// <remarks>Anything the broker sends counts as heard. Source: OASIS MQTT 5.0, 3.1.2.10; the factor is the one brokers must use.</remarks>
internal sealed class KeepAlive : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _interval, _limit;
    private readonly Action _ping, _late;
    private readonly ITimer _timer;
    private long _heard, _pinged;

    /// <param name="seconds">1–65535.</param>
    public KeepAlive(ushort seconds, TimeProvider clock, Action ping, Action late)
    {
        (_clock, _ping, _late) = (clock, ping, late);
        _interval = TimeSpan.FromSeconds(seconds / 2.0);
        _limit = TimeSpan.FromSeconds(seconds * 1.5);
        _heard = _pinged = clock.GetTimestamp();
        _timer = clock.CreateTimer(static me => ((KeepAlive)me!).Look(), this, _interval, Timeout.InfiniteTimeSpan);
    }

    public void Heard() => Volatile.Write(ref _heard, _clock.GetTimestamp());

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var silence = _clock.GetElapsedTime(Volatile.Read(ref _heard));
        if (silence >= _limit)
        {
            _late();
            return;
        }

        if (_clock.GetElapsedTime(_pinged) >= _interval)
        {
            _pinged = _clock.GetTimestamp();
            _ping();
        }

        var next = _interval - _clock.GetElapsedTime(_pinged);
        var wait = next < _limit - silence ? next : _limit - silence;
        _timer.Change(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
