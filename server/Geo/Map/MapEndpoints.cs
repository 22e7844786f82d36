using BorderInfo.Server.Identity.Public;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace BorderInfo.Server.Geo;

/// <summary>What the map asks for: outlines (kept by the browser by their ETag), marks, and the list as a fragment.</summary>
internal static class MapEndpoints
{
    public static void MapMap(this IEndpointRouteBuilder app)
    {
        app.MapGet("/ban-do/danh-sach", IResult ([AsParameters] MapFilter filter) => new RazorComponentResult<MapList>(new { Filter = filter })).RequireAuthorization().ExcludeFromDescription();

        var api = app.MapGroup("/api/v1/geo").WithTags("geo").RequireAuthorization("api");
        api.MapGet("/marks", Marks).WithSummary("Clusters inside the caller's areas with position and standing: [id, name, page, site, place, lat, lon, standing].");
        api.MapGet("/shapes/country", (HttpContext http, MapShapes shapes) => Send(http, shapes.Country())).WithSummary("Outlines of provinces, or points of border and coastal communes while no boundaries are imported.");
        api.MapGet("/shapes/edge", (HttpContext http, MapShapes shapes) => Send(http, shapes.Edge())).WithSummary("Outlines of communes at the land border and the coast.");
        api.MapGet("/shapes/province/{code}", (string code, HttpContext http, MapShapes shapes, GeoCatalogue catalogue) =>
            catalogue.Province(code) is null ? Results.NotFound() : Send(http, shapes.Province(code))).WithSummary("Outlines of all communes of a province.");
    }

    private static IEnumerable<object?[]> Marks(HttpContext http, [AsParameters] MapFilter filter, MapView view) =>
        view.Find(http.User.Actor().Scope, filter).Marks.Select(m => new object?[] { m.Id, m.Name, m.Url, m.Site, view.PlaceOf(m), m.Lat, m.Lon, m.Standing });

    private static IResult Send(HttpContext http, MapDrawing drawing)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.ETag = drawing.Tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(drawing.Tag, StringComparison.Ordinal))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var brotli = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        headers.ContentEncoding = brotli ? "br" : "gzip";
        return Results.Bytes(brotli ? drawing.Brotli : drawing.Gzip, "application/json");
    }
}
