using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BorderInfo.Server.Geo;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Geo;

/// <summary>Boundary files: checked first, applied as one change, undone.</summary>
public sealed class ImportTests : IDisposable
{
    private const string DongDang = "06184", IaDom = "23872";

    private readonly GeoUnderTest server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task A_checked_file_is_applied_and_from_then_on_decides()
    {
        var browser = await server.Browser();
        var report = await GeoUnderTest.Check(browser, server.Squares(0.05, DongDang));

        var answer = await GeoUnderTest.Apply(browser, report);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var place = server.Geo.Place(21.95, 106.74);
        Assert.False(place.Approximate);
        Assert.Equal(DongDang, place.Commune?.Code);
        Assert.Null(server.Geo.Place(13.80377, 107.45736).Commune);
        Assert.Equal(1, await Count<AuditRow>(a => a.Action == "boundaries.apply"));
    }

    [Fact]
    public async Task A_check_counts_and_changes_nothing()
    {
        server.Marks.Add(GeoUnderTest.Mark(7, "Cụm thử", "20", IaDom, server.Geo.Commune(DongDang)!.Lat!.Value, server.Geo.Commune(DongDang)!.Lon!.Value));
        var file = GeoUnderTest.Collection([
            GeoUnderTest.Square(DongDang, "Đồng Đăng", 21.921, 106.702, 0.05),
            GeoUnderTest.Square(DongDang, "Đồng Đăng", 21.921, 106.702, 0.05),
            GeoUnderTest.Square(IaDom, "Ia Đơm", 13.8, 107.5, 0.05),
            GeoUnderTest.Square("99999", "Không có", 15, 107.5, 0.05),
            GeoUnderTest.Polygon("06004", "Quốc Khánh", (106.5, 22.3), (106.6, 22.4), (106.6, 22.3), (106.5, 22.4), (106.5, 22.3)),
        ]);

        var report = await GeoUnderTest.Check(await server.Browser(), file);

        Assert.Equal((5, 2), (report.GetProperty("features").GetInt32(), report.GetProperty("usable").GetInt32()));
        Assert.Equal(3319, report.GetProperty("missing").GetArrayLength());
        Assert.Equal(["06184 geo.trouble.twice", "99999 geo.trouble.unknown", "06004 geo.trouble.shape"], Troubles(report, "leftOut"));
        Assert.Equal(["23872 geo.trouble.name"], Troubles(report, "renamed"));
        var move = Assert.Single(report.GetProperty("moves").EnumerateArray());
        Assert.Equal(("Cụm thử", IaDom, DongDang), (move.GetProperty("clusterName").GetString(), move.GetProperty("fromCode").GetString(), move.GetProperty("toCode").GetString()));
        Assert.Equal((0, 0), (await Count<BoundarySet>(_ => true), await Count<BoundaryShape>(_ => true)));
        Assert.True(server.Geo.Place(21.95, 106.74).Approximate);
    }

    [Fact]
    public async Task Undoing_brings_the_set_before_back_and_then_none()
    {
        var browser = await server.Browser();
        await GeoUnderTest.Apply(browser, await GeoUnderTest.Check(browser, server.Squares(0.05, DongDang)));
        await GeoUnderTest.Apply(browser, await GeoUnderTest.Check(browser, server.Squares(0.05, IaDom)));
        var second = server.Geo.Place(21.95, 106.74).Commune;

        await browser.PostAsJsonAsync("/api/v1/geo/boundaries/undo", new { kind = "Communes" });
        var first = server.Geo.Place(21.95, 106.74).Commune;
        await browser.PostAsJsonAsync("/api/v1/geo/boundaries/undo", new { kind = "Communes" });
        var none = server.Geo.Place(21.95, 106.74);
        var nothing = await browser.PostAsJsonAsync("/api/v1/geo/boundaries/undo", new { kind = "Communes" });

        Assert.Null(second);
        Assert.Equal(DongDang, first?.Code);
        Assert.True(none.Approximate);
        Assert.Equal("geo.nothing-to-undo", await Code(nothing));
    }

    [Theory]
    [InlineData(Roles.Administrator, "p:20")]
    [InlineData(Roles.Administrator, "s:LS-CN-1")]
    [InlineData(Roles.Technician, "all")]
    public async Task Boundaries_of_the_country_are_changed_by_administrators_of_the_whole_country_only(string role, string area)
    {
        var national = await server.Browser();
        var first = await GeoUnderTest.Check(national, server.Squares(0.05, DongDang));
        await GeoUnderTest.Apply(national, first);
        var second = await GeoUnderTest.Check(national, server.Squares(0.05, IaDom));
        var other = await server.Browser(role, area);

        var applied = await GeoUnderTest.Apply(other, second);
        var undone = await other.PostAsJsonAsync("/api/v1/geo/boundaries/undo", new { kind = "Communes" });
        var sector = await other.PutAsJsonAsync("/api/v1/geo/sectors/LS-CN-1", new { id = "LS-CN-1", name = "Đổi", neighbour = "CN", communes = Array.Empty<string>() });

        Assert.All([applied, undone, sector], a => Assert.False(a.IsSuccessStatusCode));
        Assert.Equal(DongDang, server.Geo.Place(21.95, 106.74).Commune?.Code);
        Assert.Equal(1, await Count<AuditRow>(a => a.Action == "boundaries.apply"));
    }

    [Fact]
    public async Task Boundaries_are_there_again_after_a_restart()
    {
        var browser = await server.Browser();
        await GeoUnderTest.Apply(browser, await GeoUnderTest.Check(browser, server.Squares(0.05, DongDang)));

        server.Services.GetRequiredService<Boundaries>().Forget();

        Assert.Equal(DongDang, server.Geo.Place(21.95, 106.74).Commune?.Code);
    }

    [Fact]
    public async Task A_border_line_gives_the_distance_and_the_neighbour()
    {
        var browser = await server.Browser();
        await GeoUnderTest.Apply(browser, await GeoUnderTest.Check(browser, server.Squares(0.06, DongDang)));
        var line = """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"neighbour":"CN"},"geometry":{"type":"LineString","coordinates":[[106.6,21.98],[106.8,21.98]]}}]}"""u8.ToArray();

        await GeoUnderTest.Apply(browser, await GeoUnderTest.Check(browser, line, "LandBorder"), "LandBorder");

        var place = server.Geo.Place(21.971, 106.72);
        Assert.InRange(place.DistanceToBorderM!.Value, 990, 1003);
        Assert.Equal(("CN", "LS-CN-1"), (place.Neighbour, place.Sector?.Id));
    }

    [Theory]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":", "geo.file-not-json")]
    [InlineData("đây không phải JSON", "geo.file-not-json")]
    [InlineData("{\"type\":\"Feature\",\"properties\":{}}", "geo.file-no-features")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}", "geo.file-no-features")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":1},\"geometry\":null}]}", "geo.file-nothing-usable")]
    [InlineData("", "geo.file-missing")]
    public async Task A_broken_file_is_refused_with_a_sentence(string text, string why)
    {
        var answer = await GeoUnderTest.Check(await server.Browser(), Encoding.UTF8.GetBytes(text));

        Assert.Equal(why, answer.GetProperty("code").GetString());
        Assert.Matches(@"\p{L} .*[.?]$", answer.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_gzip_file_is_read_and_a_damaged_one_refused()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(server.Squares(0.05, DongDang, IaDom));
        var browser = await server.Browser();

        var good = await GeoUnderTest.Check(browser, packed.ToArray());
        var bad = await GeoUnderTest.Check(browser, [.. packed.ToArray()[..20], .. new byte[40]]);

        Assert.Equal(2, good.GetProperty("usable").GetInt32());
        Assert.StartsWith("geo.file-no", bad.GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_in_metres_are_left_out_as_no_outline()
    {
        var file = GeoUnderTest.Collection([GeoUnderTest.Square(DongDang, "Đồng Đăng", 2_430_000, 675_000, 5_000)]);

        var answer = await GeoUnderTest.Check(await server.Browser(), file);

        Assert.Equal("geo.file-nothing-usable", answer.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Only_a_checked_file_with_a_source_can_be_applied_and_once()
    {
        var browser = await server.Browser();
        var report = await GeoUnderTest.Check(browser, server.Squares(0.05, DongDang));

        var without = await GeoUnderTest.Apply(browser, report, source: " ");
        var first = await GeoUnderTest.Apply(browser, report);
        var twice = await GeoUnderTest.Apply(browser, report);
        var unknown = await GeoUnderTest.Apply(browser, JsonSerializer.SerializeToElement(new { checksum = "../../borderinfo.db" }));

        Assert.Equal("geo.source-missing", await Code(without));
        Assert.True(first.IsSuccessStatusCode);
        Assert.Equal("geo.file-same", await Code(twice));
        Assert.Equal("geo.file-gone", await Code(unknown));
    }

    [Theory]
    [InlineData(Roles.Editor)]
    [InlineData(Roles.Technician)]
    public async Task Nobody_but_an_administrator_may_import(string role)
    {
        var browser = await server.Browser(role);

        var check = await browser.PostAsync("/api/v1/geo/boundaries/check", new ByteArrayContent(server.Squares(0.05, DongDang)));
        var page = await browser.GetAsync("/dia-gioi");

        Assert.Equal(HttpStatusCode.Forbidden, check.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, page.StatusCode);
    }

    [RealBoundaries.NeededFact]
    public async Task The_real_file_passes_the_check_whole()
    {
        var report = await GeoUnderTest.Check(await server.Browser(), await File.ReadAllBytesAsync(Path.Combine(RealBoundaries.Folder!, "communes-2025.geojson.gz")));

        Assert.Equal(3321, report.GetProperty("usable").GetInt32());
        Assert.Equal((0, 0, 0), (report.GetProperty("missing").GetArrayLength(), report.GetProperty("leftOut").GetArrayLength(), report.GetProperty("renamed").GetArrayLength()));
    }

    private static string[] Troubles(JsonElement report, string list) => [.. report.GetProperty(list).EnumerateArray().Select(t => $"{t.GetProperty("code").GetString()} {t.GetProperty("what").GetString()}")];

    private static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private async Task<int> Count<T>(System.Linq.Expressions.Expression<Func<T, bool>> which) where T : class
    {
        using var scope = server.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<T>().CountAsync(which);
    }
}
