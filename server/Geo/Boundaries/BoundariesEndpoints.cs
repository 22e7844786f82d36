using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using Microsoft.AspNetCore.Mvc;

namespace BorderInfo.Server.Geo;

/// <summary>Import of boundaries for the form (its check is in the page itself) and for programs.</summary>
internal static class BoundariesEndpoints
{
    public static void MapBoundaries(this IEndpointRouteBuilder app)
    {
        var forms = app.MapGroup("/dia-gioi").RequireAuthorization(p => p.RequireRole(Roles.Administrator)).ExcludeFromDescription();
        forms.MapPost("/ap-dung", async ([FromForm] ApplyBoundaries.Ask ask, HttpContext http, ApplyBoundaries apply, Texts t) =>
            Reply.Form(http, await apply.Handle(http.User.Actor(), Plain(ask), http.RequestAborted), "/dia-gioi", "geo.boundaries.applied", t));
        forms.MapPost("/hoan-tac", async ([FromForm] UndoBoundaries.Ask ask, HttpContext http, UndoBoundaries undo, Texts t) =>
            Reply.Form(http, await undo.Handle(http.User.Actor(), ask, http.RequestAborted), "/dia-gioi", "geo.boundaries.undone", t));

        var api = app.MapGroup("/api/v1/geo/boundaries").WithTags("geo").RequireAuthorization("api").RequireAuthorization(p => p.RequireRole(Roles.Administrator));
        api.MapPost("/check", Check).WithMetadata(new RequestSizeLimitAttribute(CheckLimit)).WithSummary("Dry run: the body is the file (.geojson, .json or gzip of it). Says what it would do, changes nothing, keeps the file under its checksum.");
        api.MapPost("/apply", async (ApplyBoundaries.Ask ask, HttpContext http, ApplyBoundaries apply, Texts t) =>
            Reply.Api(await apply.Handle(http.User.Actor(), Plain(ask), http.RequestAborted), t)).WithSummary("Brings the checked file into force as one change.");
        api.MapPost("/undo", async (UndoBoundaries.Ask ask, HttpContext http, UndoBoundaries undo, Texts t) =>
            Reply.Api(await undo.Handle(http.User.Actor(), ask, http.RequestAborted), t)).WithSummary("The set before comes back into force.");
    }

    /// <summary>A little more than a file may have, so that the refusal is our sentence and not a broken connection.</summary>
    public const long CheckLimit = GeoJsonFile.MostBytes + 10_000_000;

    private static async Task<IResult> Check(BoundaryKind? kind, string? code, string? name, HttpContext http, CheckBoundaries check, Texts texts) => Reply.Api(
        await check.Handle(http.User.Actor(), new("upload", http.Request.Body, kind ?? BoundaryKind.Communes, Or(code, Default(kind ?? BoundaryKind.Communes)), Or(name, "name")), http.RequestAborted), texts);

    /// <summary>Property that holds the code when nobody says otherwise.</summary>
    public static string Default(BoundaryKind kind) => kind == BoundaryKind.LandBorder ? "neighbour" : "code";

    public static string Or(string? text, string other) => string.IsNullOrWhiteSpace(text) ? other : text.Trim();

    private static ApplyBoundaries.Ask Plain(ApplyBoundaries.Ask ask) => ask with
    {
        Checksum = ask.Checksum ?? "", FileName = Or(ask.FileName, "upload"), CodeProperty = Or(ask.CodeProperty, Default(ask.Kind)),
        NameProperty = Or(ask.NameProperty, "name"), Source = ask.Source ?? "", Decision = ask.Decision ?? "",
    };
}
