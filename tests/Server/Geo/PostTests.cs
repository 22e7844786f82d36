using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BorderInfo.Server.Geo;
using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity;
using BorderInfo.Server.Identity.Public;
using Microsoft.EntityFrameworkCore;
using BorderInfo.Server.Platform.Database;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Geo;

/// <summary>Posts of the border guard. The ones here are samples: names and positions are made up for the test.</summary>
public sealed class PostTests : IDisposable
{
    private const string Names = "id,name,name_en,commune,sector,lat,lon,source";
    private const string Good = Names + "\nMAU-1,Đồn Biên phòng Mẫu Một,Sample Post One,06184,LS-CN-1,21.96,106.70,Nguồn mẫu\nMAU-2,Đồn Biên phòng Mẫu Hai,,06172,,,,Nguồn mẫu\n";

    private readonly GeoUnderTest geo = new();

    [Fact]
    public async Task A_list_is_checked_then_comes_in_as_one_change_and_stands_in_the_catalogue()
    {
        var browser = await geo.Browser();

        var check = await Checked(browser, Good);
        var before = geo.Geo.Posts.Count;
        var import = await browser.PostAsJsonAsync("/api/v1/geo/posts/import", new { csv = Good, checksum = check.GetProperty("checksum").GetString() });
        var page = await browser.GetStringAsync("/dia-ban?kind=posts");

        Assert.Equal(["New", "New"], What(check));
        Assert.Equal((0, HttpStatusCode.OK), (before, import.StatusCode));
        Assert.Contains("Đồn Biên phòng Mẫu Một", page, StringComparison.Ordinal);
        Assert.Contains("21.96, 106.7", page, StringComparison.Ordinal);
        Assert.Equal(["Same", "Same"], What(await Checked(browser, Good)));
        Assert.Equal(1, await Deeds("post.import"));
    }

    [Fact]
    public async Task A_list_as_a_Vietnamese_spreadsheet_writes_it_means_the_same()
    {
        var browser = await geo.Browser();
        var list = Good.Replace(',', ';').Replace("21.96;106.70", "21,96;106,70", StringComparison.Ordinal);

        var check = await Checked(browser, list);
        await browser.PostAsJsonAsync("/api/v1/geo/posts/import", new { csv = list, checksum = check.GetProperty("checksum").GetString() });

        Assert.Equal(["New", "New"], What(check));
        Assert.Equal(["Same", "Same"], What(await Checked(browser, Good)));
    }

    [Theory]
    [InlineData("MAU-1,,,06184,,,,Nguồn", "geo.name-missing")]
    [InlineData("MAU-1,Đồn,,99999,,,,Nguồn", "geo.commune-unknown")]
    [InlineData("MAU-1,Đồn,,06184,GL-KH-1,,,Nguồn", "geo.post-sector")]
    [InlineData("MAU-1,Đồn,,06184,,,,", "geo.post-source")]
    [InlineData("MAU-1,Đồn,,06184,,21.9,,Nguồn", "geo.post-position")]
    [InlineData("MAU-1,Đồn,,06184,,hai mốt,106.7,Nguồn", "geo.post-position")]
    [InlineData("MAU-1,Đồn,,06184,,106.7,21.9,Nguồn", "geo.position-swapped")]
    [InlineData("mau 1,Đồn,,06184,,,,Nguồn", "geo.post-id")]
    [InlineData("MAU-2,Đồn,,06184,,,,Nguồn", "geo.post-twice")]
    [InlineData(" MAU-2,Đồn,,06184,,,,Nguồn", "geo.post-twice")]
    [InlineData("MAU-1,Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn Đồn,,06184,,,,Nguồn", "geo.post-too-long")]
    public async Task One_wrong_line_keeps_the_whole_list_out(string line, string why)
    {
        var browser = await geo.Browser();
        var csv = $"{Names}\nMAU-2,Đồn Biên phòng Mẫu Hai,,06172,,,,Nguồn mẫu\n{line}\n";

        var check = await Checked(browser, csv);
        var import = await browser.PostAsJsonAsync("/api/v1/geo/posts/import", new { csv, checksum = check.GetProperty("checksum").GetString() });

        Assert.Equal(why, check.GetProperty("lines")[1].GetProperty("why").GetProperty("code").GetString());
        Assert.Equal("geo.posts-wrong", (await import.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Empty(geo.Geo.Posts);
    }

    [Theory]
    [InlineData("id,name\nMAU-1,Đồn", "geo.posts-columns")]
    [InlineData("", "geo.posts-unreadable")]
    [InlineData(Names + "\nMAU-1,Đồn", "geo.posts-unreadable")]
    public async Task What_is_no_list_is_refused(string csv, string why)
    {
        var answer = await (await geo.Browser()).PostAsJsonAsync("/api/v1/geo/posts/check", new { csv });

        Assert.Equal(why, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Another_list_than_the_one_checked_stays_out()
    {
        var browser = await geo.Browser();
        var checksum = (await Checked(browser, Good)).GetProperty("checksum").GetString();

        var import = await browser.PostAsJsonAsync("/api/v1/geo/posts/import", new { csv = Good.Replace("21.96", "21.97", StringComparison.Ordinal), checksum });

        Assert.Equal("geo.posts-not-checked", (await import.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Empty(geo.Geo.Posts);
    }

    [Fact]
    public async Task A_place_names_its_nearest_post_and_why_and_the_post_of_the_commune_where_no_position_is_known()
    {
        await Imported();
        var browser = await geo.Browser();

        var near = await browser.GetFromJsonAsync<JsonElement>("/api/v1/geo/place?lat=21.97277&lon=106.70993");
        await Withdrawn("MAU-1");
        var byCommune = geo.Geo.Place(22.00306, 106.68389);

        Assert.Equal("MAU-1", near.GetProperty("placement").GetProperty("nearestPost").GetProperty("id").GetString());
        Assert.Contains("Đồn biên phòng gần nhất: Đồn Biên phòng Mẫu Một, cách 1.7 km.", near.GetProperty("notes").EnumerateArray().Select(n => n.GetProperty("text").GetString()));
        Assert.Equal(byCommune.Commune?.Code == "06172" ? "MAU-2" : null, byCommune.NearestPost?.Id);
        Assert.Null(byCommune.PostDistanceM);
    }

    [Theory]
    [InlineData(Roles.Monitor, "s:LS-CN-1", 1, true)]
    [InlineData(Roles.Monitor, "p:20", 2, true)]
    [InlineData(Roles.Monitor, "s:GL-KH-1", 0, false)]
    [InlineData(Roles.Editor, "p:20", 2, false)]
    public async Task Border_guards_see_the_posts_of_their_area_and_only_they_where(string role, string area, int posts, bool where)
    {
        await Imported();
        var browser = await geo.Browser(role, area);

        var list = await browser.GetFromJsonAsync<JsonElement[]>("/api/v1/geo/posts");
        var page = await browser.GetStringAsync("/dia-ban?kind=posts");
        var place = (await browser.GetFromJsonAsync<JsonElement>("/api/v1/geo/place?lat=21.97277&lon=106.70993")).GetRawText();

        Assert.Equal(posts, list!.Length);
        Assert.Equal(where, list.Any(p => p.GetProperty("lat").ValueKind == JsonValueKind.Number));
        Assert.Equal((posts > 0, where), (page.Contains("Mẫu Một", StringComparison.Ordinal), page.Contains("21.96", StringComparison.Ordinal)));
        Assert.Equal((where, where), (place.Contains("MAU-1", StringComparison.Ordinal), place.Contains("geo.why.post", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Posts_with_a_position_stand_on_the_map_for_those_who_may_see_where()
    {
        await Imported();

        var guard = await (await geo.Browser(Roles.Monitor)).GetStringAsync("/ban-do");
        var editor = await (await geo.Browser(Roles.Editor)).GetStringAsync("/ban-do");

        Assert.Contains("data-name=\"Đồn Biên phòng Mẫu Một\"", WebUtility.HtmlDecode(guard), StringComparison.Ordinal);
        Assert.Contains("data-standing=\"Post\"", guard, StringComparison.Ordinal);
        Assert.DoesNotContain("Mẫu Hai", WebUtility.HtmlDecode(guard), StringComparison.Ordinal);
        Assert.DoesNotContain("Đồn Biên phòng", WebUtility.HtmlDecode(editor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_of_the_whole_country_changes_posts()
    {
        var post = new { name = "Đồn Biên phòng Mẫu", communeCode = "06184", source = "Nguồn mẫu" };

        var province = await (await geo.Browser(Roles.Administrator, "p:20")).PutAsJsonAsync("/api/v1/geo/posts/MAU-9", post);
        var guard = await (await geo.Browser(Roles.Monitor)).PutAsJsonAsync("/api/v1/geo/posts/MAU-9", post);
        var country = await (await geo.Browser()).PutAsJsonAsync("/api/v1/geo/posts/MAU-9", post);

        Assert.Equal("geo.not-allowed", (await province.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, guard.StatusCode);
        Assert.Equal((HttpStatusCode.OK, "20"), (country.StatusCode, geo.Geo.Post("MAU-9")?.ProvinceCode));
        Assert.Equal(1, await Deeds("post.change"));
    }

    public void Dispose() => geo.Dispose();

    private async Task Imported()
    {
        var browser = await geo.Browser();
        var checksum = (await Checked(browser, Good)).GetProperty("checksum").GetString();
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsJsonAsync("/api/v1/geo/posts/import", new { csv = Good, checksum })).StatusCode);
    }

    private async Task Withdrawn(string id)
    {
        var answer = await (await geo.Browser()).PutAsJsonAsync($"/api/v1/geo/posts/{id}", new { name = "Đồn Biên phòng Mẫu Một", communeCode = "06184", source = "Nguồn mẫu", withdrawn = true });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<JsonElement> Checked(HttpClient browser, string csv) => await (await browser.PostAsJsonAsync("/api/v1/geo/posts/check", new { csv })).Content.ReadFromJsonAsync<JsonElement>();

    private static IEnumerable<string?> What(JsonElement report) => report.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("what").GetString());

    private async Task<int> Deeds(string action)
    {
        using var scope = geo.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<BorderInfoDb>().Set<AuditRow>().CountAsync(a => a.Action == action);
    }
}
