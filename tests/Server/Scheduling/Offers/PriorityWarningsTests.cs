using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Scheduling.Offers.Communes;

namespace BorderInfo.Tests.Server.Scheduling.Offers;

/// <summary>The form warns by the order that the plan will have where priority bulletins of a source and of the commune itself meet, not by the numbers typed.</summary>
public sealed class PriorityWarningsTests : IDisposable
{
    private static readonly Target[] OwnCommune = [new(TargetWidth.Commune, DongDang)];

    private readonly SchedulingWorld world = new();
    private readonly Communes communes;

    public PriorityWarningsTests() => communes = new(world);

    [Fact]
    public async Task The_commune_is_told_that_the_source_goes_first_whatever_its_number_until_it_has_decided_otherwise()
    {
        var source = await communes.Published(Province, "Của tỉnh", 1, WholeProvince, number: 900);
        var own = await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune, number: 1);

        var before = (Told(await Warnings(own)), Told(await Warnings(source)));
        await communes.Decide(DongDang, source, own, PriorityFirst.Own);
        var after = (Told(await Warnings(own)), Told(await Warnings(source)));

        Assert.Equal(("Của tỉnh", ""), before);
        Assert.Equal(("", "Của xã"), after);
    }

    [Fact]
    public async Task Of_one_side_and_of_other_tiers_the_numbers_tell()
    {
        var source = await communes.Published(Province, "Của tỉnh", 1, WholeProvince, Tier.Programme, number: 900);
        var own = await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune, Tier.Programme, number: 1);
        await communes.Published(SchedulingWorld.Editor(), "Trung ương", 3, WholeProvince, Tier.Programme, number: 100);

        Assert.Equal(("", "Của xã, Trung ương"), (Told(await Warnings(own)), Told(await Warnings(source))));
    }

    private static string Told(IReadOnlyList<PlanWarning> warnings) => string.Join(", ", warnings.Where(w => w.Code is "schedule.warn.covered" or "schedule.warn.same-rank").Select(w => w.With[0]));

    private Task<IReadOnlyList<PlanWarning>> Warnings(long id) => world.Within(async s =>
    {
        var stand = (await s.GetRequiredService<ISchedules>().Of(id, default))!;
        return await s.GetRequiredService<IScheduleAdvice>().Of(stand.Newest, stand.Area, default);
    });

    public void Dispose() => world.Dispose();
}
