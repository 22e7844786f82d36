using System.Buffers.Binary;
using System.Diagnostics;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Slides;
using BorderInfo.Server.Content.Transcode;
using Microsoft.Extensions.Logging.Abstractions;

namespace BorderInfo.Tests.Server.Content;

/// <summary>One warm Chromium for all slide tests.</summary>
public sealed class RealBrowser : IAsyncDisposable
{
    public SlideBrowser Browser { get; } = new(NullLogger<SlideBrowser>.Instance);

    public SlideRenderer Renderer { get; }

    public RealBrowser() => Renderer = new(Browser, new FontCoverage(new ChildProcess(NullLogger<ChildProcess>.Instance)));

    public ValueTask DisposeAsync() => Browser.DisposeAsync();
}

public sealed class SlideTests(RealBrowser real) : IClassFixture<RealBrowser>
{
    /// <summary>Where a person may look at what the tests draw; set <c>BORDERINFO_SLIDES</c> to a folder.</summary>
    private static readonly string? Shown = Environment.GetEnvironmentVariable("BORDERINFO_SLIDES");

    public static TheoryData<string, int, int> LanguagesAndSizes()
    {
        var all = new TheoryData<string, int, int>();
        foreach (var language in Samples.ByLanguage.Keys)
        {
            foreach (var (w, h) in new[] { (192, 96), (320, 160), (320, 320), (640, 320), (384, 192), (960, 540) })
                all.Add(language, w, h);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(LanguagesAndSizes))]
    public async Task A_text_becomes_pictures_of_exactly_the_pixels_of_the_output(string language, int width, int height)
    {
        var slide = new Slide(Samples.ByLanguage[language], language, BulletinClass.Normal, 1, Headline: true);

        var pages = (await real.Renderer.Draw(slide, width, height, default)).Value;

        Keep(pages, $"{width}x{height}-{language}");
        Assert.All(pages, p => Assert.Equal((width, height), SizeOf(p.Png)));
        Assert.All(pages, p => Assert.InRange(p.DurationMs, 8_000, 60_000));
        Assert.Equal(Letters(slide.Text.Split('\n', 2)[1]), Letters(string.Concat(pages.Select(p => p.Text))));
    }

    [Theory]
    [InlineData(BulletinClass.Normal)]
    [InlineData(BulletinClass.Priority)]
    [InlineData(BulletinClass.Emergency)]
    public async Task Every_class_has_three_looks_that_differ(BulletinClass @class)
    {
        var drawn = new List<byte[]>();
        foreach (var look in new[] { 1, 2, 3 })
        {
            var pages = (await real.Renderer.Draw(new("Sạt lở trên tuyến đường lên cửa khẩu\nĐề nghị người dân và phương tiện dừng tại chốt, chờ hướng dẫn của Bộ đội Biên phòng.", "vi", @class, look, true), 640, 320, default)).Value;
            Keep(pages, $"look-{@class}-{look}");
            drawn.Add(pages[0].Png);
        }

        Assert.Equal(3, drawn.Select(Convert.ToBase64String).Distinct().Count());
    }

    [Fact]
    public async Task A_long_text_is_cut_at_sentences_into_pages_that_stay_readable()
    {
        var sentence = "Người và phương tiện qua lại cửa khẩu phải xuất trình giấy tờ hợp lệ và chấp hành hướng dẫn. ";
        var text = string.Concat(Enumerable.Repeat(sentence, 8)).Trim();

        var pages = (await real.Renderer.Draw(new(text, "vi", BulletinClass.Normal, 1, false), 320, 160, default)).Value;

        Keep(pages, "long-320x160");
        Assert.InRange(pages.Count, 2, 8);
        Assert.All(pages, p => Assert.EndsWith("hướng dẫn.", p.Text.Trim(), StringComparison.Ordinal));
        Assert.All(pages, p => Assert.True(p.FontPx >= 10, $"{p.FontPx} px"));
        Assert.Equal(Letters(text), Letters(string.Concat(pages.Select(p => p.Text))));
    }

    [Fact]
    public async Task A_sentence_that_no_readable_size_can_show_is_refused_with_what_is_left_over()
    {
        var text = string.Join(' ', Enumerable.Repeat("cửa khẩu quốc tế", 60)) + " hết.";

        var why = (await real.Renderer.Draw(new(text, "vi", BulletinClass.Normal, 1, false), 96, 48, default)).Why;

        Assert.Equal("content.does-not-fit", why?.Code);
        Assert.Equal("96 × 48", why!.With[0]);
        Assert.Contains("cửa khẩu", why.With[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vi", "Xin chào \uE123", "U+E123")]
    [InlineData("vi", "Xin chào ꪀ", "U+AA80")]
    [InlineData("lo", "ຍິນດີ 欢", "U+6B22")]
    [InlineData("en", "Welcome 🎉", "U+1F389")]
    public async Task A_character_that_the_fonts_of_the_language_lack_is_refused_by_name(string language, string text, string code)
    {
        var why = (await real.Renderer.Draw(new(text, language, BulletinClass.Normal, 1, false), 320, 160, default)).Why;

        Assert.Equal("content.glyph-missing", why?.Code);
        Assert.Contains(code, why!.With[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tai_Viet_script_is_drawn_in_its_own_font()
    {
        var outcome = await real.Renderer.Draw(new("ꪁꪫꪱꪣ ꪼꪕ", "blt", BulletinClass.Normal, 1, false), 320, 160, default);

        Assert.Null(outcome.Why);
        Keep(outcome.Value, "blt-320x160");
    }

    [Fact]
    public async Task What_looks_like_markup_is_shown_as_it_was_typed()
    {
        const string Typed = "<img src=x onerror=document.title=1> & <b>đậm</b>";

        var pages = (await real.Renderer.Draw(new(Typed, "vi", BulletinClass.Normal, 1, false), 640, 320, default)).Value;

        Keep(pages, "markup");
        Assert.Equal(Typed, Assert.Single(pages).Text);
    }

    [Fact]
    public async Task A_browser_that_died_is_replaced_without_anybody_noticing()
    {
        var slide = new Slide("Xin chào", "vi", BulletinClass.Normal, 1, false);
        var first = (await real.Renderer.Draw(slide, 320, 160, default)).Value;
        using var browser = Process.GetProcessById(real.Browser.ProcessId!.Value);
        browser.Kill(entireProcessTree: true);
        await browser.WaitForExitAsync();

        var second = (await real.Renderer.Draw(slide, 320, 160, default)).Value;

        Assert.Equal(first[0].Png, second[0].Png);
    }

    internal static (int Width, int Height) SizeOf(byte[] png) => (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));

    private static string Letters(string text) => new([.. text.Where(c => !char.IsWhiteSpace(c))]);

    private static void Keep(IReadOnlyList<SlidePage> pages, string name)
    {
        for (var n = 0; Shown is not null && n < pages.Count; n++)
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Shown).FullName, $"{name}-{n + 1}.png"), pages[n].Png);
    }
}
