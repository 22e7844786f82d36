using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Content.Public;

/// <summary>What items are about (chuyên đề); a closed list so that reports can count. Words: <c>content.theme.…</c>.</summary>
public static class Themes
{
    public static readonly IReadOnlyList<string> All =
        ["sovereignty", "gate-procedure", "crime", "health", "locality", "sea-islands", "law", "weather", "festival", "other"];

    public static string Shown(Texts texts, string theme) => texts.Has("content.theme." + theme) ? texts["content.theme." + theme] : theme;
}
