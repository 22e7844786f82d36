
namespace BorderInfo.Server.Content.Public;

/// <summary>Icon of a kind of rendition.</summary>
internal static class KindIcon
{
    public static string Of(RenditionKind kind) => kind switch
    {
        RenditionKind.Text => "text-size",
        RenditionKind.Image => "photo",
        RenditionKind.Video => "video",
        _ => "volume",
    };
}
