using BorderInfo.Server.Content.Public;
using System.Text.Json;
using System.Text.Json.Nodes;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Items;

namespace BorderInfo.Server.Content.Slides;

/// <summary>What a slide looks like but for its size.</summary>
/// <param name="Headline">First line stands above the rest on every page.</param>
/// <param name="Look">1–3.</param>
/// <param name="Below">Of a notice: stands below the text, on one page while that can be.</param>
public sealed record Slide(string Text, string Language, BulletinClass Class, int Look, bool Headline, NoticeLines? Below = null);

/// <summary>One page as PNG at the exact size, with the text on it and how long it stands.</summary>
public sealed record SlidePage(byte[] Png, string Text, int DurationMs, double FontPx);

/// <summary>Turns a text into pages of pixels.</summary>
/// <remarks>
/// The whole text on one page while it stays comfortable to read (<c>√(w·h) / 18</c> px, never below the language's smallest size); else cut at sentences and lines.
/// Refuses with <c>content.does-not-fit</c> ({0} size, {1} language, {2} what is left over), <c>content.glyph-missing</c> ({0} character, {1} language),
/// <c>content.unknown-language</c>.
/// </remarks>
public sealed class SlideRenderer(SlideBrowser browser, FontCoverage fonts)
{
    /// <summary>Part of every profile key: raise it when the same text would give other pixels.</summary>
    public const int Edition = 1;

    public async Task<Outcome<IReadOnlyList<SlidePage>>> Draw(Slide slide, int widthPx, int heightPx, CancellationToken stop)
    {
        if (ContentLanguage.Of(slide.Language) is not { } language)
            return new Refusal("content.unknown-language", slide.Language);
        if (await fonts.Missing(language, slide.Below is { } below ? $"{slide.Text}\n{below.Apart}\n{below.Whole}" : slide.Text) is { } missing)
            return new Refusal("content.glyph-missing", missing, language.Shown);
        return await browser.Use<Outcome<IReadOnlyList<SlidePage>>>(async tab =>
        {
            await tab.Prepare(widthPx, heightPx, SlideScript.Source, stop);
            var plan = await tab.Evaluate($"plan({Options(slide, language, widthPx, heightPx).ToJsonString()})", stop);
            if (plan!["rest"]?.GetValue<string>() is { } rest)
                return new Refusal("content.does-not-fit", $"{widthPx} × {heightPx}", language.Shown, Shortened(rest));
            var texts = plan["pages"]!.AsArray().Select(p => p!.GetValue<string>()).ToArray();
            if (texts.Length > ContentLimits.Pages)
                return new Refusal("content.does-not-fit", $"{widthPx} × {heightPx}", language.Shown, Shortened(string.Concat(texts.Skip(ContentLimits.Pages))));
            var pages = new List<SlidePage>();
            for (var n = 0; n < texts.Length; n++)
            {
                await tab.Evaluate($"show({n})", stop);
                pages.Add(new(await tab.Picture(widthPx, heightPx, stop), texts[n], StandsFor(language, texts[n]), plan["px"]!.GetValue<double>()));
            }

            return pages;
        }, stop);
    }

    /// <summary>Pure: at least 8 s, else as long as reading takes, at most a minute.</summary>
    internal static int StandsFor(ContentLanguage language, string text) =>
        Math.Clamp((int)Math.Ceiling(Script.Length(text) / language.CharactersPerSecond) * 1000, ContentLimits.ShortestStillMs, ContentLimits.LongestStillMs);

    private static JsonObject Options(Slide slide, ContentLanguage language, int widthPx, int heightPx)
    {
        var lines = slide.Text.Split('\n', 2);
        var headed = slide.Headline && lines.Length == 2;
        return new JsonObject
        {
            ["w"] = widthPx,
            ["h"] = heightPx,
            ["lang"] = language.Tag,
            ["fonts"] = JsonSerializer.SerializeToNode(language.Fonts),
            ["lineHeight"] = language.LineHeight,
            ["smallest"] = language.SmallestPx,
            ["comfortable"] = Math.Max(language.SmallestPx, Math.Sqrt((double)widthPx * heightPx) / 18),
            ["weight"] = Math.Min(widthPx, heightPx) <= 360 ? 700 : 400,
            ["look"] = $"{slide.Class.ToString().ToLowerInvariant()}-{slide.Look}",
            ["head"] = headed ? lines[0] : null,
            ["text"] = headed ? lines[1] : slide.Text,
            ["below"] = slide.Below?.Whole,
            ["belowApart"] = slide.Below?.Apart,
        };
    }

    private static string Shortened(string rest) => rest.Length <= 160 ? rest.Trim() : rest[..160].Trim() + "…";
}
