using BorderInfo.Server.Geo.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Geo;

/// <summary>The catalogue for programs.</summary>
internal static class GeoEndpoints
{
    /// <summary>Rows of one answer at most.</summary>
    public const int Most = 500;

    public static void MapGeoApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/geo").WithTags("geo").RequireAuthorization("api");
        api.MapGet("/provinces", (DateOnly? on, GeoCatalogue geo) => geo.On(on ?? geo.Today.Day).Provinces).WithSummary("The 34 provinces and cities as they are called today or were on a day (on=yyyy-MM-dd, from 2025-07-01).");
        api.MapGet("/communes", Communes).WithSummary($"Communes, at most {Most} an answer (skip). border = CN, LA, KH or any; q = name with or without marks.");
        api.MapGet("/gates", (string? q, string? province, GeoCatalogue geo) => geo.Gates.Where(g => (province is null || g.ProvinceCode == province) && NameFold.Rank(g.Name, q ?? "") is not null)).WithSummary("Border gates. Only a position of quality A is sourced.");
        api.MapGet("/sectors", (string? province, GeoCatalogue geo) => geo.Sectors.Where(s => province is null || s.ProvinceCode == province)).WithSummary("Sectors of the land border and the coast.");
        api.MapGet("/posts", (string? q, string? province, HttpContext http, GeoCatalogue geo) =>
            geo.Posts.Select(p => p.SeenBy(http.User.Actor())).OfType<BorderPost>().Where(p => (province is null || p.ProvinceCode == province) && NameFold.Rank(p.Name, q ?? "") is not null)).WithSummary("Posts of the border guard within your area; positions only for administrators and border guards.");
        api.MapGet("/place", Place).WithSummary("Where a point lies: lat and lon, or text as people write it; datum=vn2000 for VN-2000.");

        var own = app.MapGroup("/api/v1/geo").WithTags("geo").RequireAuthorization("api").RequireAuthorization(p => p.RequireRole(Roles.Administrator));
        own.MapPut("/sectors/{id}", async (string id, ChangeSector.Ask ask, HttpContext http, ChangeSector change, Texts t) =>
            Reply.Api(await change.Handle(http.User.Actor(), ask with { Id = id }, http.RequestAborted), t)).WithSummary("Changes or adds a sector.");
        own.MapPut("/gates/{id}", async (string id, ChangeGate.Ask ask, HttpContext http, ChangeGate change, Texts t) =>
            Reply.Api(await change.Handle(http.User.Actor(), ask with { Id = id }, http.RequestAborted), t)).WithSummary("Changes or adds a border gate.");
        own.MapPut("/posts/{id}", async (string id, ChangePost.Ask ask, HttpContext http, ChangePost change, Texts t) =>
            Reply.Api(await change.Handle(http.User.Actor(), ask with { Id = id }, http.RequestAborted), t)).WithSummary("Changes or adds a post of the border guard.");
        own.MapPost("/posts/check", (PostsAsk ask, HttpContext http, ImportPosts import, Texts t) =>
            Reply.Api(import.Check(http.User.Actor(), ask.Csv ?? ""), t)).WithSummary($"Dry run of an import: csv with the columns {string.Join(',', ImportPosts.Columns)}. Says line by line what it would do; changes nothing.");
        own.MapPost("/posts/import", async (PostsAsk ask, HttpContext http, ImportPosts import, Texts t) =>
            Reply.Api(await import.Handle(http.User.Actor(), ask.Csv ?? "", ask.Checksum ?? "", http.RequestAborted), t)).WithSummary("Brings the checked list in as one change: the same csv, and the checksum that the check told.");
    }

    private static IEnumerable<Commune> Communes(string? q, string? province, string? border, bool? coastal, DateOnly? on, int? skip, GeoCatalogue geo) =>
        CommuneSearch.Find(geo.On(on ?? geo.Today.Day), q, province, border, coastal).Skip(Math.Max(0, skip ?? 0)).Take(Most);

    /// <param name="Checksum">Of the check; not read by the check itself.</param>
    public sealed record PostsAsk(string Csv, string? Checksum);

    private static IResult Place(double? lat, double? lon, string? text, string? datum, HttpContext http, GeoCatalogue geo, Texts texts)
    {
        var vn2000 = datum == "vn2000";
        var at = text is not null ? ReadPosition.From(text, vn2000) : Typed(lat ?? double.NaN, lon ?? double.NaN, vn2000);
        if (!at.Is(out var position, out var why))
            return Reply.Refused(why, texts);
        var placed = geo.Place(position.Lat, position.Lon).SeenBy(http.User.Actor());
        return placed.Refused is { } no ? Reply.Refused(no, texts) : Results.Json(new { position.Lat, position.Lon, placement = placed, notes = placed.Notes.Select(n => new { n.Code, n.Warning, text = texts.Of(n) }) }, ApiJson.Options);
    }

    private static Outcome<(double Lat, double Lon)> Typed(double lat, double lon, bool vn2000)
    {
        if (PositionRules.Refuse(lat, lon) is { } why)
            return why;
        return vn2000 ? Vn2000.ToWgs84(lat, lon) : (lat, lon);
    }
}

/// <summary>A note as a sentence.</summary>
internal static class NoteTexts
{
    public static string Of(this Texts texts, PlacementNote note) => texts[note.Code, [.. note.With]];
}

/// <summary>Finds communes by name and place. Pure.</summary>
internal static class CommuneSearch
{
    /// <param name="border">CN, LA, KH, or <c>any</c>.</param>
    public static IEnumerable<Commune> Find(UnitsOfADay units, string? words, string? province, string? border, bool? coastal) =>
        from commune in units.Communes
        where string.IsNullOrEmpty(province) || commune.ProvinceCode == province
        where string.IsNullOrEmpty(border) || (border == "any" ? commune.Border.Count > 0 : commune.Border.Contains(border))
        where coastal is null || commune.Coastal == coastal
        let rank = commune.Code == words?.Trim() ? 0 : NameFold.Rank(commune.Name, words ?? "") ?? NameFold.Rank($"{commune.Kind} {commune.Name}", words ?? "")
        where rank is not null
        orderby rank, commune.Code
        select commune;
}
