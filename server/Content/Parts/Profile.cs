using System.Security.Cryptography;
using System.Text;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Slides;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Content.Parts;

/// <summary>One rendition for one kind and size of output: everything its pixels or sound depend on. Outputs of the same size share it.</summary>
/// <param name="WidthPx">0 for a speaker.</param>
internal sealed record Profile(RenditionView Rendition, BulletinClass Class, int Look, int WidthPx, int HeightPx)
{
    /// <summary>Drawn below the text of a notice.</summary>
    public NoticeLines? Below { get; init; }

    /// <summary>SHA-256 in hexadecimal; stable over restarts.</summary>
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Rendition.Kind switch
    {
        RenditionKind.Text when Below is { } below => $"notice|{SlideRenderer.Edition}|{WidthPx}x{HeightPx}|{Rendition.Language}|{Class}-{Look}|{Rendition.Headline}|{below.Whole.Length}:{below.Whole}|{below.Apart.Length}:{below.Apart}|{Rendition.Text}",
        RenditionKind.Text => $"text|{SlideRenderer.Edition}|{WidthPx}x{HeightPx}|{Rendition.Language}|{Class}-{Look}|{Rendition.Headline}|{Rendition.Text}",
        RenditionKind.Image => $"image|1|{WidthPx}x{HeightPx}|{Rendition.Media}|{Rendition.DurationMs}",
        RenditionKind.Video => $"video|1|{WidthPx}x{HeightPx}|{Rendition.Media}",
        _ => $"audio|1|{Rendition.Media}",
    })));

    /// <summary>What an output gets of an item, in the order it rotates. Pure.</summary>
    /// <remarks>For each language of the output, or what stands in for it there, all it has: text, then picture, then clip; speech for a speaker. Then what has no words.</remarks>
    public static IReadOnlyList<Profile> Of(ItemVersion item, ClusterOutput output)
    {
        var speaker = output.Kind == OutputKind.Speaker;
        return [.. output.Shown(ItemParts.LanguagesFor(item, output)).Append(ContentLanguage.Wordless)
            .SelectMany(language => All(item, language, speaker))
            .Select(r => speaker ? new Profile(r, item.Class, item.Look, 0, 0) : new Profile(r, item.Class, item.Look, output.WidthPx, output.HeightPx) { Below = Printed(item, r) })];
    }

    private static NoticeLines? Printed(ItemVersion item, RenditionView r) => item.Notice is { } notice && r.Kind == RenditionKind.Text ? NoticeText.Of(notice, r.Language) : null;

    private static IEnumerable<RenditionView> All(ItemVersion item, string language, bool speaker)
    {
        RenditionKind[] order = speaker ? [RenditionKind.Audio] : [RenditionKind.Text, RenditionKind.Image, RenditionKind.Video];
        return order.Select(kind => item.Renditions.FirstOrDefault(r => r.Language == language && r.Kind == kind)).OfType<RenditionView>();
    }
}
