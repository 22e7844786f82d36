using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Scheduling.Noise;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>Quiet rules by noise zone: from the administrator's table to the plans of the loudspeakers that belong to the zone.</summary>
public sealed class NoiseTests : IDisposable
{
    private readonly SchedulingWorld world = new();

    [Fact]
    public async Task A_loudspeaker_gets_the_rules_of_its_class_and_its_own_class_before_that_of_its_cluster()
    {
        await world.Published(SchedulingWorld.Wanted("Loa", items: [3], targets: [new(TargetWidth.Province, "20")]));

        await Place(1, "", NoiseZone.Special);
        await Place(2, "", NoiseZone.Special);
        await Place(2, "LOA-1", NoiseZone.Ordinary);
        await world.FulfilWishes();

        Assert.Equal([("Giờ đêm", new TimeWindow(new(21, 0), new(6, 0)))], Rules(await world.OnItsWay(SchedulingWorld.HuuNghi)));
        Assert.Equal([("Giờ đêm", new TimeWindow(new(21, 0), new(5, 0)))], Rules(await world.OnItsWay(SchedulingWorld.TanThanh)));
        Assert.All((await world.OnItsWay(SchedulingWorld.HuuNghi))!.Outputs.Where(o => o.Kind != OutputKind.Speaker), o => Assert.Empty(o.QuietRules));
        Assert.Null(PlanRules.Check((await world.OnItsWay(SchedulingWorld.HuuNghi))!));
    }

    [Fact]
    public async Task A_new_rule_reaches_the_plans_of_its_zone_and_no_others()
    {
        await world.Published(SchedulingWorld.Wanted("Loa", items: [3], targets: [new(TargetWidth.Province, "20")]));
        await Place(1, "", NoiseZone.Special);
        await world.FulfilWishes();
        var (one, two) = ((await world.Plans(SchedulingWorld.HuuNghi)).Count, (await world.Plans(SchedulingWorld.TanThanh)).Count);

        var saved = (await Save(School)).Value;
        await world.FulfilWishes();

        var speaker = (await world.OnItsWay(SchedulingWorld.HuuNghi))!.Outputs.Single(o => o.Kind == OutputKind.Speaker);
        Assert.Equal(("Giờ học", 40, Weekdays.Monday | Weekdays.Friday), (speaker.QuietRules[1].Name, speaker.QuietRules[1].VolumePercent, speaker.QuietRules[1].Weekdays));
        Assert.Equal((one + 1, two), ((await world.Plans(SchedulingWorld.HuuNghi)).Count, (await world.Plans(SchedulingWorld.TanThanh)).Count));
        Assert.StartsWith("Special Giờ học: 2026-11-23", await world.Noted("noise.create", saved.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_or_ended_rule_leaves_the_plans()
    {
        await world.Published(SchedulingWorld.Wanted("Loa", items: [3], targets: [new(TargetWidth.Province, "20")]));
        await Place(1, "", NoiseZone.Special);
        var saved = (await Save(School with { To = new(2026, 11, 24) })).Value;
        await world.FulfilWishes();
        var during = Rules(await world.OnItsWay(SchedulingWorld.HuuNghi)).Count();
        world.Clock.Advance(TimeSpan.FromDays(5));

        await Place(1, "", NoiseZone.Ordinary);
        await world.FulfilWishes();
        await Place(1, "", NoiseZone.Special);
        await world.Within(s => s.GetRequiredService<SaveNoiseRule>().Handle(new SaveNoiseRule.Delete(Administrator, 1), default));
        await world.FulfilWishes();

        Assert.Equal(2, during);
        Assert.NotEqual(0, saved.Id);
        Assert.Empty(Rules(await world.OnItsWay(SchedulingWorld.HuuNghi)));
    }

    [Theory]
    [InlineData("", 40, "2026-11-24", "noise.name-range")]
    [InlineData("Giờ học", 0, "2026-11-24", "noise.volume")]
    [InlineData("Giờ học", 101, "2026-11-24", "noise.volume")]
    [InlineData("Giờ học", 40, "2026-11-22", "noise.days-reversed")]
    public async Task An_unsound_rule_is_refused(string name, int volume, string to, string refused)
    {
        var outcome = await Save(School with { Name = name, VolumePercent = volume, To = DateOnly.Parse(to, null) });

        Assert.Equal(refused, outcome.Why?.Code);
    }

    [Fact]
    public async Task Rules_are_for_an_administrator_of_the_country_and_classes_for_one_of_the_area()
    {
        var local = new Actor(6, "tinh", "Quản trị tỉnh", new HashSet<string> { Roles.Administrator }, new(false, ["20"], [], []));

        var rule = await world.Within(s => s.GetRequiredService<SaveNoiseRule>().Handle(new SaveNoiseRule.Ask(local, School), default));
        var own = await Place(1, "", NoiseZone.Special, local);
        var foreign = await Place(3, "", NoiseZone.Special, local);
        var screen = await Place(1, "MH-1", NoiseZone.Special, local);
        var editor = await Place(1, "", NoiseZone.Special, SchedulingWorld.Editor());

        Assert.Equal(["noise.not-allowed", null, "noise.unknown-place", "noise.unknown-place", "noise.not-allowed"], new[] { rule.Why, own.Why, foreign.Why, screen.Why, editor.Why }.Select(w => w?.Code));
    }

    [Fact]
    public async Task The_page_lists_the_quiet_hours_of_single_loudspeakers_with_a_way_to_them()
    {
        var browser = await world.Server.ClientAs(Roles.Administrator);

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await browser.GetStringAsync("/gio-yen-tinh"));

        var own = page.QuerySelector("#rieng")!;
        Assert.Contains("Loa sân", own.TextContent, StringComparison.Ordinal);
        Assert.Contains("21:00–05:00", own.TextContent, StringComparison.Ordinal);
        Assert.NotNull(own.QuerySelector("a[href='/cum/1/dau-ra/LOA-1']"));
    }

    [Fact]
    public async Task The_page_adds_a_rule_and_keeps_what_was_typed_when_it_is_refused()
    {
        var browser = await world.Server.ClientAs(Roles.Administrator);
        (string, string)[] form = [("id", "0"), ("zone", "Special"), ("name", "Giờ lễ"), ("from", "2026-11-23"), ("starts", "17:00"), ("ends", "18:00"), ("volume", "30"), ("weekday", "64")];

        var wrong = await (await browser.PostToPage("/gio-yen-tinh", "noise", [.. form.Where(f => f.Item1 != "volume"), ("volume", "150")])).Content.ReadAsStringAsync();
        var done = await browser.PostToPage("/gio-yen-tinh", "noise", form);
        var placed = await browser.PostForm("/gio-yen-tinh/noi", ("cum", "1"), ("loa", ""), ("zone", "Special"), ("tim", ""));
        var page = await browser.GetStringAsync("/gio-yen-tinh");

        Assert.Contains("Âm lượng từ 1 đến 100%", wrong, StringComparison.Ordinal);
        Assert.Contains("Giờ lễ", wrong, StringComparison.Ordinal);
        Assert.EndsWith("/gio-yen-tinh", done.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("+", SignedIn.FlashOf(placed), StringComparison.Ordinal);
        Assert.Contains("Không quá 30%", page, StringComparison.Ordinal);
        Assert.Equal(NoiseZone.Special, (await world.Within(s => s.GetRequiredService<INoise>().Book(default))).Places[(1, "")]);
    }

    public void Dispose() => world.Dispose();

    private static NoiseRule School { get; } = new(0, NoiseZone.Special, "Giờ học", new(2026, 11, 23), null, Weekdays.Monday | Weekdays.Friday, new(new(7, 0), new(11, 0)), 40, "");

    private static Actor Administrator { get; } = new(5, "quantri", "Quản trị mẫu", new HashSet<string> { Roles.Administrator }, AreaScope.All);

    private static IEnumerable<(string, TimeWindow)> Rules(PlayPlan? plan) => plan!.Outputs.SelectMany(o => o.QuietRules).Select(r => (r.Name, r.Window));

    private Task<Outcome<NoiseRule>> Save(NoiseRule rule) => world.Within(s => s.GetRequiredService<SaveNoiseRule>().Handle(new SaveNoiseRule.Ask(Administrator, rule), default));

    private Task<Outcome<Nothing>> Place(long cluster, string output, NoiseZone? zone, Actor? by = null) => world.Within(s => s.GetRequiredService<SetNoiseZone>().Handle(new(by ?? Administrator, cluster, output, zone), default));
}
