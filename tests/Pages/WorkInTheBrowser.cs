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
        await page.GotoAsync("/noi-dung");
        var picture = await page.ScreenshotAsync();
        await Compose(page, "Thử tải ảnh");

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
        await Compose(page, "Thử tệp sai");

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
        await SampleSchedulesAreThere(page);
        await page.ClickAsync(".fc-timeGridDay-button");
        await page.Locator(".fc-timegrid-event").First.WaitForAsync();
        var block = page.Locator(".fc-timegrid-event").First;
        await block.ScrollIntoViewIfNeededAsync();
        var box = (await block.BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + 15, box.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 15, box.Y + 40, new() { Steps = 8 });
        await page.Mouse.UpAsync();

        var note = page.Locator("#lich-note");
        await Assertions.Expect(note).ToContainTextAsync("Đã dời");
        await Assertions.Expect(note.Locator("a[href^='/phat-hanh/xem-truoc?lich=']")).ToBeVisibleAsync();
        await note.Locator("button").ClickAsync();
        await Assertions.Expect(note.Locator("button")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_code_shown_once_is_copied_by_its_button_with_and_without_the_clipboard_of_the_browser()
    {
        var page = await server.PageOf("admin", "vi", 1280);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GotoAsync("/diem/LS-0001/ghep-noi");
        await page.ClickAsync("main form button.btn-primary");
        var copy = page.Locator("[data-copy]");

        await copy.ClickAsync();

        await Assertions.Expect(copy).ToHaveTextAsync("Đã sao chép");
        Assert.Equal((await page.InnerTextAsync("#enrol-command")).Trim(), await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));

        // Over plain HTTP on a network there is no navigator.clipboard.
        await page.AddInitScriptAsync("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
        await page.GotoAsync("/toi");
        await page.FillAsync("#token-name", "Thử sao chép");
        await page.ClickAsync("form:has(#token-name) button");
        await page.ClickAsync("[data-copy]");
        await Assertions.Expect(page.Locator("[data-copy] [data-label]")).Not.ToHaveTextAsync("Sao chép");
        var shown = await page.InnerTextAsync("#token-made");
        await page.FillAsync("#token-name", "");
        await page.FocusAsync("#token-name");
        await page.Keyboard.PressAsync("Control+V");
        Assert.Equal(shown.Trim(), await page.InputValueAsync("#token-name"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_commune_is_given_to_a_user_by_its_name()
    {
        var page = await server.PageOf("admin", "vi", 390);
        await page.GotoAsync("/nguoi-dung/moi");

        await page.Locator("#communes").PressSequentiallyAsync("dong dang");
        var found = page.Locator("#communes-found option[value*='Lạng Sơn']").First;
        await found.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.FillAsync("#communes", (await found.GetAttributeAsync("value"))!);

        await Assertions.Expect(page.Locator("#communes-chosen label")).ToHaveTextAsync("Xã Đồng Đăng, Lạng Sơn");
        await Assertions.Expect(page.Locator("#communes-chosen input")).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("#communes")).ToHaveValueAsync("");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Pressing_twice_on_a_slow_link_sends_once_and_shows_at_once_that_it_is_being_done()
    {
        var page = await server.PageOf("bientap", "vi", 1280);
        await page.GotoAsync("/noi-dung/moi");
        var sent = 0;
        var let = new TaskCompletionSource();
        await page.RouteAsync("**/noi-dung/moi", async route =>
        {
            sent++;
            await let.Task;
            await route.ContinueAsync();
        });
        await page.FillAsync("#title", "Thử nhấn hai lần");
        await page.SelectOptionAsync("#theme", new SelectOptionValue { Index = 1 });

        var told = await page.EvaluateAsync<bool>("""
            async () => {
              document.querySelector('[data-editor] .card-footer button').click();
              await new Promise((then) => setTimeout(then, 100));
              const seen = !document.getElementById('bi-going').hidden;
              document.querySelector('[data-editor]').requestSubmit();
              return seen;
            }
            """);
        let.SetResult();

        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/noi-dung/T-[^/]*$"));
        Assert.True(told);
        Assert.Equal(1, sent);
        await page.ReloadAsync();
        Assert.Equal(1, sent);
        await Assertions.Expect(page.Locator("#title")).ToHaveValueAsync("Thử nhấn hai lần");
        await page.Context.CloseAsync();
    }

    /// <summary>Makes a draft with one Vietnamese text; the page then shows it.</summary>
    internal static async Task<string> Compose(IPage page, string title)
    {
        await page.GotoAsync("/noi-dung/moi");
        await page.FillAsync("#title", title);
        await page.SelectOptionAsync("#theme", new SelectOptionValue { Index = 1 });
        await page.FillAsync("#text-vi", "Nội dung thử.");
        await page.ClickAsync("[data-editor] .card-footer button");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/noi-dung/T-[^/]*$"));
        return page.Url.Split('/')[^1];
    }

    /// <summary>The sample schedules follow a little after the start, when their items are ready; the calendar is shown then.</summary>
    internal static async Task SampleSchedulesAreThere(IPage page)
    {
        const string Timed = """
            async () => {
              const day = (d) => new Date(Date.now() + d * 86400000).toISOString().slice(0, 10);
              const bars = (await (await fetch(`/lich/su-kien?start=${day(-1)}&end=${day(2)}`)).json()).bars;
              return bars.some((b) => !b.allDay);
            }
            """;
        var until = DateTime.UtcNow.AddMinutes(2);
        while (!await page.EvaluateAsync<bool>(Timed) && DateTime.UtcNow < until)
            await Task.Delay(200);
        await page.GotoAsync("/lich");
        await page.Locator(".fc-event").First.WaitForAsync();
    }

    private static async Task SignIn(IPage page, string password)
    {
        await page.FillAsync("#user-name", "duyet");
        await page.FillAsync("#password", password);
        await page.ClickAsync("main form button.btn-primary");
    }
}
