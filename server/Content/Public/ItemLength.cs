using BorderInfo.Server.Content.Parts;
using BorderInfo.Server.Content.Slides;
using BorderInfo.Server.Fleet.Public;

namespace BorderInfo.Server.Content.Public;

/// <summary>Pure: how long an item lasts at an output, before its parts are made.</summary>
public static class ItemLength
{
    /// <summary>Milliseconds over all languages shown there; clips, pictures and speech as they are, a text as long as it would stand on one page, so at least. 0 = it has nothing for the output.</summary>
    public static long Of(ItemVersion item, ClusterOutput output) => Profile.Of(item, output).Sum(p => (long)Of(p.Rendition, p.Below));

    private static int Of(RenditionView r, NoticeLines? below) =>
        r.Kind == RenditionKind.Text && ContentLanguage.Of(r.Language) is { } language ? SlideRenderer.StandsFor(language, below is null ? r.Text ?? "" : $"{r.Text}\n{below.Whole}") : r.DurationMs;
}
