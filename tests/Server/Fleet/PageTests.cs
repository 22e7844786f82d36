using System.Net;
using System.Text.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Health;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet;
using BorderInfo.Server.Fleet.Pages;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static BorderInfo.Tests.Server.Fleet.FleetUnderTest;

namespace BorderInfo.Tests.Server.Fleet;

public sealed class PageTests
{
    [Fact]
    public async Task The_list_shows_each_cluster_with_its_standing_in_words()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        var browser = await fleet.Browser(Roles.Monitor);

        var page = await browser.GetStringAsync("/cum");
        var wrong = await browser.GetStringAsync("/cum?trang-thai=NotEnrolled&q=le+thanh");

        Assert.Contains("Cửa khẩu quốc tế Hữu Nghị", page);
        Assert.Contains("Hoạt động tốt", page);
        Assert.Contains("Cụm pa nô cửa khẩu Tà Lùng", page);
        Assert.Contains("Lệ Thanh", wrong);
        Assert.DoesNotContain("Hữu Nghị", wrong);
    }

    [Fact]
    public async Task The_site_page_tells_cause_check_and_remedy()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.Health(LangSon, 1, new Finding("plan-refused", fleet.Clock.GetUtcNow(), Detail: "seal.unknown-key"));

        var page = new HtmlParser().ParseDocument(await (await fleet.Administrator()).GetStringAsync("/diem/LS-0001")).Body!.TextContent;

        Assert.Contains("C-02 Điểm từ chối kế hoạch phát", page);
        Assert.Contains("ghép nối lại điểm", page);
        Assert.Contains("seal.unknown-key", page);
    }

    [Fact]
    public async Task The_site_page_names_the_device_off_its_plan_and_what_differs()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        foreach (var seq in new[] { 1, 2 })
            await fleet.Hear(LangSon, "health", new HealthReport { Boot = 1, Seq = fleet.Clock.GetUtcNow().UtcTicks + seq, At = fleet.Clock.GetUtcNow(), Outputs = [new OutputHealth { Output = OutputId.Parse("LCD-1"), PlayerAlive = true, Wanted = new ItemId(7), Shown = new ItemId(8) }] }, ContractJson.Wire.HealthReport);

        var page = new HtmlParser().ParseDocument(await (await fleet.Administrator()).GetStringAsync("/diem/LS-0001")).Body!.TextContent;

        Assert.Contains("(LCD-1) không đúng kế hoạch: theo kế hoạch là T-7; thực tế là T-8.", page);
    }

    [Fact]
    public async Task A_site_without_link_claims_nothing_about_now()
    {
        await using var fleet = await Start();
        await fleet.Online(LangSon);
        await fleet.State(LangSon, Presence.Lost, boot: 1, birth: 1);

        var page = new HtmlParser().ParseDocument(await (await fleet.Administrator()).GetStringAsync("/diem/LS-0001")).Body!.TextContent;

        Assert.DoesNotContain("đúng kế hoạch", page);
        Assert.Matches(@"T-7 \(Tiếng Việt\) · lúc \d\d:\d\d, từ đó chưa rõ", page);
        Assert.Matches(@"0 · lúc \d\d:\d\d, từ đó chưa rõ", page);
    }

    [Theory]
    [InlineData(true, 3, 3, false, true, "vi", "AsPlanned")]
    [InlineData(true, 2, 3, false, true, "vi", "Changing")]
    [InlineData(true, 3, 3, false, true, "en", "Changing")]
    [InlineData(true, 3, 3, false, false, "vi", "Changing")]
    [InlineData(true, 3, 3, true, false, "vi", "Off")]
    [InlineData(false, 3, 3, false, true, "vi", "Unknown")]
    public void As_planned_is_said_only_when_plan_number_item_and_language_agree(bool online, long onAir, long newest, bool astray, bool asPlanned, string language, string said)
    {
        var shown = new OutputHealth { Output = OutputId.Parse("LCD-1"), PlayerAlive = true, AsPlanned = asPlanned, Shown = new ItemId(7), Language = language };
        var planned = new PlannedNow(shown.Output, new ItemId(7), "Tin", "vi", null, "Program");

        Assert.Equal(said, OutputAgreement.Of(online, onAir, newest, astray, shown, planned).ToString());
    }

    [Fact]
    public async Task A_code_is_made_on_the_page_and_works_and_is_shown_once()
    {
        await using var fleet = await Start();
        var administrator = await fleet.Administrator();

        var shown = new HtmlParser().ParseDocument(await (await Submit(administrator, "/diem/LS-0001/ghep-noi", [])).Content.ReadAsStringAsync());
        var code = shown.GetElementById("enrol-code")!.TextContent;
        var enrolled = await fleet.Enrol(LangSon, code);

        Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$", code);
        Assert.Contains($"--site LS-0001 --code {code}", shown.GetElementById("enrol-command")!.TextContent);
        Assert.Equal(64, shown.GetElementById("enrol-fingerprint")!.TextContent.Length);
        Assert.NotNull(shown.QuerySelector(".fleet-qr svg"));
        Assert.Equal(HttpStatusCode.OK, enrolled.StatusCode);
        Assert.DoesNotContain(code, await administrator.GetStringAsync("/diem/LS-0001/ghep-noi"));
    }

    [Fact]
    public async Task A_refused_cluster_form_keeps_what_was_typed()
    {
        await using var fleet = await Start();

        var answer = await Submit(await fleet.Administrator(), "/cum/moi", new() { ["Form.Name"] = "Cụm thử", ["Form.Kind"] = "gate", ["Form.Lat"] = "106.7", ["Form.Lon"] = "21.9", ["Form.ProvinceCode"] = "20", ["Form.CommuneCode"] = "06184", ["Form.Action"] = "save" });

        var page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("vĩ độ 6–24", page.QuerySelector(".alert-danger")!.TextContent);
        Assert.Equal("Cụm thử", page.QuerySelector("[name='Form.Name']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_cluster_gets_its_outputs_and_its_site_by_the_forms()
    {
        await using var fleet = await Start();
        var administrator = await fleet.Administrator();

        var made = await Submit(administrator, "/cum/moi", new() { ["Form.Name"] = "Cụm thử", ["Form.Kind"] = "gate", ["Form.Lat"] = "21,97", ["Form.Lon"] = "106.7", ["Form.ProvinceCode"] = "20", ["Form.CommuneCode"] = "06184", ["Form.Tags"] = "một, hai ba", ["Form.Action"] = "save" });
        var cluster = fleet.Clusters.All.Single(c => c.Name == "Cụm thử");
        var output = await Submit(administrator, $"/cum/{cluster.Id}/dau-ra/moi", new() { ["Form.Id"] = "loa-1", ["Form.Name"] = "Loa", ["Form.Kind"] = "Speaker", ["Form.Screen"] = "1", ["Form.Languages[0]"] = "vi", ["Form.Languages[1]"] = "km", ["Form.Languages[2]"] = "", ["Form.VolumePercent"] = "60", ["Form.QuietHours"] = "21:00-05:00", ["Form.X"] = "0", ["Form.Y"] = "0", ["Form.WidthPx"] = "0", ["Form.HeightPx"] = "0" });
        var opened = await Submit(administrator, $"/cum/{cluster.Id}", new() { ["site"] = "ls-0002" }, $"/cum/{cluster.Id}/diem");

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Redirect], new[] { made, output, opened }.Select(a => a.StatusCode));
        Assert.Equal("/diem/LS-0002", opened.Headers.Location!.ToString());
        cluster = fleet.Clusters.ById(cluster.Id)!;
        Assert.Equal((21.97, "LS-0002", "LOA-1"), (cluster.Lat, cluster.Site?.Value, cluster.Outputs.Single().Id.Value));
        Assert.Equal(["một", "hai ba"], cluster.Tags);
        Assert.Equal(["vi", "km"], cluster.RequiredLanguages);
    }

    [Fact]
    public async Task A_printed_panel_shows_who_looked_at_it_last()
    {
        await using var fleet = await Start();
        var monitor = await fleet.Browser(Roles.Monitor);
        var cluster = fleet.Clusters.All.Single(c => c.Kind == ClusterKinds.Printed);
        var panel = await fleet.WithDb(db => db.Set<PanelRow>().OrderBy(p => p.Id).FirstAsync());

        await Submit(monitor, $"/cum/{cluster.Id}", new() { ["panel"] = panel.Id.ToString(), ["day"] = "2026-11-20", ["condition"] = "Faded", ["note"] = "Bạc góc trái" }, $"/cum/{cluster.Id}/kiem-tra");

        var page = new HtmlParser().ParseDocument(await monitor.GetStringAsync($"/cum/{cluster.Id}")).Body!.TextContent;
        Assert.Contains("20/11/2026 · Bạc màu · Người dùng thử 1", page);
        Assert.Contains("Bạc góc trái", page);
    }

    [Fact]
    public async Task Every_finding_has_name_cause_check_and_remedy_in_both_languages()
    {
        await using var fleet = await Start();
        var texts = fleet.Services.GetRequiredService<Texts>();

        var missing = from kind in Findings.All from part in new[] { "name", "cause", "check", "remedy" } from language in Texts.Languages
                      let key = $"finding.{kind.Code}.{part}" where !texts.All(language).ContainsKey(key) select $"{language} {key}";

        Assert.Empty(missing);
    }

    /// <summary>Opens the page, takes its antiforgery token and hidden fields, and sends its form as a browser does.</summary>
    private static async Task<HttpResponseMessage> Submit(HttpClient browser, string page, Dictionary<string, string> fields, string? action = null)
    {
        browser.DefaultRequestHeaders.Remove("X-BorderInfo");
        var answer = await browser.GetAsync(page);
        var document = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        var form = document.QuerySelectorAll("main form[method=post]").First(f => action is null || f.GetAttribute("action") == action);
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]"))
            fields.TryAdd(hidden.GetAttribute("name")!, hidden.GetAttribute("value") ?? "");
        return await browser.PostAsync(action ?? page, new FormUrlEncodedContent(fields));
    }
}
