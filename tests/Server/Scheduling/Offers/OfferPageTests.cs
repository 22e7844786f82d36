using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Tests.Server.Support;
using static BorderInfo.Tests.Server.Scheduling.Offers.Communes;

namespace BorderInfo.Tests.Server.Scheduling.Offers;

/// <summary>The pages, reminders and routes of offers and meetings as signed-in people and programs meet them.</summary>
public sealed class OfferPageTests : IDisposable
{
    private static readonly AreaScope Commune = new(false, [], [DongDang], []), Other = new(false, [], [TanThanh], []), WholeProvinceScope = new(false, ["20"], [], []);

    private readonly SchedulingWorld world = new();
    private readonly Communes communes;

    public OfferPageTests() => communes = new(world);

    [Fact]
    public async Task The_source_offers_a_draft_the_commune_accepts_it_on_its_page_and_the_source_sees_who_and_when()
    {
        var draft = await communes.Drafted("Bản tin nông nghiệp");
        var source = await world.Server.ClientAs(Roles.Editor, WholeProvinceScope);
        var (commune, person) = await world.Server.UserWithClient([Roles.Editor], Commune);

        var made = await source.PostToPage("/de-nghi-phat", "de-nghi", ("schedule", $"{draft}"), ("answerBy", "2026-11-30T17:00"), ("note", "Nên phát buổi chiều"));
        var home = await commune.GetStringAsync("/");
        var page = await Page(commune, "/de-nghi-phat/1?xa=06184");
        var wrong = await Read(await commune.PostToPage("/de-nghi-phat/1?xa=06184", "nhan-phat", Times("25:00", "17:30")));
        var done = await commune.PostToPage("/de-nghi-phat/1?xa=06184", "nhan-phat", Times("17:00", "17:30"));
        await world.FulfilWishes();
        var seen = await Page(source, "/de-nghi-phat/1");

        Assert.EndsWith("/de-nghi-phat/1", made.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Contains("Bản tin “Bản tin nông nghiệp” được đề nghị phát", home, StringComparison.Ordinal);
        Assert.Contains("Nên phát buổi chiều", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("06:00", page.QuerySelector("input[name=windowFrom]")!.GetAttribute("value"));
        Assert.Single(page.QuerySelectorAll("#tra-loi li"));
        Assert.Contains("25:00", wrong.QuerySelector(".alert-danger")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("25:00", wrong.QuerySelector("input[name=windowFrom]")!.GetAttribute("value"));
        Assert.EndsWith("/de-nghi-phat/1", done.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(new ItemId(1), await communes.OnScreen(SchedulingWorld.HuuNghi, 17, 10));
        var answers = seen.QuerySelectorAll("#tra-loi li").Select(l => l.TextContent).ToArray();
        Assert.Contains(answers, a => a.Contains("Đã nhận phát", StringComparison.Ordinal) && a.Contains($"{person.DisplayName} nhận phát lúc {LocalTime.Text(world.Clock.GetUtcNow())}", StringComparison.Ordinal) && a.Contains("17:00–17:30", StringComparison.Ordinal));
        Assert.Contains(answers, a => a.Contains("Chưa trả lời", StringComparison.Ordinal));
        Assert.Empty(seen.QuerySelectorAll("form input[name=commune]"));
    }

    [Fact]
    public async Task An_item_that_was_withdrawn_meanwhile_is_named_and_said_to_be_withdrawn()
    {
        await communes.Offered();
        world.Items.Withdraw(1);
        var commune = await world.Server.ClientAs(Roles.Editor, Commune);

        var page = await Page(commune, "/de-nghi-phat/1?xa=06184");

        var item = Assert.Single(page.QuerySelectorAll("li"), l => l.TextContent.Contains("T-1", StringComparison.Ordinal));
        Assert.Equal(("Tin mẫu 1", "đã thu hồi"), (item.QuerySelector("strong")!.TextContent, item.QuerySelector(".badge")!.TextContent));
        Assert.Equal("#xa-06184", page.QuerySelector("a.d-xl-none")!.GetAttribute("href"));
    }

    [Fact]
    public async Task The_buttons_decline_take_back_and_withdraw()
    {
        await communes.Offered();
        var (commune, source) = (await world.Server.ClientAs(Roles.Approver, Commune), await world.Server.ClientAs(Roles.Editor, WholeProvinceScope));

        var no = await commune.PostForm("/de-nghi-phat/1/xa/06184/khong-nhan", ("reason", "Trùng lễ hội của xã"));
        var read = await source.GetStringAsync("/de-nghi-phat/1");
        var back = await commune.PostForm("/de-nghi-phat/1/xa/06184/rut-lai");
        var foreign = await commune.PostForm("/de-nghi-phat/1/xa/06187/khong-nhan", ("reason", "Không phải xã mình"));
        var gone = await source.PostForm("/de-nghi-phat/1/thu-hoi", ("reason", "Nội dung thay đổi"));

        Assert.Equal(["+Đã trả lời không nhận.", "+Đã rút lại trả lời.", "+Đã thu hồi đề nghị."], new[] { no, back, gone }.Select(SignedIn.FlashOf));
        Assert.StartsWith("-Không có đề nghị phát này", SignedIn.FlashOf(foreign), StringComparison.Ordinal);
        Assert.Contains("Trùng lễ hội của xã", WebUtility.HtmlDecode(read), StringComparison.Ordinal);
        Assert.Contains("Nguồn đã thu hồi đề nghị", WebUtility.HtmlDecode(await commune.GetStringAsync("/de-nghi-phat/1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commune_sees_the_meeting_as_an_open_decision_and_decides_it_on_the_page()
    {
        await communes.Published(Province, "Ưu tiên của tỉnh", 1, WholeProvince);
        await communes.Published(Editor(DongDang), "Ưu tiên của xã", 2, [new(TargetWidth.Commune, DongDang)]);
        var (commune, source) = (await world.Server.ClientAs(Roles.Editor, Commune), await world.Server.ClientAs(Roles.Editor, WholeProvinceScope));

        var (home, open, shown) = (await commune.GetStringAsync("/"), await Page(commune, "/de-nghi-phat"), await Page(source, "/de-nghi-phat"));
        var done = await commune.PostForm("/de-nghi-phat/gap-nhau", ("commune", DongDang), ("source", "1"), ("own", "2"), ("first", "Own"), ("note", "Họp dân"));
        await world.FulfilWishes();
        var after = await Page(source, "/de-nghi-phat");

        Assert.Contains("chưa quyết định thứ tự", WebUtility.HtmlDecode(home), StringComparison.Ordinal);
        Assert.Contains("Chưa quyết định: nguồn phát trước", open.QuerySelector("#gap-nhau")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Own", "Source"], open.QuerySelectorAll("#gap-nhau button").Select(b => b.GetAttribute("value")));
        Assert.Empty(shown.QuerySelectorAll("#gap-nhau button"));
        Assert.StartsWith("+Đã ghi quyết định", SignedIn.FlashOf(done), StringComparison.Ordinal);
        Assert.Equal(new ItemId(2), await communes.OnScreen(SchedulingWorld.HuuNghi, 6, 10));
        Assert.Contains("Họp dân", after.QuerySelector("#gap-nhau")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_offers_lists_accepts_takes_back_and_decides_and_shows_a_commune_only_itself()
    {
        var draft = await communes.Drafted();
        var (source, commune, other) = ((await world.Server.ClientAs(Roles.Editor, WholeProvinceScope)).AsScript(), (await world.Server.ClientAs(Roles.Editor, Commune)).AsScript(), (await world.Server.ClientAs(Roles.Editor, Other)).AsScript());

        var made = await Json(await source.PostAsJsonAsync("/api/v1/offers", new { schedule = draft, answerBy = "2026-11-30T17:00:00+07:00", note = "" }));
        var times = new { from = "2026-11-24", windows = new[] { new { from = "17:00", to = "17:30" } } };
        var foreign = await other.PostAsJsonAsync("/api/v1/offers/1/communes/06184/accept", times);
        var yes = await Json(await commune.PostAsJsonAsync("/api/v1/offers/1/communes/06184/accept", times));
        var listed = await source.GetFromJsonAsync<JsonElement>("/api/v1/offers");
        var back = await Json(await commune.PostAsync("/api/v1/offers/1/communes/06184/take-back", null));
        var no = await Json(await other.PostAsJsonAsync("/api/v1/offers/1/communes/06187/decline", new { reason = "Trùng lễ hội" }));
        var gone = await Json(await source.PostAsJsonAsync("/api/v1/offers/1/withdraw", new { reason = "Nội dung thay đổi" }));

        Assert.Equal(("DN-1", "Open", 2), (made.GetProperty("code").GetString(), made.GetProperty("state").GetString(), made.GetProperty("communes").GetArrayLength()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
        Assert.Equal(["Accepted"], States(yes));
        Assert.Equal(["Accepted", "Waiting"], States(listed[0]));
        Assert.Equal(["Waiting"], States(back));
        Assert.Equal(["Declined"], States(no));
        Assert.Equal(["Unanswered", "Declined"], States(gone));
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.Server.ClientAs(Roles.Editor, new AreaScope(false, ["52"], [], []))).GetAsync("/api/v1/offers/1")).StatusCode);
    }

    [Fact]
    public async Task The_api_lists_meetings_and_takes_the_communes_word()
    {
        await communes.Published(Province, "Ưu tiên của tỉnh", 1, WholeProvince);
        await communes.Published(Editor(DongDang), "Ưu tiên của xã", 2, [new(TargetWidth.Commune, DongDang)]);
        var (source, commune) = ((await world.Server.ClientAs(Roles.Editor, WholeProvinceScope)).AsScript(), (await world.Server.ClientAs(Roles.Editor, Commune)).AsScript());

        var refused = await source.PostAsJsonAsync("/api/v1/priority-meetings", new { commune = DongDang, source = 1, own = 2, first = "Own" });
        var decided = await Json(await commune.PostAsJsonAsync("/api/v1/priority-meetings", new { commune = DongDang, source = 1, own = 2, first = "Own" }));
        var listed = await source.GetFromJsonAsync<JsonElement>("/api/v1/priority-meetings");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("Own", decided.GetProperty("first").GetString());
        Assert.Equal(("Own", "2026-11-23", "Cụm mẫu 1"), (listed[0].GetProperty("first").GetString(), listed[0].GetProperty("firstDay").GetString(), listed[0].GetProperty("clusters")[0].GetString()));
    }

    private static (string, string)[] Times(string from, string to) =>
        [("commune", DongDang), ("from", "2026-11-24"), ("to", ""), ("weekday", "127"), ("windowFrom", from), ("windowTo", to), ("everyMinutes", "")];

    private static IEnumerable<string?> States(JsonElement offer) => offer.GetProperty("communes").EnumerateArray().Select(c => c.GetProperty("state").GetString());

    private static async Task<JsonElement> Json(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Page(HttpClient client, string url) => new HtmlParser().ParseDocument(await client.GetStringAsync(url));

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Read(HttpResponseMessage answer) => new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());

    public void Dispose() => world.Dispose();
}
