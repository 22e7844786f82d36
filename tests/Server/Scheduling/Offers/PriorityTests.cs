using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling;
using BorderInfo.Server.Scheduling.Offers;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Scheduling.Offers.Communes;

namespace BorderInfo.Tests.Server.Scheduling.Offers;

/// <summary>Where a priority bulletin of a wider source meets the commune's own: the source goes first until the commune decides (Circular 39/2020/TT-BTTTT).</summary>
public sealed class PriorityTests : IDisposable
{
    private static readonly Target[] OwnCommune = [new(TargetWidth.Commune, DongDang)];

    private readonly SchedulingWorld world = new();
    private readonly Communes communes;

    public PriorityTests() => communes = new(world);

    [Theory]
    [InlineData(500, 500)]
    [InlineData(900, 1)]
    [InlineData(999, 999)]
    public async Task The_source_goes_first_although_its_target_is_wider_and_its_number_larger(int source, int own)
    {
        await communes.Published(Province, "Của tỉnh", 1, WholeProvince, number: source);
        await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune, number: own, window: new(new(6, 0), new(7, 0)));

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;

        Assert.Equal(new ItemId(1), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10));
        Assert.Equal(new ItemId(2), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 40));
        Assert.Null(PlanRules.Check(plan));
        Assert.Equal((own, "L-1", false, null), plan.Entries.Single(e => e.Id == "L-2").Placed is { } p ? (p.Typed, p.Meetings.Single().With, p.Meetings[0].OwnFirst, p.Meetings[0].DecidedBy) : default);
    }

    [Fact]
    public async Task The_commune_decides_and_takes_it_back_and_the_sealed_plan_plays_so()
    {
        var source = await communes.Published(Province, "Của tỉnh", 1, WholeProvince);
        var own = await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune);
        var undecided = await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10);

        var done = (await communes.Decide(DongDang, source, own, PriorityFirst.Own)).Value;
        var decided = await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10);
        var met = (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries.Single(e => e.Id == "L-2").Placed!.Meetings.Single();
        await communes.Decide(DongDang, source, own, PriorityFirst.Open);

        Assert.Equal((new ItemId(1), new ItemId(2), new ItemId(1)), (undecided, decided, await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10)));
        Assert.Equal((PriorityFirst.Own, "Biên tập viên xã mẫu"), (done.Decision!.First, done.Decision.ByName));
        Assert.Equal(("L-1", true, "xa06184", world.Clock.GetUtcNow()), (met.With, met.OwnFirst, met.DecidedBy, met.DecidedAt));
        Assert.Equal("Open", await world.Noted("meeting.decide", "06184: L-2 L-1"));
    }

    [Fact]
    public async Task Only_the_commune_decides_and_only_of_bulletins_that_meet_there()
    {
        var source = await communes.Published(Province, "Của tỉnh", 1, WholeProvince);
        var own = await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune);
        var evening = await communes.Published(Editor(DongDang), "Buổi chiều", 2, OwnCommune, window: Evening);

        var refused = new[]
        {
            await communes.Decide(DongDang, source, own, PriorityFirst.Own, Province),
            await communes.Decide(DongDang, source, own, PriorityFirst.Own, SchedulingWorld.Approver),
            await communes.Decide(DongDang, source, own, PriorityFirst.Own, Editor(TanThanh)),
            await communes.Decide(DongDang, source, evening, PriorityFirst.Own),
            await communes.Decide(TanThanh, source, own, PriorityFirst.Own),
            await communes.Decide(DongDang, source, own, PriorityFirst.Open),
        };
        await communes.Decide(DongDang, source, own, PriorityFirst.Source);

        Assert.Equal(
            ["offer.not-your-commune", "offer.not-your-commune", "offer.not-your-commune", "meeting.unknown", "meeting.unknown", "meeting.nothing-to-take-back"], refused.Select(r => r.Why?.Code));
        Assert.Equal("meeting.already-so", (await communes.Decide(DongDang, source, own, PriorityFirst.Source)).Why?.Code);
        Assert.Equal(new ItemId(1), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10));
    }

    [Fact]
    public async Task A_source_that_publishes_anew_goes_first_until_it_is_decided_anew()
    {
        var source = await communes.Published(Province, "Của tỉnh", 1, WholeProvince);
        var own = await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune);
        await communes.Decide(DongDang, source, own, PriorityFirst.Own);
        world.Clock.Advance(TimeSpan.FromHours(1));
        var stand = await world.Within(async s => (await s.GetRequiredService<ISchedules>().Of(source, default))!);

        await world.Save(stand.Newest with { Items = [new ItemId(3)] }, Province);
        await world.Publish(Province, source);

        Assert.Equal(new ItemId(3), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10));
        Assert.Null((await communes.Decide(DongDang, source, own, PriorityFirst.Own)).Why);
        Assert.Equal(new ItemId(2), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10));
    }

    [Fact]
    public async Task Of_several_sources_the_own_bulletin_goes_before_the_one_decided_and_those_after_it()
    {
        await communes.Published(Province, "Tỉnh 1", 1, WholeProvince, number: 100);
        var second = await communes.Published(Province, "Tỉnh 2", 3, WholeProvince, number: 200, window: new(new(6, 0), new(7, 0)));
        var own = await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune, number: 500, window: new(new(6, 0), new(8, 0)));

        await communes.Decide(DongDang, second, own, PriorityFirst.Own);

        Assert.Equal(
            [new ItemId(1), new ItemId(2), new ItemId(2)],
            new[] { await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 40), await communes.OnScreen(SchedulingWorld.HuuNghi, 7, 10) });
        Assert.Equal(["L-1 100", "L-3 500", "L-2 501"], (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Entries.OrderBy(e => e.Number).Select(e => $"{e.Id} {e.Number}"));
    }

    [Fact]
    public async Task Where_no_two_meet_the_numbers_stay_as_typed_and_sources_keep_the_order_of_the_engine()
    {
        await communes.Published(SchedulingWorld.Approver, "Trung ương", 1, [new(TargetWidth.Province, "20")]);
        await communes.Published(Province, "Của tỉnh", 2, [new(TargetWidth.Cluster, "1")]);
        await communes.Published(Editor(DongDang), "Chương trình của xã", 3, OwnCommune, Tier.Programme);

        var plan = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;

        Assert.All(plan.Entries, e => Assert.Equal((500, null), (e.Number, e.Placed)));
        Assert.Equal(new ItemId(2), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10));
    }

    [Fact]
    public async Task Priority_comes_before_the_communes_programme_and_an_emergency_before_both()
    {
        await communes.Published(Editor(DongDang), "Chương trình của xã", 2, OwnCommune, Tier.Programme, number: 1);
        var programme = await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10);
        await communes.Published(Province, "Ưu tiên của tỉnh", 1, WholeProvince, number: 999);
        var priority = await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10);
        await communes.Published(SchedulingWorld.Approver, "Khẩn", 3, WholeProvince, Tier.Emergency);

        Assert.Equal((new ItemId(2), new ItemId(1), new ItemId(3)), (programme, priority, await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10)));
    }

    [Fact]
    public async Task Why_tells_who_goes_first_and_who_decided_it()
    {
        var source = await communes.Published(Province, "Của tỉnh", 1, WholeProvince);
        var own = await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune, number: 400);

        var open = await Why();
        await communes.Decide(DongDang, source, own, PriorityFirst.Own);
        var decided = await Why();

        Assert.Contains("xã chưa quyết định nên nguồn phát trước", open.Candidates.Single(c => c.Entry == "L-2").Text, StringComparison.Ordinal);
        Assert.StartsWith("Bản tin ưu tiên, nhường “Của tỉnh” · Gặp bản tin ưu tiên “Của tỉnh” của nguồn", open.Candidates.Single(c => c.Entry == "L-2").Text, StringComparison.Ordinal);
        Assert.Equal(400, open.Candidates.Single(c => c.Entry == "L-2").Number);
        Assert.Contains(open.Chain, l => l.Text.Contains("nguồn phát trước (Thông tư 39/2020)", StringComparison.Ordinal));
        Assert.Contains($"xa06184 của xã quyết định lúc {LocalTime.Text(world.Clock.GetUtcNow())}: xã phát trước", decided.Candidates.Single(c => c.Entry == "L-1").Text, StringComparison.Ordinal);
        Assert.Contains(decided.Chain, l => l.Text.Contains("xã quyết định phát trước", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_compiled_plan_says_the_same_as_the_one_sent_in_whatever_order_the_schedules_come()
    {
        var source = await communes.Published(Province, "Của tỉnh", 1, WholeProvince);
        var own = await communes.Published(Editor(DongDang), "Của xã", 2, OwnCommune);
        await communes.Decide(DongDang, source, own, PriorityFirst.Own);

        var compiled = (await world.Within(s => s.GetRequiredService<IPlanCompiler>().Compile(SchedulingWorld.HuuNghi, null, default))).Value.Draft;

        Assert.True(PlanBytes.SayTheSame(compiled, (await world.OnItsWay(SchedulingWorld.HuuNghi))!));
    }

    private Task<WhyText> Why() => world.Within(async s =>
        (await s.GetRequiredService<WhyOfSite>().Handle(new(SchedulingWorld.Editor(), SchedulingWorld.HuuNghi, TestClusters.Screen, At(6, 10)), default)).Value.Why);

    public void Dispose() => world.Dispose();
}
