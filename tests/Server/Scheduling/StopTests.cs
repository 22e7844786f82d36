using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Contract.Signing;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Publishing;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Server.Scheduling.Stops;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>Themes stopped in an area: from the order to the sealed plan at the site.</summary>
public sealed class StopTests : IDisposable
{
    private readonly SchedulingWorld world = new();
    private readonly DateTimeOffset now;

    public StopTests()
    {
        now = world.Clock.GetUtcNow();
        world.Items.Release(1, theme: "festival", title: "Lễ hội mẫu");
        world.Items.Release(2, theme: "law", title: "Pháp luật mẫu");
    }

    [Fact]
    public async Task A_stop_silences_its_themes_in_its_area_at_once_and_lifting_brings_them_back()
    {
        await world.Published(SchedulingWorld.Wanted("Lễ hội", Tier.Priority, items: [1], targets: [new(TargetWidth.Province, "20"), new(TargetWidth.Province, "52")]));
        await world.Published(SchedulingWorld.Wanted("Pháp luật", items: [2], targets: [new(TargetWidth.Province, "20")]));

        var made = (await Start(National, Wish("p:20"))).Value;
        var stopped = await OnAir(SchedulingWorld.HuuNghi);
        var elsewhere = await OnAir(SchedulingWorld.LeThanh);
        var lifted = (await Lift(National, made.Id)).Value;

        Assert.Equal(new ItemId(2), stopped);
        Assert.Equal(new ItemId(1), elsewhere);
        Assert.Equal(new ItemId(1), await OnAir(SchedulingWorld.HuuNghi));
        Assert.Empty((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Stops);
        Assert.Equal(1, (await world.OnItsWay(SchedulingWorld.LeThanh))!.Counter);
        Assert.Equal((now, "Quản trị mẫu"), (lifted.Until, lifted.LiftedBy));
    }

    [Fact]
    public async Task A_stop_to_come_is_told_at_once_so_that_a_site_without_a_link_begins_and_ends_it()
    {
        await world.Published(SchedulingWorld.Wanted("Lễ hội", items: [1]));

        await Start(National, Wish("all") with { From = now.AddHours(10), Until = now.AddHours(58) });

        var clock = new PlanClock((await world.OnItsWay(SchedulingWorld.HuuNghi))!);
        Assert.Equal([new ItemId(1), null, null, new ItemId(1)], new[] { 9.99, 10, 57.99, 58 }.Select(h => clock.At(TestClusters.Screen, now.AddHours(h)).Item?.Id));
    }

    [Fact]
    public async Task A_plan_compiled_during_a_stop_says_the_same_as_the_one_sent_with_it()
    {
        await world.Published(SchedulingWorld.Wanted("Cả hai", items: [1, 2], targets: [new(TargetWidth.Province, "20")]));
        await Start(National, Wish("all"));
        await Start(National, Wish("p:20") with { Name = "Thêm", Themes = ["law"] });

        var compiled = (await world.Within(s => s.GetRequiredService<IPlanCompiler>().Compile(SchedulingWorld.HuuNghi, null, default))).Value.Draft;

        Assert.Equal(["TD-1", "TD-2"], compiled.Stops.Select(s => s.Id));
        Assert.True(PlanBytes.SayTheSame(compiled, (await world.OnItsWay(SchedulingWorld.HuuNghi))!));
    }

    [Fact]
    public async Task What_is_published_during_a_stop_is_stopped_too_and_a_stop_that_is_over_leaves_the_plans()
    {
        await Start(National, Wish("all"));
        await world.Published(SchedulingWorld.Wanted("Lễ hội", items: [1]));
        var during = await OnAir(SchedulingWorld.HuuNghi);
        world.Clock.Advance(TimeSpan.FromDays(2));

        await world.Published(SchedulingWorld.Wanted("Pháp luật", items: [2], number: 900));

        Assert.Null(during);
        Assert.Empty((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Stops);
    }

    [Fact]
    public async Task A_stop_is_written_down_and_published_in_the_name_of_who_ordered_it()
    {
        await world.Published(SchedulingWorld.Wanted("Lễ hội", items: [1]));

        await Start(National, Wish("all"));
        await Lift(National, 1);

        var acts = await world.Within(s => s.GetRequiredService<BorderInfoDb>().Set<PublishRow>().AsNoTracking().OrderBy(p => p.Id).ToListAsync());
        Assert.Equal([(PublishCause.Schedule, "Biên tập viên mẫu"), (PublishCause.ThemeStop, "Quản trị mẫu"), (PublishCause.ThemeStopLifted, "Quản trị mẫu")], acts.Select(a => (a.Cause, a.ByName)));
        Assert.StartsWith("Quốc tang mẫu: festival; all;", await world.Noted("stop.start", "TD-1"), StringComparison.Ordinal);
        Assert.Equal("Quốc tang mẫu", await world.Noted("stop.lift", "TD-1"));
    }

    [Fact]
    public async Task What_it_would_silence_is_counted_before_anything_changes()
    {
        await world.Published(SchedulingWorld.Wanted("Chỉ lễ hội", items: [1], targets: [new(TargetWidth.Province, "20")]));
        await world.Published(SchedulingWorld.Wanted("Xen kẽ", items: [1, 2]));
        await world.Published(SchedulingWorld.Wanted("Nơi khác", items: [1], targets: [new(TargetWidth.Province, "52")]));
        await world.Save(SchedulingWorld.Wanted("Chưa phát hành", items: [1]));
        await world.Publish(SchedulingWorld.Approver, (await world.Save(SchedulingWorld.Wanted("Khẩn cấp", Tier.Emergency, items: [1]), SchedulingWorld.Approver)).Value.Id);

        var count = (await world.Within(s => s.GetRequiredService<CountStop>().Handle(new(National, Wish("p:20")), default))).Value;

        Assert.Equal((2, 2), (count.Sites, count.SitesInArea));
        Assert.Equal([new ItemId(1)], count.Items.Select(i => i.Id));
        Assert.Equal(["Chỉ lễ hội"], count.Silent);
        Assert.Equal(["Xen kẽ"], count.Partly);
        Assert.Empty(await world.Within(s => s.GetRequiredService<IStops>().All(default)));
        Assert.Empty((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Stops);
    }

    [Fact]
    public async Task Stops_of_a_commune_use_up_neither_the_country_nor_another_commune()
    {
        for (var n = 0; n < PlanLimits.Stops - StopRules.ForTheCountry; n++)
            Assert.Null((await Start(National, Wish("c:06184"))).Why);

        var oneMore = await Start(National, Wish("c:06184"));
        var elsewhere = await Start(National, Wish("p:52"));
        var mourning = await Start(National, Wish("all"));

        Assert.Equal(("stop.too-many", null, null), (oneMore.Why?.Code, elsewhere.Why?.Code, mourning.Why?.Code));
    }

    [Theory]
    [InlineData(Roles.Administrator, "all", "all", null)]
    [InlineData(Roles.Approver, "all", "all", "stop.national-not-allowed")]
    [InlineData(Roles.Approver, "all", "p:20", null)]
    [InlineData(Roles.Administrator, "p:20", "all", "stop.national-not-allowed")]
    [InlineData(Roles.Approver, "p:20", "p:20", null)]
    [InlineData(Roles.Approver, "p:20", "s:LS-CN-1", null)]
    [InlineData(Roles.Approver, "p:20", "c:06187", null)]
    [InlineData(Roles.Approver, "p:20", "p:52", "stop.out-of-scope")]
    [InlineData(Roles.Approver, "p:20", "c:99999", "stop.out-of-scope")]
    [InlineData(Roles.Approver, "c:06184", "s:LS-CN-1", "stop.out-of-scope")]
    [InlineData(Roles.Editor, "all", "p:20", "stop.not-allowed")]
    [InlineData(Roles.Monitor, "all", "p:20", "stop.not-allowed")]
    [InlineData(Roles.Approver, "p:20", "x:1", "stop.unknown-area")]
    [InlineData(Roles.Administrator, "all", "p:99", "stop.unknown-area")]
    [InlineData(Roles.Approver, "all", "c:99999", "stop.unknown-area")]
    [InlineData(Roles.Approver, "all", "p:01", null)]
    public async Task Approvers_and_administrators_stop_in_their_area(string role, string own, string area, string? refused)
    {
        var actor = new Actor(9, "thu", "Người thử", new HashSet<string> { role }, StopAreas.Read([own]).Value);

        var outcome = await Start(actor, Wish(area));

        Assert.Equal(refused, outcome.Why?.Code);
    }

    [Theory]
    [InlineData("", "festival", 0, 24, "stop.name-missing")]
    [InlineData("Tên", "", 0, 24, "stop.no-theme")]
    [InlineData("Tên", "music", 0, 24, "stop.unknown-theme")]
    [InlineData("Tên", "festival", 0, 0, "stop.ends-first")]
    [InlineData("Tên", "festival", 24, 12, "stop.ends-first")]
    [InlineData("Tên", "festival", 0, 24 * 61, "stop.too-long")]
    [InlineData("Tên", "festival", 24 * 400, 24 * 401, "stop.too-far")]
    [InlineData("Tên", "festival", -5, 24 * 60, null)]
    public async Task A_stop_needs_a_name_themes_and_an_end(string name, string theme, int from, int until, string? refused)
    {
        var outcome = await Start(National, new(name, theme.Length == 0 ? [] : [theme], ["all"], now.AddHours(from), now.AddHours(until)));

        Assert.Equal(refused, outcome.Why?.Code);
        Assert.Equal(refused is null ? 1 : 0, (await world.Within(s => s.GetRequiredService<IStops>().All(default))).Count);
    }

    [Fact]
    public async Task A_stop_is_lifted_once_and_by_who_may_order_it()
    {
        await Start(National, Wish("all"));
        var province = new Actor(9, "thu", "Người thử", new HashSet<string> { Roles.Approver }, new(false, ["20"], [], []));

        var narrow = await Lift(province, 1);
        var first = await Lift(National, 1);
        var again = await Lift(National, 1);
        var unknown = await Lift(National, 7);

        Assert.Equal(["stop.national-not-allowed", null, "stop.over", "stop.unknown"], new[] { narrow, first, again, unknown }.Select(o => o.Why?.Code));
    }

    [Fact]
    public async Task A_plan_that_would_grow_too_large_says_it_without_what_is_stopped_and_does_not_hold_up_the_others()
    {
        await world.Published(SchedulingWorld.Wanted("Lễ hội", items: [1], targets: [new(TargetWidth.Province, "20")]));
        await FillUp(SchedulingWorld.HuuNghi);
        var random = new Random(2);

        await Start(National, Wish("p:20") with { Name = new string([.. Enumerable.Range(0, StopRules.LongestName).Select(_ => (char)random.Next(0x4e00, 0x9000))]) });

        var full = (await world.OnItsWay(SchedulingWorld.HuuNghi))!;
        Assert.Single(full.Stops);
        Assert.DoesNotContain(full.Items, i => full.Stops[0].Holds(i, full));
        Assert.Single((await world.OnItsWay(SchedulingWorld.TanThanh))!.Stops);
        Assert.Equal("1", (await world.Within(s => s.GetRequiredService<BorderInfoDb>().Set<RepublishWish>().SingleAsync())).Key);
    }

    public void Dispose() => world.Dispose();

    private static Actor National { get; } = new(5, "quantri", "Quản trị mẫu", new HashSet<string> { Roles.Administrator }, AreaScope.All);

    private StopWish Wish(string area) => new("Quốc tang mẫu", ["festival"], [area], null, now.AddDays(2));

    private Task<Outcome<ThemeStop>> Start(Actor by, StopWish wish) => world.Within(s => s.GetRequiredService<StartStop>().Handle(new(by, wish), default));

    private Task<Outcome<ThemeStop>> Lift(Actor by, long stop) => world.Within(s => s.GetRequiredService<LiftStop>().Handle(new(by, stop), default));

    private async Task<ItemId?> OnAir(SiteId site) => new PlanClock((await world.OnItsWay(site))!).At(TestClusters.Screen, world.Clock.GetUtcNow().AddMinutes(1)).Item?.Id;

    /// <summary>Publishes so many letters of title to cluster 1 that not even a stop fits into its plan any more. Random ones: plans are sealed compressed.</summary>
    private async Task FillUp(SiteId site)
    {
        const int items = 400;
        Titles(items, items);
        var schedules = new List<long>();
        for (var n = 0; n < items; n += 100)
            schedules.Add((await world.Save(SchedulingWorld.Wanted($"Đầy {n}", items: [.. Enumerable.Range(1000 + n, 100).Select(i => (long)i)]))).Value.Id);
        var (fits, tooMany) = (items, items * PlanLimits.TextLength);
        while (tooMany - fits > 1)
        {
            var letters = (fits + tooMany) / 2;
            (fits, tooMany) = await Sealed(site, schedules, items, letters) <= PlayPlan.MaxSealedBytes ? (letters, tooMany) : (fits, letters);
        }

        Assert.InRange(await Sealed(site, schedules, items, fits), PlayPlan.MaxSealedBytes - 200, PlayPlan.MaxSealedBytes);
        Assert.Null((await world.Publish(null, [.. schedules])).Why);
    }

    private void Titles(int items, int letters)
    {
        var random = new Random(1);
        for (var i = 0; i < items; i++)
        {
            var whole = new string([.. Enumerable.Range(0, PlanLimits.TextLength).Select(_ => (char)random.Next(0x4e00, 0x9000))]);
            world.Items.Release(1000 + i, title: whole[..((letters / items) + (i < letters % items ? 1 : 0))]);
        }
    }

    private Task<int> Sealed(SiteId site, IReadOnlyList<long> schedules, int items, int letters) => world.Within(async s =>
    {
        Titles(items, letters);
        var plan = (await s.GetRequiredService<IPlanCompiler>().CompileMany([site], new([.. schedules], []), default)).Value[0].Draft;
        return s.GetRequiredService<ISigner>().Seal(SignedTypes.Plan, PlanBytes.Json(SendPlan.Numbered(plan, 1, 2, now))).Length;
    });
}
