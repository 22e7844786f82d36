using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;

namespace BorderInfo.Tests.Server.Scheduling;

public sealed class PlanCompilerTests
{
    private static readonly Target Everywhere = new(TargetWidth.Cluster, "1");

    private readonly MemoryItems items = new(new FakeClock());

    [Fact]
    public void A_plan_holds_only_what_its_site_plays()
    {
        var input = Input([Due(1, [1], Everywhere), Due(2, [3], new Target(TargetWidth.Device, "1/LOA-1"))], [1, 2, 3]);

        var plan = PlanCompiler.Compile(input).Draft;

        Assert.Equal(["L-1", "L-2"], plan.Entries.Select(e => e.Id));
        Assert.Equal([new ItemId(1), new ItemId(3)], plan.Items.Select(i => i.Id));
        Assert.Equal([TestClusters.Speaker], plan.Items[1].Parts.Select(p => p.Output).Distinct());
        Assert.Equal(plan.Items.SelectMany(i => i.Parts).Select(p => p.File).Distinct().Order(Comparer<MediaHash>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))), plan.Files.Select(f => f.Hash));
    }

    [Fact]
    public void The_same_input_in_any_order_gives_the_same_bytes()
    {
        var due = Enumerable.Range(1, 12).Select(i => Due(i, [1 + i % 3, 1 + (i + 1) % 3], (Tier)(2 + i % 3), Everywhere)).ToArray();
        var expected = PlanBytes.Json(PlanCompiler.Compile(Input(due, [1, 2, 3])).Draft);
        var random = new Random(20261123);

        for (var i = 0; i < 50; i++)
        {
            var shuffled = due.ToArray();
            random.Shuffle(shuffled);
            long[] ids = [1, 2, 3];
            random.Shuffle(ids);
            Assert.Equal(expected, PlanBytes.Json(PlanCompiler.Compile(Input(shuffled, ids)).Draft));
        }
    }

    [Fact]
    public void A_schedule_that_reaches_a_site_in_two_widths_has_two_entries_there()
    {
        var input = Input([Due(5, [1], new Target(TargetWidth.Province, "20"), new Target(TargetWidth.Device, "1/LED-1"))], [1]);

        var plan = PlanCompiler.Compile(input).Draft;

        Assert.Equal([("L-5", TargetWidth.Device), ("L-5.2", TargetWidth.Province)], plan.Entries.Select(e => (e.Id, e.Target)));
        Assert.All(plan.Entries, e => Assert.Equal(5, ScheduleView.IdOfEntry(e.Id)));
    }

    [Fact]
    public void An_entry_without_anything_to_play_is_left_out_and_said()
    {
        var input = Input([Due(1, [2], Everywhere)], [1]);

        var compiled = PlanCompiler.Compile(input);

        Assert.Empty(compiled.Draft.Entries);
        Assert.Empty(compiled.Draft.Files);
        Assert.Equal("schedule.warn.plays-nothing", Assert.Single(compiled.Warnings).Code);
    }

    private static DueSchedule Due(long id, long[] items, params Target[] targets) => Due(id, items, Tier.Programme, targets);

    private static DueSchedule Due(long id, long[] items, Tier tier, params Target[] targets)
    {
        var view = SchedulingWorld.Wanted($"Lịch {id}", tier, items: items) with { Id = id };
        return new(view, new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero), TargetResolver.Reach(targets.Length == 0 ? view.Targets : targets, AreaScope.All, TestClusters.Of(1, SchedulingWorld.HuuNghi)));
    }

    private PlanInput Input(DueSchedule[] due, long[] released)
    {
        var cluster = TestClusters.Of(1, SchedulingWorld.HuuNghi);
        var ready = released.ToDictionary(i => new ItemId(i), i => Ready(items.Released.Single(r => r.Item.Id == new ItemId(i)).Item, cluster));
        return new(cluster, SchedulingWorld.HuuNghi, due, ready, []);
    }

    private ReadyItem Ready(ItemVersion item, BorderInfo.Server.Fleet.Public.Cluster cluster) =>
        new(items.Released.Single(r => r.Item.Id == item.Id), items.For(item, [.. cluster.Outputs.Where(o => ItemFit.Carries(item, o))], default).Result.Value);
}
