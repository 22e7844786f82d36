using BorderInfo.Mqtt.Link;

namespace BorderInfo.Tests.Mqtt.Link;

public sealed class KeepAliveTests
{
    private readonly FakeClock _clock = new();
    private readonly List<double> _pings = [], _late = [];

    [Fact]
    public void It_asks_every_half_keep_alive_and_gives_up_at_one_and_a_half_of_silence()
    {
        using var keepAlive = Make(60);

        Pass(89);
        var before = _late.Count;
        Pass(1);

        Assert.Equal([30, 60], _pings);
        Assert.Equal((0, 90d), (before, Assert.Single(_late)));
    }

    [Fact]
    public void Whatever_is_heard_puts_the_end_off()
    {
        using var keepAlive = Make(60);

        Pass(80);
        keepAlive.Heard();
        Pass(89);

        Assert.Empty(_late);
        Assert.Equal([30, 60, 90, 120, 150], _pings);
    }

    private KeepAlive Make(ushort seconds) => new(seconds, _clock, () => _pings.Add(_clock.Elapsed.TotalSeconds), () => _late.Add(_clock.Elapsed.TotalSeconds));

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
            _clock.Advance(TimeSpan.FromSeconds(1));
    }
}
