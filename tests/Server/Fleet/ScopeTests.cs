using System.Net;
using System.Text.Json;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Live;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

public sealed class ScopeTests
{
    [Theory]
    [InlineData("GET", "/api/v1/clusters/{gl}")]
    [InlineData("GET", "/api/v1/sites/GL-0001")]
    [InlineData("GET", "/api/v1/sites/GL-0001/screens/LCD-1")]
    [InlineData("GET", "/api/v1/sites/GL-0001/commands")]
    [InlineData("POST", "/api/v1/sites/GL-0001/commands")]
    [InlineData("POST", "/api/v1/sites/GL-0001/enrol-codes")]
    [InlineData("DELETE", "/api/v1/sites/GL-0001/certificates")]
    [InlineData("DELETE", "/api/v1/clusters/{gl}")]
    [InlineData("PUT", "/api/v1/clusters/{gl}")]
    [InlineData("DELETE", "/api/v1/clusters/{gl}/outputs/LCD-1")]
    [InlineData("POST", "/api/v1/clusters/{gl}/site")]
    [InlineData("GET", "/diem/GL-0001")]
    [InlineData("GET", "/diem/GL-0001/hien-tai")]
    [InlineData("GET", "/diem/GL-0001/ghep-noi")]
    [InlineData("GET", "/cum/{gl}")]
    [InlineData("GET", "/cum/{gl}/sua")]
    [InlineData("GET", "/cum/{gl}/dau-ra/LCD-1")]
    public async Task What_lies_outside_my_area_is_not_there(string method, string path)
    {
        await using var fleet = await Start();
        var mine = await fleet.Browser(Roles.Technician, "p:20");
        var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{gl}", fleet.Clusters.BySite(GiaLai)!.Id.ToString()));
        if (method is "POST" or "PUT")
            request.Content = Body(new { name = "Cụm thử", kind = "gate", provinceCode = "20", communeCode = "06184", lat = 21.97, lon = 106.71, tags = Array.Empty<string>(), owner = "", @operator = "", monitoredBy = "", verb = "Screenshot", output = "LCD-1", site = "AB-0001" });

        var answer = await mine.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Lists_hold_what_is_mine_only()
    {
        await using var fleet = await Start();
        var mine = await fleet.Browser(Roles.Monitor, "p:20");

        var list = await Json(await mine.GetAsync("/api/v1/clusters"));
        var pages = await mine.GetStringAsync("/cum") + await mine.GetStringAsync("/tuong") + await mine.GetStringAsync("/cum/danh-sach");

        Assert.Equal(["LS-0001"], list.EnumerateArray().Select(c => c.GetProperty("site").GetString()));
        Assert.Contains("Hữu Nghị", pages);
        Assert.DoesNotContain("Lệ Thanh", pages);
    }

    [Fact]
    public async Task News_of_a_site_outside_my_area_is_not_told_to_me()
    {
        await using var fleet = await Start();
        var mine = await fleet.Browser(Roles.Monitor, "p:20");
        var board = fleet.Services.GetRequiredService<LiveBoard>();
        using var answer = await mine.GetAsync("/live?topic=site:GL-0001&topic=delivery:GL-0001&topic=plays:XX-0009&topic=site:LS-0001", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await Next(lines, "alive");

        board.Tell("site:GL-0001", "secret");
        board.Tell("delivery:GL-0001", "secret");
        board.Tell("plays:XX-0009", "secret");
        board.Tell("site:LS-0001", "own");
        var told = await Next(lines, "site:LS-0001");

        Assert.DoesNotContain("GL-0001", told, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", told, StringComparison.Ordinal);

        static async Task<string> Next(StreamReader lines, string topic)
        {
            var read = "";
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            while (!read.Contains(topic, StringComparison.Ordinal))
                read += await lines.ReadLineAsync(limit.Token) + "\n";
            return read;
        }
    }

    [Theory]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Approver)]
    [InlineData(Roles.Monitor)]
    public async Task Who_only_watches_changes_nothing(string role)
    {
        await using var fleet = await Start();
        var watcher = await fleet.Browser(role);
        var id = fleet.Clusters.BySite(LangSon)!.Id;

        HttpResponseMessage[] answers =
        [
            await watcher.DeleteAsync($"/api/v1/clusters/{id}"),
            await watcher.DeleteAsync($"/api/v1/clusters/{id}/outputs/LCD-1"),
            await watcher.DeleteAsync("/api/v1/sites/LS-0001/certificates"),
            await watcher.PostAsync("/api/v1/sites/LS-0001/enrol-codes", Body(new { replacesComputer = true })),
            await watcher.PostAsync("/api/v1/sites/LS-0001/commands", Body(new { verb = "RestartPlayer", output = "LCD-1" })),
        ];

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Forbidden, a.StatusCode));
        Assert.Equal(4, fleet.Clusters.BySite(LangSon)!.Outputs.Count);
    }

    [Fact]
    public async Task Nobody_puts_a_cluster_outside_their_own_area()
    {
        await using var fleet = await Start();
        var mine = await fleet.Browser(Roles.Technician, "p:20");

        var answer = await mine.PostAsync("/api/v1/clusters", Body(new { name = "Cụm thử", kind = "gate", provinceCode = "52", communeCode = "23872", lat = 13.8, lon = 107.46, tags = Array.Empty<string>(), owner = "", @operator = "", monitoredBy = "" }));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("fleet.outside-area", JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/api/v1/clusters", HttpStatusCode.Unauthorized)]
    [InlineData("/cum", HttpStatusCode.Redirect)]
    [InlineData("/tuong/o", HttpStatusCode.Redirect)]
    [InlineData("/healthz", HttpStatusCode.OK)]
    public async Task Without_signing_in_only_the_counts_are_seen(string path, HttpStatusCode status)
    {
        await using var fleet = await Start();

        var answer = await fleet.Anonymous().GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
    }
}
