using System.Net;
using System.Text.Json;
using BorderInfo.Contract.Messages;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Platform.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

public sealed class RegisterTests
{
    private static readonly object New = new { name = "Cụm thử", kind = "gate", provinceCode = "20", communeCode = "06184", lat = 21.97, lon = 106.71, tags = new[] { "thử" }, owner = "", @operator = "", monitoredBy = "" };

    [Fact]
    public async Task A_new_cluster_is_in_memory_at_once_and_told_to_the_slices_below()
    {
        await using var fleet = await Start();

        var made = await Json(await (await fleet.Administrator()).PostAsync("/api/v1/clusters", Body(New)));

        var id = made.GetProperty("id").GetInt64();
        Assert.Equal("Cụm thử", fleet.Clusters.ById(id)!.Name);
        Assert.Equal(new ClusterChanged(id), Assert.Single(fleet.News.Told));
    }

    [Fact]
    public async Task A_change_that_a_slice_below_cannot_take_is_not_made()
    {
        await using var fleet = await Start();
        fleet.News.Fails = true;

        using var answer = await (await fleet.Administrator()).PostAsync("/api/v1/clusters", Body(New));

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);

        Assert.Equal(4, fleet.Clusters.All.Count);
        Assert.Equal(4, await fleet.WithDb(db => db.Set<ClusterRow>().CountAsync()));
    }

    [Fact]
    public async Task The_sample_fleet_made_twice_is_made_once()
    {
        await using var fleet = await Start();

        await SampleFleet.Ensure(fleet.Services);

        Assert.Equal(["GL-0001", "LS-0001", "QN-0001"], fleet.Clusters.All.Select(c => c.Site?.Value).OfType<string>().Order());
        Assert.Equal(4, fleet.Clusters.All.Count);
        Assert.Equal(["LCD-1", "LED-1.A", "LED-1.B", "LOA-1"], fleet.Clusters.BySite(LangSon)!.Outputs.Select(o => o.Id.Value).Order());
        Assert.Equal(["vi", "zh-Hans", "en"], fleet.Clusters.BySite(LangSon)!.RequiredLanguages);
        Assert.Equal([new TimeWindow(new(21, 0), new(5, 0))], fleet.Clusters.BySite(LangSon)!.Outputs.Single(o => o.Kind == OutputKind.Speaker).QuietHours);
        Assert.All(fleet.Clusters.All, c => Assert.Contains("mẫu", c.Tags));
        Assert.Equal(2, await fleet.WithDb(db => db.Set<PanelRow>().CountAsync()));
    }

    [Fact]
    public async Task A_cluster_whose_computer_holds_a_certificate_is_not_deleted()
    {
        await using var fleet = await Start();
        var administrator = await fleet.Administrator();
        var id = fleet.Clusters.BySite(LangSon)!.Id;
        await fleet.Enrolled(LangSon);

        var refused = await administrator.DeleteAsync($"/api/v1/clusters/{id}");
        await administrator.DeleteAsync("/api/v1/sites/LS-0001/certificates");
        var deleted = await administrator.DeleteAsync($"/api/v1/clusters/{id}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Null(fleet.Clusters.BySite(LangSon));
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("/api/v1/sites/LS-0001")).StatusCode);
    }

    public static readonly TheoryData<string, ClusterOutput> WrongOutputs = new()
    {
        { "fleet.output-id-form", Region() with { Id = new("đèn") } },
        { "fleet.output-name", Region() with { Name = " " } },
        { "fleet.output-languages", Region() with { Languages = [] } },
        { "fleet.output-languages", Region() with { Languages = ["Tiếng Việt"] } },
        { "fleet.output-size", Region() with { WidthPx = 0 } },
        { "fleet.output-size", Region() with { HeightPx = 321 } },
        { "fleet.output-screen", Region() with { Screen = 0 } },
        { "fleet.output-place", Region() with { X = -2 } },
        { "fleet.output-overlaps", Region() with { Screen = 2, X = 318 } },
        { "fleet.output-volume", Region() with { VolumePercent = 999 } },
        { "fleet.output-languages", Region() with { Languages = [.. Enumerable.Repeat("vi", 13)] } },
        { "fleet.output-quiet", Region() with { Kind = OutputKind.Speaker, QuietHours = [.. Enumerable.Range(0, 9).Select(h => new TimeWindow(new(h, 0), new(h, 30)))] } },
        { "fleet.output-volume", Region() with { Kind = OutputKind.Speaker, VolumePercent = 101 } },
    };

    [Theory]
    [MemberData(nameof(WrongOutputs))]
    public void An_output_that_could_not_be_driven_is_refused(string why, ClusterOutput output)
    {
        ClusterOutput[] others = [Region() with { Id = new("LED-1.A"), Screen = 2 }, Region() with { Id = new("LOA-1"), Kind = OutputKind.Speaker, Screen = 2, X = 300 }];

        var refusal = OutputRules.WhyNot(output, others);

        Assert.Equal(why, refusal?.Code);
    }

    [Fact]
    public void Two_regions_side_by_side_on_one_wall_are_fine()
    {
        ClusterOutput[] others = [Region() with { Id = new("LED-1.A") }];

        var refusal = OutputRules.WhyNot(Region() with { X = 320 }, others);

        Assert.Null(refusal);
    }

    [Theory]
    [InlineData("21:00-05:00", "21:00-05:00")]
    [InlineData(" 21:00–05:00 ,11:30 - 13:00", "21:00-05:00, 11:30-13:00")]
    [InlineData("", "")]
    [InlineData("21h-5h", null)]
    [InlineData("25:00-05:00", null)]
    public void Quiet_hours_are_read_as_people_write_them(string typed, string? read)
    {
        var understood = OutputRules.TryWindows(typed, out var windows);

        Assert.Equal(read, understood ? OutputRules.Text(windows) : null);
    }

    [Fact]
    public async Task Open_pages_are_told_of_a_change()
    {
        await using var fleet = await Start();
        await fleet.Enrolled(LangSon);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var board = fleet.Services.GetRequiredService<LiveBoard>().Listen(["sites", "site:LS-0001"], stop.Token).GetAsyncEnumerator(stop.Token);
        await board.MoveNextAsync();

        await fleet.State(LangSon, Presence.Online, 1, 1);

        var told = new List<string>();
        while (told.Count < 2 && await board.MoveNextAsync())
            told.Add(board.Current.EventType);
        Assert.Equal(["site:LS-0001", "sites"], told);
    }

    private static ClusterOutput Region() => new(new("LED-9"), "Bảng LED", OutputKind.LedRegion, 1, 0, 0, 320, 320, ["vi"], 80, []);
}
