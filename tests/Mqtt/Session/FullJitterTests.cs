using BorderInfo.Mqtt;
using FsCheck;
using FsCheck.Fluent;

namespace BorderInfo.Tests.Mqtt.Session;

public sealed class FullJitterTests
{
    private static readonly TimeSpan Base = TimeSpan.FromSeconds(1), Cap = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(3, 0.5, 4)]
    [InlineData(5, 0.5, 16)]
    [InlineData(6, 0.5, 30)]
    [InlineData(1_000_000, 0.5, 30)]
    [InlineData(4, 0, 0)]
    public void The_spread_doubles_up_to_the_cap(int failures, double dice, double seconds)
    {
        var wait = FullJitter.Wait(failures, Base, Cap, dice);

        Assert.Equal(seconds, wait.TotalSeconds);
    }

    [Fact]
    public void No_wait_is_negative_or_beyond_the_cap() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), Gen.Choose(0, 999).ToArbitrary(),
        (failures, dice) => FullJitter.Wait(failures, Base, Cap, dice / 1000.0) is { Ticks: >= 0 } wait && wait <= Cap).QuickCheckThrowOnFailure();
}
