using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Tests.Server.Support;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

/// <summary>Required languages of an output and what may stand in for them. Lệ Thanh's LED wall carries Vietnamese, Khmer and Jarai.</summary>
public sealed class OutputLanguagesTests
{
    [Fact]
    public async Task What_the_form_says_is_kept_and_stands_there_again()
    {
        await using var fleet = await Start();
        var (administrator, url) = (await fleet.Administrator(), Url(fleet));

        using var saved = await Post(administrator, url, ("Form.RequiredLanguages[0]", "vi"), ("Form.RequiredLanguages[1]", "km"), ("Form.Fallbacks[0].Language", "jra"), ("Form.Fallbacks[0].Instead", "vi"), ("Form.Fallbacks[1].Language", "jra"), ("Form.Fallbacks[1].Instead", "km"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var output = Led(fleet);
        Assert.Equal(["vi", "km"], output.RequiredLanguages);
        Assert.Equal([new("jra", "vi"), new("jra", "km")], output.Fallbacks);
        var page = new HtmlParser().ParseDocument(await administrator.GetStringAsync(url));
        Assert.Equal(["vi", "km", "", ""], Selects(page, "Form.RequiredLanguages"));
        Assert.Equal(["jra", "vi", "jra", "km", "", ""], Selects(page, "Form.Fallbacks"));
    }

    [Fact]
    public async Task The_place_suggests_what_to_require_and_lets_Vietnamese_stand_in_for_local_languages()
    {
        await using var fleet = await Start();
        var (administrator, url) = (await fleet.Administrator(), Url(fleet));

        using var answer = await Post(administrator, url, ("Form.Action", "suggest"));

        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Contains("Tiếng Gia Rai (Jrai) có thể phát bằng Tiếng Việt", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["vi", "km", "", ""], Selects(page, "Form.RequiredLanguages"));
        Assert.Equal(["jra", "vi", "", ""], Selects(page, "Form.Fallbacks"));
        Assert.Empty(Led(fleet).RequiredLanguages);
    }

    [Theory]
    [InlineData("fleet.output-required", "Form.RequiredLanguages[0]=en")]
    [InlineData("fleet.fallback-missing", "Form.Fallbacks[0].Language=jra")]
    [InlineData("fleet.fallback-foreign", "Form.Fallbacks[0].Language=bdq", "Form.Fallbacks[0].Instead=vi")]
    [InlineData("fleet.fallback-itself", "Form.Fallbacks[0].Language=jra", "Form.Fallbacks[0].Instead=jra")]
    public async Task What_cannot_be_is_refused_with_a_proposal_and_stays_as_typed(string code, params string[] fields)
    {
        await using var fleet = await Start();
        var (administrator, url) = (await fleet.Administrator(), Url(fleet));

        using var answer = await Post(administrator, url, [.. fields.Select(f => f.Split('=')).Select(f => (f[0], f[1]))]);

        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotEqual(code, page.QuerySelector(".alert-danger")!.TextContent.Trim());
        Assert.All(fields.Select(f => f.Split('=')), f => Assert.Equal(f[1], ((IHtmlSelectElement)page.QuerySelector($"[name='{f[0]}']")!).Value));
        Assert.NotEmpty(page.QuerySelectorAll("select.is-invalid"));
        Assert.Empty(Led(fleet).Fallbacks);
    }

    [Fact]
    public async Task The_api_takes_and_gives_them_and_an_output_sent_without_them_has_none()
    {
        await using var fleet = await Start();
        var administrator = await fleet.Administrator();
        var (cluster, led) = (fleet.Clusters.BySite(GiaLai)!.Id, Led(fleet));

        using var saved = await administrator.PostAsync($"/api/v1/clusters/{cluster}/outputs", Body(new { output = led with { RequiredLanguages = ["vi"], Fallbacks = [new LanguageFallback("jra", "vi")] }, isNew = false }));
        var read = await Json(await administrator.GetAsync($"/api/v1/clusters/{cluster}"));
        using var old = await administrator.PostAsync($"/api/v1/clusters/{cluster}/outputs", Body(new { output = new { id = "LED-1", name = "Bảng LED", kind = "LedRegion", screen = 1, x = 0, y = 0, widthPx = 384, heightPx = 192, languages = new[] { "vi" }, volumePercent = 80, quietHours = Array.Empty<object>() }, isNew = false }));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (saved.StatusCode, old.StatusCode));
        var given = read.GetProperty("outputs").EnumerateArray().Single(o => o.GetProperty("id").GetString() == "LED-1");
        Assert.Equal(("vi", "jra"), (given.GetProperty("requiredLanguages")[0].GetString(), given.GetProperty("fallbacks")[0].GetProperty("language").GetString()));
        Assert.Empty(Led(fleet).RequiredLanguages);
    }

    [Theory]
    [InlineData("vi km jra", "", "", "vi km jra", "")]
    [InlineData("vi km", "", "", "vi km", "jra")]
    [InlineData("vi km", "", "jra>vi", "vi km", "")]
    [InlineData("km", "", "jra>vi jra>km", "km", "vi")]
    [InlineData("km", "", "vi>en jra>km", "km", "vi")]
    [InlineData("vi", "vi", "", "vi", "")]
    [InlineData("jra", "vi", "", "jra", "vi")]
    [InlineData("en", "vi", "vi>en", "en", "")]
    public void An_output_shows_what_is_there_or_stands_in_and_lacks_what_is_required(string has, string required, string fallbacks, string shown, string lacking)
    {
        var output = new ClusterOutput(new("LED-1"), "Bảng LED", OutputKind.LedRegion, 1, 0, 0, 384, 192, ["vi", "km", "jra"], 80, []) { RequiredLanguages = required.Split(' ', StringSplitOptions.RemoveEmptyEntries), Fallbacks = LanguageRules.Fallbacks(fallbacks) };
        var item = has.Split(' ').ToHashSet();

        Assert.Equal((shown, lacking), (string.Join(' ', output.Shown(item)), string.Join(' ', output.Lacking(item))));
        Assert.Equal(fallbacks, OutputLanguages.Text(output.Fallbacks));
    }

    private static string Url(FleetUnderTest fleet) => $"/cum/{fleet.Clusters.BySite(GiaLai)!.Id}/dau-ra/LED-1";

    private static ClusterOutput Led(FleetUnderTest fleet) => fleet.Clusters.BySite(GiaLai)!.Outputs.Single(o => o.Id.Value == "LED-1");

    private static string[] Selects(AngleSharp.Dom.IDocument page, string name) => [.. page.QuerySelectorAll($"select[name^='{name}']").OfType<IHtmlSelectElement>().Select(s => s.Value ?? "")];

    private static Task<HttpResponseMessage> Post(HttpClient administrator, string url, params (string Name, string Value)[] fields)
    {
        (string, string)[] always =
        [
            ("_handler", "output"), ("Form.Id", "LED-1"), ("Form.Name", "Bảng LED"), ("Form.Kind", "LedRegion"), ("Form.Screen", "1"), ("Form.WidthPx", "384"), ("Form.HeightPx", "192"), ("Form.X", "0"), ("Form.Y", "0"),
            ("Form.Languages[0]", "vi"), ("Form.Languages[1]", "km"), ("Form.Languages[2]", "jra"), ("Form.Languages[3]", ""), ("Form.VolumePercent", "80"),
        ];
        return administrator.PostForm(url, always.Concat(fields).Select(f => new KeyValuePair<string, string>(f.Item1, f.Item2)), url);
    }
}
