using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class TargetResolverTests
{
    [Theory]
    [InlineData(TargetWidth.Cluster, "1", 3)]
    [InlineData(TargetWidth.Cluster, "2", 0)]
    [InlineData(TargetWidth.Device, "1/LED-1", 1)]
    [InlineData(TargetWidth.Device, "2/LED-1", 0)]
    [InlineData(TargetWidth.Device, "1/LED-9", 0)]
    [InlineData(TargetWidth.Commune, "06184", 3)]
    [InlineData(TargetWidth.Commune, "06185", 0)]
    [InlineData(TargetWidth.Sector, "LS-CN-1", 3)]
    [InlineData(TargetWidth.Sector, "LS-CN-2", 0)]
    [InlineData(TargetWidth.GateClass, "International", 3)]
    [InlineData(TargetWidth.GateClass, "Main", 0)]
    [InlineData(TargetWidth.Tag, "LED ngoài trời", 3)]
    [InlineData(TargetWidth.Tag, "led ngoài trời", 3)]
    [InlineData(TargetWidth.Province, "20", 3)]
    [InlineData(TargetWidth.Province, "52", 0)]
    public void Each_width_reaches_what_it_names(TargetWidth width, string key, int outputs)
    {
        var cluster = TestClusters.Of(1, SchedulingWorld.HuuNghi, tags: "LED ngoài trời");

        var reach = TargetResolver.Reach([new(width, key)], AreaScope.All, cluster);

        Assert.Equal(outputs, reach.Count);
        Assert.All(reach, r => Assert.Equal(width, r.Width));
    }

    [Fact]
    public void The_narrowest_target_counts_for_each_output()
    {
        var cluster = TestClusters.Of(1, SchedulingWorld.HuuNghi);

        var reach = TargetResolver.Reach([new(TargetWidth.Province, "20"), new(TargetWidth.Device, "1/LED-1")], AreaScope.All, cluster);

        Assert.Equal([(TestClusters.Led, TargetWidth.Device), (TestClusters.Speaker, TargetWidth.Province), (TestClusters.Screen, TargetWidth.Province)], reach);
    }

    [Fact]
    public void Nothing_outside_the_area_is_reached_even_by_gate_class()
    {
        var area = new AreaScope(false, ["20"], [], []);

        var clusters = TargetResolver.Clusters(
            [new(TargetWidth.GateClass, nameof(GateClass.International))], area,
            [TestClusters.Of(1, SchedulingWorld.HuuNghi), TestClusters.Of(3, SchedulingWorld.LeThanh, province: "52", sector: null)]);

        Assert.Equal([1L], clusters.Select(c => c.Id));
    }
}
