using BorderInfo.Server.Proof;
using BorderInfo.Server.Proof.Public;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Proof.ProofWorld;

namespace BorderInfo.Tests.Server.Proof;

/// <summary>After two years single records go; every figure of every report stays.</summary>
public sealed class ForgetPlaysTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    [Fact]
    public async Task After_two_years_the_records_go_and_the_figures_stay()
    {
        await using var world = await TwoYearsOld();
        var (plays, air) = (await world.CountedPlays(LangSon), await Air(world));

        await Forget(world);

        Assert.Equal([4], await world.Stored(LangSon));
        Assert.Equal(plays, await world.CountedPlays(LangSon));
        Assert.Equal(air, await Air(world));
        Assert.Equal((4L, 3L, 1L), (air.Slots, air.SlotsPlayed, air.SlotsMissed));
        Assert.Empty(await Stretches(world));
    }

    [Fact]
    public async Task What_comes_again_after_it_was_forgotten_is_acknowledged_and_not_counted_twice()
    {
        await using var world = await TwoYearsOld();
        await Forget(world);
        var plays = await world.CountedPlays(LangSon);

        await world.Offer(LangSon, Record(1), Record(2));

        Assert.Equal(4, world.LastAck(LangSon));
        Assert.Equal(plays, await world.CountedPlays(LangSon));
        Assert.Equal(1, (await world.Stream(LangSon)).Run);
    }

    [Fact]
    public async Task A_rebuilt_computer_is_still_known_by_its_numbers_when_the_old_ones_are_gone()
    {
        await using var world = await TwoYearsOld();
        await Forget(world);

        await world.Offer(LangSon, Record(1, boot: 1, at: world.Clock.GetUtcNow().AddHours(-1)));

        Assert.Equal((2, 1L), ((await world.Stream(LangSon)).Run, world.LastAck(LangSon)));
    }

    [Fact]
    public async Task A_closed_day_is_never_compared_again_whatever_comes_later()
    {
        await using var world = await TwoYearsOld();
        await Forget(world);
        var air = await Air(world);

        await world.Offer(LangSon, Record(5, boot: 2, at: Seven.AddHours(2)));

        Assert.Equal(air, await Air(world));
    }

    [Fact]
    public async Task Nothing_goes_before_its_time()
    {
        await using var world = await TwoYearsOld(lessDays: 2);

        await Forget(world);

        Assert.Equal([1, 2, 3, 4], await world.Stored(LangSon));
    }

    /// <summary>Three of four parts played on the Monday, one record yesterday, two years later.</summary>
    private static async Task<ProofWorld> TwoYearsOld(int lessDays = 0)
    {
        var world = await Start();
        await world.PlanOnAir(LangSon);
        await world.Offer(LangSon, Record(1), Record(2), Record(3, at: Seven.AddMinutes(45)));
        await Air(world);
        world.Clock.Set(Seven.AddMonths(24).AddDays(1 - lessDays).AddHours(2));
        await world.Offer(LangSon, Record(4, boot: 2, at: world.Clock.GetUtcNow().AddHours(-2)));
        return world;
    }

    private static async Task Forget(ProofWorld world)
    {
        using var scope = world.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<ForgetPlays>().Run(default);
    }

    private static async Task<AirSum> Air(ProofWorld world)
    {
        using var scope = world.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<IAirFigures>().Sum([LangSon.Value], Monday, Monday, AirBy.Site, default)).Sums.Single();
    }

    private static async Task<IReadOnlyList<AirStretch>> Stretches(ProofWorld world)
    {
        using var scope = world.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<IAirFigures>().Day(LangSon, Monday, default);
    }
}
