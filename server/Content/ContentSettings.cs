namespace BorderInfo.Server.Content;

/// <summary>What an administrator may set under <c>content:</c>; everything else is a limit of the program.</summary>
public sealed record ContentSettings
{
    /// <summary>Largest upload in MiB. Default: 512, at most 2048.</summary>
    public int MaxUploadMiB { get; init; } = 512;

    public long MaxUploadBytes => Math.Clamp(MaxUploadMiB, 1, 2048) * 1024L * 1024;
}

/// <summary>Limits written in the README and told to the user before they are met.</summary>
public static class ContentLimits
{
    /// <summary>Characters as a reader counts them (grapheme clusters).</summary>
    public const int TitleCharacters = 200;

    /// <summary>Per language, as a reader counts them.</summary>
    public const int TextCharacters = 2000;

    public const int Languages = 12;

    public static readonly TimeSpan LongestMedia = TimeSpan.FromMinutes(60);

    public static readonly TimeSpan ShortestAudio = TimeSpan.FromSeconds(1);

    public const int LongestVideoEdgePx = 4096;

    /// <summary>7680 × 4320.</summary>
    public const long ImagePixels = 33_177_600;

    public const int FramesPerSecond = 60;

    public const int Streams = 8;

    /// <summary>A text that needs more pages than this is no longer a notice.</summary>
    public const int Pages = 20;

    public const int ShortestStillMs = 8_000;

    public const int LongestStillMs = 60_000;

    /// <summary>How long a picture stands unless the editor says otherwise.</summary>
    public const int ImageMs = 10_000;
}
