using System.Net.Http.Json;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BorderInfo.Contract;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Tests.Server.Content;
using BorderInfo.Tests.Server.Support;
using Microsoft.Extensions.DependencyInjection;

namespace BorderInfo.Tests.Server.Approval;

/// <summary>An item spoken in Vietnamese alone, at a cluster whose loudspeaker needs Chinese as well, as editor and approver meet it.</summary>
public sealed class WhereItWillNotPlayTests : IAsyncLifetime
{
    private const string Lack = "Loa cổng (Cụm thử): thiếu lời nói tiếng Trung (giản thể)";

    private static readonly ClusterOutput Horn = new(new("LOA-1"), "Loa cổng", OutputKind.Speaker, 1, 0, 0, 0, 0, ["vi", "zh-Hans"], 80, []);
    private static readonly ClusterOutput Left = new(new("LED-1"), "LED trái", OutputKind.LedRegion, 1, 0, 0, 320, 160, ["vi", "zh-Hans"], 0, []);
    private static readonly ClusterOutput Right = new(new("LED-2"), "LED phải", OutputKind.LedRegion, 1, 0, 0, 320, 160, ["vi", "zh-Hans"], 0, []);

    private readonly Newsroom room = new(s => s.AddSingleton<IClusters>(new Newsroom.OneCluster(Left, Right, Horn)));
    private HttpClient editor = null!;
    private string item = "";

    public async Task InitializeAsync()
    {
        editor = await room.As(Roles.Editor);
        item = await room.NewItem(editor, ("vi", "Chào mừng quý khách đến cửa khẩu."), ("zh-Hans", "欢迎来到口岸"));
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/renditions/vi/speech", null));
    }

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact]
    public async Task The_matrix_says_in_words_what_is_missing_for_what()
    {
        var page = await Page(editor, $"/noi-dung/{item}");

        var cells = page.QuerySelectorAll("#ngon-ngu-cum tbody td").Select(c => c.TextContent.Trim()).ToArray();
        Assert.Equal(["Cụm thử", "", "thiếu lời nói tiếng Trung (giản thể) cho loa"], cells);
        Assert.Contains(Lack, page.QuerySelector("#khong-phat")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submitting_says_where_it_will_not_play_and_why()
    {
        await editor.PostForm($"/noi-dung/{item}/trinh-duyet", [], $"/noi-dung/{item}");

        var page = await Page(editor, $"/noi-dung/{item}");

        Assert.Contains($"Đã trình duyệt. Tin, bài sẽ không phát tại: {Lack}.", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_approver_sees_it_and_the_matrix_before_deciding()
    {
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/submit", null));

        var page = await Page(await room.As(Roles.Approver), $"/duyet/{item}/1");

        Assert.Contains(Lack, page.QuerySelector("#khong-phat")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("thiếu lời nói tiếng Trung (giản thể) cho loa", page.QuerySelector("#ngon-ngu-cum")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_plays_everywhere_says_nothing()
    {
        await Newsroom.Good(await editor.PostAsync($"/api/v1/items/{item}/renditions/zh-Hans/speech", null));

        var page = await Page(editor, $"/noi-dung/{item}");

        Assert.Null(page.QuerySelector("#khong-phat"));
        Assert.DoesNotContain("thiếu", page.QuerySelector("#ngon-ngu-cum")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_preview_calls_outputs_by_name_and_a_file_keeps_the_name_it_was_given()
    {
        Assert.Null(await room.Upload(editor, item, await Media.Picture(room.Folder, size: "64x64"), name: "Ảnh cổng chào.png"));
        await room.Ready(editor, item);

        var page = await Page(editor, $"/noi-dung/{item}");

        Assert.Contains("(LED trái, LED phải)", page.QuerySelector("#xem-truoc")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ảnh cổng chào.png", page.QuerySelector("#tep")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<IHtmlDocument> Page(HttpClient browser, string url) => new HtmlParser().ParseDocument(await browser.GetStringAsync(url));
}
