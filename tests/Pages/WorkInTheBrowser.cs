using Microsoft.Playwright;

namespace BorderInfo.Tests.Pages;

/// <summary>The doings that live in the browser: signing in, sending a file with progress, moving a schedule with the mouse.</summary>
[Collection(nameof(RunningServer))]
public sealed class WorkInTheBrowser(RunningServer server)
{
    [Fact]
    public async Task A_wrong_password_is_told_and_the_right_one_opens_the_page_that_was_asked_for()
    {
        var page = await server.PageOf(null, "vi", 390);
        await page.GotoAsync("/noi-dung");
        await SignIn(page, "sai mật khẩu rồi");
        var refused = await page.InnerTextAsync(".alert");

        await SignIn(page, RunningServer.Password);

        Assert.Contains("không đúng", refused, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Tin, bài");
        await page.ClickAsync(".bi-user summary");
        await page.ClickAsync("form[action='/dang-xuat'] button");
        await page.GotoAsync("/noi-dung");
        Assert.Contains("/dang-nhap", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_picture_sent_from_the_composer_is_listed_and_what_was_typed_meanwhile_stays()
    {
        var page = await server.PageOf("bientap", "vi", 1280);
        await page.GotoAsync("/noi-dung/moi");
        var picture = await page.ScreenshotAsync();
        await page.FillAsync("#title", "Thử tải ảnh");
        await page.SelectOptionAsync("#theme", new SelectOptionValue { Index = 1 });
        await page.FillAsync("#text-vi", "Nội dung thử.");
        await page.ClickAsync("[data-editor] .card-footer button");
        await page.WaitForURLAsync("**/noi-dung/T-*");

        await page.FillAsync("#text-vi", "Nội dung chưa lưu.");
        await page.SetInputFilesAsync("#tep-chon", new FilePayload { Name = "ảnh thử.png", MimeType = "image/png", Buffer = picture });
        await page.ClickAsync("[data-upload-form] button");

        await Assertions.Expect(page.Locator("#tep form[action$='/bo-ban']")).ToHaveCountAsync(1, new() { Timeout = 60_000 });
        Assert.Equal("Nội dung chưa lưu.", await page.InputValueAsync("#text-vi"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_refused_with_a_sentence()
    {
        var page = await server.PageOf("bientap", "vi", 1280);
        await page.GotoAsync("/noi-dung/moi");
        await page.FillAsync("#title", "Thử tệp sai");
        await page.SelectOptionAsync("#theme", new SelectOptionValue { Index = 1 });
        await page.ClickAsync("[data-editor] .card-footer button");
        await page.WaitForURLAsync("**/noi-dung/T-*");

        await page.SetInputFilesAsync("#tep-chon", new FilePayload { Name = "giả.png", MimeType = "image/png", Buffer = "not a picture at all"u8.ToArray() });
        await page.ClickAsync("[data-upload-form] button");

        var said = page.Locator("#tep [data-said]:not(:empty), #tep .text-danger");
        await Assertions.Expect(said.First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.DoesNotContain("content.", await said.First.InnerTextAsync(), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_schedule_dragged_in_the_calendar_is_moved_and_can_be_taken_back()
    {
        var page = await server.PageOf("bientap", "vi", 1280);
        await page.GotoAsync("/lich");
        var block = page.Locator(".fc-timegrid-event").First;
        await SampleSchedulesAreThere(page);
        await block.ScrollIntoViewIfNeededAsync();
        var box = (await block.BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + 15, box.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 15, box.Y + 40, new() { Steps = 8 });
        await page.Mouse.UpAsync();

        var note = page.Locator("#lich-note");
        await Assertions.Expect(note).ToContainTextAsync("Đã dời");
        await note.Locator("button").ClickAsync();
        await Assertions.Expect(note.Locator("button")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>The sample schedules follow a little after the start, when their items are ready.</summary>
    private static async Task SampleSchedulesAreThere(IPage page)
    {
        var until = DateTime.UtcNow.AddMinutes(2);
        while (await page.Locator(".table a[href^='/lich/']").CountAsync() == 0 && DateTime.UtcNow < until)
        {
            await Task.Delay(1000);
            await page.ReloadAsync();
        }

        await page.Locator(".fc-timegrid-event").First.WaitForAsync();
    }

    private static async Task SignIn(IPage page, string password)
    {
        await page.FillAsync("#user-name", "duyet");
        await page.FillAsync("#password", password);
        await page.ClickAsync("main form button.btn-primary");
    }
}
