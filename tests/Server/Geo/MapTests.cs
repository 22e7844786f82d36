using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using BorderInfo.Server.Geo;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using NetTopologySuite.Geometries;

namespace BorderInfo.Tests.Server.Geo;

/// <summary>The map page, its list, what the map fetches, and the catalogue page.</summary>
public sealed class MapTests : IDisposable
{
    private readonly GeoUnderTest server = new();

    public MapTests()
    {
        server.Marks.Add(GeoUnderTest.Mark(1, "Cửa khẩu thử Hữu Nghị", "20", "06184", 21.97, 106.71, "Fault", "LS-0001", "LS-CN-1"));
        server.Marks.Add(GeoUnderTest.Mark(2, "Cụm thử Lệ Thanh", "52", "23872", 13.8, 107.46, "Good", "GL-0001", "GL-KH-1"));
        server.Marks.Add(GeoUnderTest.Mark(3, "Pa nô thử", "20", "06172", 22.0, 106.68, "Printed"));
    }

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task The_list_beside_the_map_says_everything_without_JavaScript()
    {
        var page = await Page("/ban-do");

        var rows = page.QuerySelectorAll("#map-list li").Select(r => (r.QuerySelector("a")!.GetAttribute("href"), r.QuerySelector(".small")!.TextContent.Trim()));

        Assert.Equal([("/diem/LS-0001", "Có sự cố · LS-0001 · Xã Đồng Đăng, Lạng Sơn"), ("/cum/3", "Pa nô in · Xã Hoàng Văn Thụ, Lạng Sơn"), ("/diem/GL-0001", "Hoạt động tốt · GL-0001 · Xã Ia Dom, Gia Lai")], rows);
    }

    [Theory]
    [InlineData("province=20", 2)]
    [InlineData("sector=GL-KH-1", 1)]
    [InlineData("standing=Printed", 1)]
    [InlineData("q=le+thanh", 1)]
    [InlineData("province=20&q=le+thanh", 0)]
    public async Task Page_fragment_and_marks_are_narrowed_alike(string filter, int left)
    {
        var browser = await server.Browser();

        var page = await Page($"/ban-do?{filter}", browser);
        var fragment = await Page($"/ban-do/danh-sach?{filter}", browser);
        var marks = await browser.GetFromJsonAsync<JsonElement>($"/api/v1/geo/marks?{filter}");

        Assert.Equal((left, left, left), (page.QuerySelectorAll("#map-list li").Length, fragment.QuerySelectorAll("li").Length, marks.GetArrayLength()));
    }

    [Theory]
    [InlineData("20333", "Đặc khu Hoàng Sa", "Đà Nẵng")]
    [InlineData("22736", "Đặc khu Trường Sa", "Khánh Hoà")]
    public async Task Hoang_Sa_and_Truong_Sa_stand_in_list_legend_and_map_whatever_is_filtered(string code, string name, string province)
    {
        var page = await Page("/ban-do?province=52&q=khongcogi");

        var item = page.QuerySelector($"#map-islands [data-unit='{code}']")!;
        Assert.Contains(name, item.TextContent, StringComparison.Ordinal);
        Assert.Equal((name, province), (item.GetAttribute("data-name"), item.GetAttribute("data-under")));
        Assert.Contains($"{name} ({province})", page.QuerySelector(".geo-legend")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_standing_has_a_shape_a_colour_and_a_word_of_its_own()
    {
        var page = await Page("/ban-do");

        var keys = page.QuerySelectorAll(".geo-legend li:has(svg)");

        Assert.Equal(MapMark.Standings.Count, keys.Length);
        Assert.Equal(keys.Length, keys.Select(k => k.QuerySelector("path")!.GetAttribute("d")).Distinct().Count());
        Assert.Equal(keys.Length, keys.Select(k => k.QuerySelector("path")!.GetAttribute("fill")).Distinct().Count());
        Assert.Equal(keys.Length, keys.Select(k => k.TextContent.Trim()).Distinct().Count());
    }

    [Fact]
    public async Task Without_boundaries_the_page_says_that_it_is_approximate_and_with_them_names_their_source()
    {
        var browser = await server.Browser();
        var before = await Page("/ban-do", browser);

        await GeoUnderTest.Apply(browser, await GeoUnderTest.Check(browser, server.Squares(0.05, "06184")), source: "Nhà xuất bản thử");

        var after = await Page("/ban-do", browser);
        Assert.Contains("Ranh giới gần đúng", before.QuerySelector(".geo-note:has(svg)")!.TextContent, StringComparison.Ordinal);
        Assert.Null(after.QuerySelector(".geo-note:has(svg)"));
        Assert.Contains("Nhà xuất bản thử", after.GetElementById("map")!.GetAttribute("data-source"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_sees_the_clusters_of_the_own_areas_only()
    {
        var browser = await server.Browser(Roles.Monitor, "p:52");

        var marks = await browser.GetFromJsonAsync<JsonElement>("/api/v1/geo/marks");

        Assert.Equal("Cụm thử Lệ Thanh", Assert.Single(marks.EnumerateArray())[1].GetString());
    }

    [Fact]
    public async Task A_browser_that_has_the_drawing_gets_it_no_second_time_until_the_boundaries_change()
    {
        var browser = await server.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        var first = await browser.GetAsync("/api/v1/geo/shapes/country");
        browser.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);

        var second = await browser.GetAsync("/api/v1/geo/shapes/country");
        var administrator = await server.Browser();
        await GeoUnderTest.Apply(administrator, await GeoUnderTest.Check(administrator, server.Squares(0.05, "06184")));
        var third = await browser.GetAsync("/api/v1/geo/shapes/country");

        Assert.Equal("br", first.Content.Headers.ContentEncoding.Single());
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (second.StatusCode, third.StatusCode));
    }

    [Fact]
    public void Two_areas_with_a_common_edge_have_one_outline_around_both()
    {
        Polygon left = Box(0, 0, 1, 2), right = Box(1, 0, 2, 2);

        var outline = GridRings.Dissolved(new[] { left, right }.SelectMany(p => GridRings.Of(p, 0.5))).Single();

        Assert.Equal(7, outline.Length);
        Assert.Equal((0, 4, 0, 4), (outline.Min(p => p.X), outline.Max(p => p.X), outline.Min(p => p.Y), outline.Max(p => p.Y)));
        Assert.DoesNotContain(outline.Zip(outline.Skip(1)), e => e.First.X == 2 && e.Second.X == 2);
    }

    [Theory]
    [InlineData("/dia-ban?q=hoang+sa", "Đặc khu Hoàng Sa")]
    [InlineData("/dia-ban?q=loc+ninh&province=75&on=2026-04-29", "Xã Lộc Ninh")]
    [InlineData("/dia-ban?q=loc+ninh&province=75", "Phường Lộc Ninh")]
    [InlineData("/dia-ban?kind=provinces&q=dong+nai&on=2026-01-01", "Tỉnh Đồng Nai")]
    [InlineData("/dia-ban?kind=gates&q=tan+thanh", "22.00306, 106.68389")]
    [InlineData("/dia-ban?kind=gates&q=huu+nghi", "gần đúng, chờ xác nhận")]
    [InlineData("/dia-ban?kind=sectors&q=LS-CN-1", "Tuyến biên giới Lạng Sơn – Trung Quốc")]
    [InlineData("/dia-ban?on=2024-01-01", "01/07/2025")]
    public async Task The_catalogue_page_finds_units_as_they_were_called_on_the_day(string url, string expected) =>
        Assert.Contains(expected, (await Page(url)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task An_administrator_changes_a_sector_and_adds_a_gate()
    {
        var browser = await server.Browser();

        var sector = await browser.PutAsJsonAsync("/api/v1/geo/sectors/LS-CN-2", new ChangeSector.Ask("", "Tuyến thử", "", "20", "CN", ["06184"], "Đồn thử"));
        var gate = await browser.PutAsJsonAsync("/api/v1/geo/gates/BG007", new ChangeGate.Ask("", "Hữu Nghị", "Huu Nghi", GateClass.International, "road", "CN", "", "06184", 21.9727, 106.7099, "A", ["vi", "zh-Hans"]));

        Assert.True(sector.IsSuccessStatusCode && gate.IsSuccessStatusCode, await sector.Content.ReadAsStringAsync() + await gate.Content.ReadAsStringAsync());
        Assert.Equal(("Tuyến thử", "06184"), (server.Geo.Sector("LS-CN-2")!.Name, server.Geo.Sector("LS-CN-2")!.Communes.Single()));
        Assert.Equal(("A", "20"), (server.Geo.Gate("BG007")!.PositionQuality, server.Geo.Gate("BG007")!.ProvinceCode));
        Assert.Equal(81, server.Geo.Gates.Count);
    }

    [Theory]
    [InlineData("LS-VN-1", "20", "CN", "", "geo.sector-id")]
    [InlineData("LS-CN-2", "21", "CN", "", "geo.province-unknown")]
    [InlineData("LS-CN-2", "20", "CN", "23872", "geo.commune-unknown")]
    public void A_sector_that_does_not_fit_is_refused(string id, string province, string neighbour, string commune, string why) =>
        Assert.Equal(why, ChangeSector.Decide(new(id, "Tuyến thử", "", province, neighbour, commune.Length > 0 ? [commune] : [], ""), Units.Today)?.Code);

    [Fact]
    public async Task A_place_is_told_in_sentences_over_the_API()
    {
        var browser = await server.Browser(Roles.Technician);

        var place = await browser.GetFromJsonAsync<JsonElement>("/api/v1/geo/place?text=" + Uri.EscapeDataString("21°58'22\"B 106°42'36\"Đ") + "&datum=vn2000");
        var swapped = await (await browser.GetAsync("/api/v1/geo/place?lat=106.7&lon=21.9")).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("06184", place.GetProperty("placement").GetProperty("commune").GetProperty("code").GetString());
        Assert.Contains("Chưa nạp địa giới", place.GetProperty("notes")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("Vĩ độ và kinh độ bị đảo: ý bạn có phải là 21.9, 106.7?", swapped.GetProperty("title").GetString());
    }

    private async Task<IDocument> Page(string url, HttpClient? browser = null)
    {
        browser ??= await server.Browser();
        var answer = await browser.GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await BrowsingContext.New().OpenAsync(r => r.Content(answer.Content.ReadAsStringAsync().Result));
    }

    private static Polygon Box(double west, double south, double east, double north) => (Polygon)Boundaries.Shapes.ToGeometry(new Envelope(west, east, south, north));
}
