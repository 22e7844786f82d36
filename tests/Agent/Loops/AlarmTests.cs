using BorderInfo.Agent.Loops;
using BorderInfo.Agent.Time;

namespace BorderInfo.Tests.Agent.Loops;

public sealed class AlarmTests
{
    private readonly FakeClock clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task It_sleeps_its_time_and_no_longer()
    {
        var alarm = new Alarm(clock);

        var sleep = alarm.Wait(TimeSpan.FromSeconds(5), default);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        var early = sleep.IsCompleted;
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.False(early);
        await sleep;
    }

    [Fact]
    public async Task A_ring_cuts_the_sleep_and_one_before_it_cuts_the_next()
    {
        var alarm = new Alarm(clock);

        var cut = alarm.Wait(TimeSpan.FromHours(1), default);
        alarm.Ring();
        await cut;
        alarm.Ring();
        alarm.Ring();
        await alarm.Wait(TimeSpan.FromHours(1), default);
        var next = alarm.Wait(TimeSpan.FromHours(1), default);

        Assert.False(next.IsCompleted);
        alarm.Ring();
        await next;
    }

    [Fact]
    public async Task Stopped_it_says_so()
    {
        using var stop = new CancellationTokenSource();
        var sleep = new Alarm(clock).Wait(TimeSpan.FromHours(1), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => sleep);
        await Assert.ThrowsAsync<OperationCanceledException>(() => new Alarm(clock).Wait(TimeSpan.FromHours(1), stop.Token));
    }

    [Theory]
    [InlineData(0, 2000)]
    [InlineData(1, 1999)]
    [InlineData(1500.5, 500)]
    [InlineData(1979, 21)]
    [InlineData(1985, 2015)]
    public void Sleeps_of_many_loops_end_together_and_never_at_once(double passedMs, double leftMs)
    {
        clock.Advance(TimeSpan.FromMilliseconds(passedMs));

        Assert.Equal(leftMs, clock.UntilNext(TimeSpan.FromSeconds(2)).TotalMilliseconds);
    }
}
