using BorderInfo.Contract;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Messaging.Public;

namespace BorderInfo.Server.Content.Store;

/// <summary>
/// Files by hash: to sites (<c>/agent/v1/media/{hash}</c>, client certificate, ranges) and to signed-in users for previews (<c>/api/v1/media/{hash}</c>).
/// The bytes of a hash never change, so they may be kept for ever.
/// </summary>
internal static class MediaEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/agent/v1/media/{hash}", async (string hash, HttpContext http, ContentStore store, ISiteMedia media, CancellationToken stop) =>
                SiteId.TryParse(http.User.FindFirst(SiteDoor.SiteClaim)?.Value, out var site) && MediaHash.TryParse(hash, out var file) && await media.May(site, file, stop)
                    ? File(hash, http, store, "application/octet-stream", "private")
                    : Results.NotFound())
            .RequireAuthorization(SiteDoor.Policy).WithTags("agent").WithSummary("A file of a plan that was sent to this site; ranges are answered");
        app.MapGet("/api/v1/media/{hash}", (string hash, HttpContext http, ContentStore store) => File(hash, http, store, null, "private"))
            .RequireAuthorization("api").WithTags("content").WithSummary("A picture, clip or sound for a preview");
    }

    private static IResult File(string text, HttpContext http, ContentStore store, string? mediaType, string who)
    {
        if (!MediaHash.TryParse(text, out var hash) || !store.Has(hash))
            return Results.NotFound();
        var path = store.PathOf(hash);
        if ((mediaType ?? TypeOf(path)) is not { } type)
            return Results.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = $"{who}, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Results.File(path, type, enableRangeProcessing: true, entityTag: new($"\"{hash}\""));
    }

    /// <summary>From the first bytes of what is all our own make; null = no preview.</summary>
    private static string? TypeOf(string path)
    {
        Span<byte> head = stackalloc byte[12];
        using var file = System.IO.File.OpenRead(path);
        var read = file.ReadAtLeast(head, 12, throwOnEndOfStream: false);
        return read < 12 ? null
            : head[0] == 0x89 ? "image/png"
            : head[0] == 0xFF && head[1] == 0xD8 ? "image/jpeg"
            : head[4..8].SequenceEqual("ftyp"u8) ? "video/mp4"
            : null;
    }
}
