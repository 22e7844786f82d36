using BorderInfo.Tests.Spine.Day;
using Xunit.Abstractions;

namespace BorderInfo.Tests.Spine;

/// <summary>What <c>deploy/bench day</c> does with a whole day, here with an hour and a half; see <see cref="CutLink"/> for what is real in it.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ADayWithoutALink(ITestOutputHelper output)
{
    [Fact]
    public async Task With_the_link_cut_the_right_things_are_on_air_and_afterwards_every_play_is_reported_once_and_counted()
    {
        var result = await CutLink.For(TimeSpan.FromMinutes(90));

        output.WriteLine($"{result}\n{string.Join('\n', result.Wrong.Concat(result.Unlike).Take(20))}");
        Assert.Empty(result.Wrong);
        Assert.Empty(result.Unlike);
        Assert.True(result.Shown > 500, $"{result.Shown} showings");
        Assert.InRange(result.Reported, result.Shown - 1, result.Shown);
        Assert.Equal(result.ToCount, result.Counted);
    }
}

/// <summary>Whole systems do not share two cores.</summary>
[CollectionDefinition(nameof(OneAtATime))]
public sealed class OneAtATime;
