using Microsoft.Playwright;

namespace BorderInfo.Tests.Pages;

/// <summary>The whole way of an item, from the empty form to its publication, without touching the mouse.</summary>
[Collection(nameof(RunningServer))]
public sealed class ByKeyboard(RunningServer server)
{
    [Fact]
    public async Task An_item_is_written_approved_scheduled_and_published_by_keyboard_alone()
    {
        // Letters that every keyboard has: marks are put in as text, which a list of options does not take.
        const string title = "Ban phim";
        var editor = await server.PageOf("bientap", "vi", 1280);
        await WorkInTheBrowser.SampleSchedulesAreThere(editor);

        await editor.GotoAsync("/noi-dung");
        await Enter(editor, "a[href='/noi-dung/moi']");
        await Type(editor, "#title", title);
        await Reach(editor, "#theme");
        await editor.Keyboard.PressAsync("ArrowDown");
        await Type(editor, "#text-vi", "Xin chào quý khách.");
        await Enter(editor, "[data-editor] .card-footer button");
        await Assertions.Expect(editor).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/noi-dung/T-[^/]*$"));
        var item = editor.Url.Split('/')[^1];
        await Enter(editor, "form[action$='/trinh-duyet'] button");
        await Said(editor);

        var approver = await server.PageOf("duyet", "vi", 1280);
        await approver.GotoAsync("/duyet");
        await Enter(approver, $"a.btn[href='/duyet/{item}/1']");
        await Enter(approver, "form[action$='/dong-y'] button");
        await Said(approver);

        await editor.GotoAsync("/lich/moi");
        await Type(editor, "#name", "Lịch thử bàn phím");
        await Type(editor, "#new-item", title);
        await Enter(editor, "#add-item");
        await Assertions.Expect(editor.Locator("input[name=item]")).ToHaveCountAsync(1);
        await Reach(editor, "#new-target");
        while (!await editor.EvaluateAsync<bool>("() => document.activeElement.selectedOptions[0].text.includes('Hữu Nghị')"))
            await editor.Keyboard.PressAsync("ArrowDown");
        await Enter(editor, "#add-target");
        await Assertions.Expect(editor.Locator("input[name=target]")).ToHaveCountAsync(1);
        await Enter(editor, "button[value=save-publish]");
        await editor.WaitForFunctionAsync("() => location.pathname !== '/lich/moi' || document.querySelector('main .alert-danger')");
        Assert.Empty(await editor.Locator("main .alert-danger").AllInnerTextsAsync());
        await Assertions.Expect(editor).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/phat-hanh/xem-truoc"));
        await Enter(editor, "form[action='/phat-hanh/gui'] button");

        await Assertions.Expect(editor).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/phat-hanh/\d+$"));
        await Assertions.Expect(editor.Locator("main h1")).ToContainTextAsync("Lịch thử bàn phím");
        await editor.Context.CloseAsync();
        await approver.Context.CloseAsync();
    }

    /// <summary>The focused element looks different from itself without the focus; for a moment it is without it, and without transitions.</summary>
    private const string Seen = """
        () => { const e = document.activeElement, look = () => { const s = getComputedStyle(e); return [s.outline, s.boxShadow, s.border, s.background].join("|"); };
                const before = e.style.transition; e.style.transition = "none";
                const focused = look(); e.blur(); const blurred = look(); e.focus();
                e.style.transition = before; return focused !== blurred; }
        """;

    private static async Task Enter(IPage page, string selector)
    {
        await Reach(page, selector);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Into a field, or onto the option of a list that begins so.</summary>
    private static async Task Type(IPage page, string selector, string text)
    {
        await Reach(page, selector);
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>Presses Tab until the element has the focus, which must then be seen: an outline, a ring or a border of its own.</summary>
    private static async Task Reach(IPage page, string selector)
    {
        await page.Locator(selector).First.WaitForAsync();
        for (var presses = 0; presses < 150; presses++)
        {
            if (await page.EvaluateAsync<bool>("(s) => document.activeElement?.matches(s) ?? false", selector))
            {
                Assert.True(await page.EvaluateAsync<bool>(Seen), $"the focus on {selector} of {page.Url} cannot be seen");
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not reach {selector} on {page.Url}");
    }

    private static Task Said(IPage page) => Assertions.Expect(page.Locator("main .alert-success")).ToBeVisibleAsync();
}
