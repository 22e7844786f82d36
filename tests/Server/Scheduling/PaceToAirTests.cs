using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Scheduling;

/// <summary>From the fields an editor fills in to what the clock of a site's signed plan puts on air. Parts last ten seconds unless said otherwise; the LED wall has one language.</summary>
public sealed class PaceToAirTests
{
    private static readonly DateOnly Tuesday = new(2026, 11, 24);

    private SchedulingWorld world = null!;

    [Fact]
    public async Task A_share_gets_its_seconds_of_every_hour_and_the_others_the_rest()
    {
        using var _ = world = new SchedulingWorld();
        await Typed("Chiếm một phần tư", 1, ("share", "25"), ("shareUnit", "percent"));
        await Typed("Phần còn lại", 2);

        var hour = await Hour(10);

        Assert.Equal((900, 2700), (hour.Count(i => i == 1), hour.Count(i => i == 2)));
        Assert.Equal(3, (await Plan()).Level);
        Assert.All(Enumerable.Range(0, 4), quarter => Assert.InRange(hour.Skip(quarter * 900).Take(900).Count(i => i == 1), 215, 235));
    }

    [Fact]
    public async Task A_share_in_seconds_is_as_exact()
    {
        using var _ = world = new SchedulingWorld();
        await Typed("Mười hai phút", 1, ("share", "720"), ("shareUnit", "seconds"));
        await Typed("Phần còn lại", 2);

        var hour = await Hour(10);

        Assert.Equal(720, hour.Count(i => i == 1));
    }

    [Fact]
    public async Task An_item_begins_no_more_often_than_its_most_plays_an_hour()
    {
        using var _ = world = new SchedulingWorld();
        await Typed("Ba lượt", 1, ("mostPerHour", "3"));
        await Typed("Phần còn lại", 2);

        var hour = await Hour(10);

        Assert.Equal((30, 3570), (hour.Count(i => i == 1), hour.Count(i => i == 2)));
    }

    [Fact]
    public async Task An_item_stays_away_for_its_least_gap()
    {
        using var _ = world = new SchedulingWorld();
        await Typed("Cách năm phút", 1, ("leastGap", "5"), ("gapUnit", "minutes"));
        await Typed("Phần còn lại", 2);

        var hour = await Hour(10);

        var begins = Enumerable.Range(1, 3599).Where(s => hour[s] == 1 && hour[s - 1] != 1).ToArray();
        Assert.InRange(begins.Length, 10, 12);
        Assert.All(begins.Zip(begins.Skip(1)), b => Assert.True(b.Second - b.First >= 310, $"{b.First} → {b.Second}"));
    }

    [Fact]
    public async Task A_programme_slot_cuts_nothing_and_leaves_its_remainder()
    {
        using var _ = world = new SchedulingWorld();
        world.Items.PartMs = 240_000;
        await Typed("Chương trình mười phút", [1, 2], ("slotMinutes", "10"));

        var hour = await Hour(10);

        Assert.All(Enumerable.Range(0, 6).Select(s => hour.Skip(s * 600).Take(600).ToArray()), slot =>
        {
            Assert.Equal((240, 240, 120), (slot.Count(i => i == 1), slot.Count(i => i == 2), slot.Count(i => i == 0)));
            Assert.All(slot[480..], i => Assert.Equal(0, i));
        });
    }

    [Fact]
    public async Task In_step_the_screen_shows_an_item_exactly_while_the_loudspeaker_says_it()
    {
        using var _ = world = new SchedulingWorld();
        await Typed("Cùng lúc với loa", 3, ("inStep", "1"), ("everyMinutes", "30"), ("windowFrom", "10:00"), ("windowTo", "11:00"), ("target", "Device:1/LOA-1"));

        var (screen, voice) = (await Hour(10), await Hour(10, TestClusters.Speaker));

        Assert.Equal(voice, screen);
        Assert.Equal([.. Enumerable.Range(0, 10), .. Enumerable.Range(1800, 10)], Enumerable.Range(0, 3600).Where(s => screen[s] == 3));
    }

    [Fact]
    public async Task A_stand_in_plays_where_the_form_of_the_output_allows_it_and_nowhere_else()
    {
        using var _ = world = new SchedulingWorld(ownClusters: false);
        await SampleFleet.Ensure(world.Services);
        world.Items.Release(5, languages: ["vi", "km"]);
        var cluster = world.Services.GetRequiredService<IClusters>().BySite(new("GL-0001"))!;
        await OutputForm(cluster, "LED-1", "jra", "vi");
        await Typed("Thiếu tiếng Gia Rai", 5, ("target", $"Cluster:{cluster.Id}"));

        var plan = (await world.OnItsWay(cluster.Site!.Value))!;

        var clock = new PlanClock(plan);
        string[] On(string output) => [.. Enumerable.Range(0, 60).Select(s => clock.At(new OutputId(output), LocalTime.Utc(Tuesday, new(10, 0)).AddSeconds(s)).Part?.Language ?? "").Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["km", "vi"], On("LED-1"));
        Assert.Equal([""], On("LCD-1"));
        Assert.Equal(2, plan.Level);
        var led = plan.Outputs.Single(o => o.Id == new OutputId("LED-1"));
        Assert.Equal((["vi", "km"], [new LanguageFallback("jra", "vi")]), (led.RequiredLanguages.ToArray(), led.Fallbacks.ToArray()), Same);
    }

    private static bool Same((string[] R, LanguageFallback[] F) a, (string[] R, LanguageFallback[] F) b) => a.R.SequenceEqual(b.R) && a.F.SequenceEqual(b.F);

    private Task Typed(string name, long item, params (string Name, string Value)[] fields) => Typed(name, [item], fields);

    /// <summary>Fills in the editor's form, saves and publishes. On the LED wall all day, unless the fields say otherwise.</summary>
    private async Task Typed(string name, long[] items, params (string Name, string Value)[] fields)
    {
        (string, string)[] always =
        [
            ("_handler", "soan"), ("act", "save"), ("tier", "Programme"), ("number", "500"), ("from", "2026-11-23"), ("name", name), ("repeat", "Plain"), ("offset", "0"),
            .. items.Select(i => ("item", $"T-{i}")), .. Enumerable.Range(0, 7).Select(d => ("weekday", (1 << d).ToString(System.Globalization.CultureInfo.InvariantCulture))),
        ];
        (string, string)[] ordinary = [("windowFrom", "00:00"), ("windowTo", "00:00")];
        (string, string)[] place = fields.Any(f => f.Value.StartsWith("Cluster:", StringComparison.Ordinal)) ? [] : [("target", "Device:1/LED-1")];
        var all = always.Concat(place).Concat(ordinary.Where(o => fields.All(f => f.Name != o.Item1))).Concat(fields).Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2));
        var browser = await world.Server.ClientAs(Roles.Editor);
        var answer = await browser.PostForm("/lich/moi", all, "/lich/moi");
        var alert = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector(".alert-danger")?.TextContent;
        Assert.True(alert is null && answer.Headers.Location is not null, alert ?? $"{(int)answer.StatusCode}");
        var id = (await world.Within(s => s.GetRequiredService<ISchedules>().All(default))).Max(s => s.Id);
        Assert.Null((await world.Publish(null, id)).Why);
    }

    /// <summary>Required Vietnamese and Khmer, and one stand-in, for an output of the sample register.</summary>
    private async Task OutputForm(Cluster cluster, string output, string lacking, string instead)
    {
        var o = cluster.Outputs.Single(o => o.Id.Value == output);
        var administrator = await world.Server.ClientAs(Roles.Administrator);
        var url = $"/cum/{cluster.Id}/dau-ra/{output}";
        (string Name, string Value)[] fields =
        [
            ("_handler", "output"), ("Form.Id", output), ("Form.Name", o.Name), ("Form.Kind", $"{o.Kind}"), ("Form.Screen", $"{o.Screen}"), ("Form.WidthPx", $"{o.WidthPx}"), ("Form.HeightPx", $"{o.HeightPx}"), ("Form.X", $"{o.X}"), ("Form.Y", $"{o.Y}"),
            .. o.Languages.Select((l, i) => ($"Form.Languages[{i}]", l)), ("Form.RequiredLanguages[0]", "vi"), ("Form.RequiredLanguages[1]", "km"), ("Form.RequiredLanguages[2]", ""),
            ("Form.Fallbacks[0].Language", lacking), ("Form.Fallbacks[0].Instead", instead), ("Form.Fallbacks[1].Language", ""), ("Form.Fallbacks[1].Instead", ""), ("Form.VolumePercent", "80"), ("Form.QuietHours", ""),
        ];
        var answer = await administrator.PostForm(url, fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)), url);
        Assert.True(answer.Headers.Location is not null, $"{(int)answer.StatusCode} {new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector(".alert-danger")?.TextContent}");
    }

    private async Task<PlayPlan> Plan() => (await world.OnItsWay(SchedulingWorld.HuuNghi))!;

    /// <summary>Number of the item on air in every second of the hour on Tuesday; 0 = none.</summary>
    private async Task<long[]> Hour(int hour, OutputId? output = null)
    {
        var clock = new PlanClock(await Plan());
        var from = LocalTime.Utc(Tuesday, new(hour, 0));
        return [.. Enumerable.Range(0, 3600).Select(s => clock.At(output ?? TestClusters.Led, from.AddSeconds(s)).Item?.Id.Number ?? 0)];
    }
}
