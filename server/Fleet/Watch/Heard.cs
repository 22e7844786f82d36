using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace BorderInfo.Server.Fleet.Watch;

/// <summary>Reads what a site sent. A message that cannot be read is counted on the site's page and logged, never thrown.</summary>
internal sealed partial class Heard(StandingBoard board, ILogger<Heard> log)
{
    /// <summary>Null = unreadable, or from a site that is not in the register.</summary>
    public T? Read<T>(SiteId site, string word, ReadOnlyMemory<byte> payload, JsonTypeInfo<T> type, Func<T, T?> tidy)
        where T : class
    {
        if (payload.IsEmpty || !board.Knows(site))
            return null;
        try
        {
            if (JsonSerializer.Deserialize(payload.Span, type) is { } read && tidy(read) is { } tidied)
                return tidied;
            Log.Unreadable(log, site, word, "null, or lists beyond their limits");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            Log.Unreadable(log, site, word, e.Message);
        }

        board.CountMalformed(site, word);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1402, LogLevel.Warning, "{Site} sent {Word} that cannot be read: {Why}")]
        public static partial void Unreadable(ILogger log, SiteId site, string word, string why);
    }
}
