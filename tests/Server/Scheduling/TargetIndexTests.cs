using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>The short ways of compiling for a country lead where the long ones do.</summary>
public sealed class TargetIndexTests
{
    private readonly BigCountry country = new(sites: 400, schedules: 400, items: 60);

    [Fact]
    public void Who_may_reach_a_cluster_is_found_without_looking_at_the_others_and_in_their_order()
    {
        var index = new TargetIndex<ScheduleStand>(country.Stands, s => s.Newest.Targets);

        foreach (var cluster in country.All)
        {
            var expected = country.Stands.Where(s => TargetResolver.Reach(s.Newest.Targets, AreaScope.All, cluster).Count > 0).ToArray();
            Assert.Equal(expected, index.Near(cluster));
            Assert.Equal(expected, country.Stands.Where(s => TargetResolver.Touches(s.Newest.Targets, AreaScope.All, cluster)));
        }
    }

    [Theory]
    [InlineData("CHỢ")]
    [InlineData("chợ")]
    public void A_tag_is_found_in_any_case(string tag)
    {
        var index = new TargetIndex<string>(["một", "hai"], s => [s == "một" ? new(TargetWidth.Tag, tag) : new(TargetWidth.Tag, "khác")]);

        Assert.Equal(["một"], index.Near(country.All[0]));
    }

    [Fact]
    public void The_narrowest_target_counts_and_outputs_come_by_id()
    {
        var cluster = TestClusters.Of(1, SchedulingWorld.HuuNghi, tags: "chợ");

        var reach = TargetResolver.Reach([new(TargetWidth.Province, "20"), new(TargetWidth.Tag, "chợ"), new(TargetWidth.Device, "1/LED-1")], AreaScope.All, cluster);

        Assert.Equal([(TestClusters.Led, TargetWidth.Device), (TestClusters.Speaker, TargetWidth.Tag), (TestClusters.Screen, TargetWidth.Tag)], reach);
    }

    [Fact]
    public async Task Plans_compiled_side_by_side_are_those_compiled_one_by_one()
    {
        var many = (await country.Compiler().CompileMany(country.Sites, PlanWish.AsPublished, default)).Value;

        Assert.Equal(country.Sites, many.Select(p => p.Draft.Site));
        foreach (var plan in many.Where((_, i) => i % 8 == 0))
        {
            var alone = (await country.Compiler().Compile(plan.Draft.Site, null, default)).Value;
            Assert.Equal(PlanBytes.Json(alone.Draft), PlanBytes.Json(plan.Draft));
            Assert.Equal(alone.Warnings.Select(w => (w.Code, string.Join('|', w.With))), plan.Warnings.Select(w => (w.Code, string.Join('|', w.With))));
        }
    }
}
