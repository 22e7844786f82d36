using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Items;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Content.Uploads;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BorderInfo.Server.Content.Pages;

/// <summary>A new item over the API; see <see cref="ItemFields"/>.</summary>
public sealed record NewItem(string ProvinceCode, ItemFields Fields);

/// <param name="Stamp">From the last reading; null = whatever is there.</param>
public sealed record ChangedItem(int? Stamp, ItemFields Fields);

/// <summary>A version with what it will show.</summary>
/// <param name="Fingerprint">Of exactly this content; an approval names it.</param>
public sealed record ItemAnswer(ItemVersion Item, string Fingerprint, int Stamp, string Note, Readiness Readiness, IReadOnlyList<SeenSurface> Surfaces, IReadOnlyList<ClusterNeed> Needs);

/// <summary>Items over HTTP: <c>/api/v1/items</c> and the buttons of the pages.</summary>
internal static class ItemEndpoints
{
    public static void Map(WebApplication app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization("api").WithTags("content");
        var pages = app.MapGroup("").RequireAuthorization(p => p.RequireRole(Roles.Editor)).ExcludeFromDescription();
        Reading(api);
        Changing(api);
        UploadEndpoints.Map(api, pages);
        Buttons(pages);
        app.MapGet("/noi-dung/{id}/{version:int}/xem-truoc", Preview).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/noi-dung/{id}/tep", Files).RequireAuthorization().ExcludeFromDescription();
    }

    private static void Reading(RouteGroupBuilder api)
    {
        api.MapGet("/items", async (string? search, ItemState? state, string? theme, string? language, BulletinClass? @class, int? page, bool? notices, HttpContext http, FindItems find, CancellationToken stop) =>
                Results.Json(await find.Handle(http.User.Actor(), new(search, state, theme, language, @class, page ?? 1, notices), stop), ApiJson.Options))
            .WithSummary("Items within the caller's area, newest change first, 25 a page");
        api.MapGet("/items/{id}", (string id, HttpContext http, LookAtItem look, CancellationToken stop) => One(id, null, http, look, stop)).WithSummary("Newest version with everything it will show");
        api.MapGet("/items/{id}/versions/{version:int}", (string id, int version, HttpContext http, LookAtItem look, CancellationToken stop) => One(id, version, http, look, stop)).WithSummary("One version");
        api.MapGet("/items/{id}/versions", async (string id, HttpContext http, LookAtItem look, IItems items, CancellationToken stop) =>
                await look.Version(http.User.Actor(), id, null, stop) is { } found ? Results.Json(await items.Versions(found.View.Id, stop), ApiJson.Options) : Results.NotFound())
            .WithSummary("All versions, newest first");
    }

    private static void Changing(RouteGroupBuilder api)
    {
        api.MapPost("/items", async (NewItem item, HttpContext http, CreateItem create, Texts texts, CancellationToken stop) =>
            Reply.Api(await create.Handle(new(http.User.Actor(), item.ProvinceCode, item.Fields), stop), texts)).WithSummary("New item with its first draft");
        api.MapPut("/items/{id}", async (string id, ChangedItem item, HttpContext http, ChangeItem change, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => change.Handle(new(http.User.Actor(), i, item.Stamp, item.Fields), stop)), texts)).WithSummary("Change the newest version; an approved one gets a new draft");
        api.MapDelete("/items/{id}", async (string id, HttpContext http, DeleteDraft delete, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => delete.Handle(http.User.Actor(), i, stop)), texts)).WithSummary("Delete the newest version if it is a draft");
        api.MapPost("/items/{id}/duplicate", async (string id, HttpContext http, DuplicateItem duplicate, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => duplicate.Handle(http.User.Actor(), i, stop)), texts)).WithSummary("A new draft item with the same content");
        api.MapPost("/items/{id}/renditions/{language}/speech", async (string id, string language, HttpContext http, SetRendition set, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => set.Speak(http.User.Actor(), i, language, stop)), texts)).WithSummary("Spoken draft of the text (vi, en, zh)");
        api.MapDelete("/items/{id}/renditions/{language}/{kind}", async (string id, string language, RenditionKind kind, HttpContext http, SetRendition set, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => set.Remove(http.User.Actor(), i, language, kind, stop)), texts)).WithSummary("Take a rendition away");
    }

    private static void Buttons(RouteGroupBuilder pages)
    {
        pages.MapPost("/noi-dung/{id}/nhan-ban", async (string id, HttpContext http, DuplicateItem duplicate, Texts texts, CancellationToken stop) =>
        {
            var outcome = await With(id, i => duplicate.Handle(http.User.Actor(), i, stop));
            return Reply.Form(http, outcome, $"/noi-dung/{(outcome.Is(out var made, out _) ? made.Id.Value : id)}", "content.duplicated", texts);
        });
        pages.MapPost("/noi-dung/{id}/xoa-nhap", async (string id, HttpContext http, DeleteDraft delete, Texts texts, CancellationToken stop) =>
        {
            var outcome = await With(id, i => delete.Handle(http.User.Actor(), i, stop));
            return Reply.Form(http, outcome, outcome.Why is null ? "/noi-dung" : $"/noi-dung/{id}", "content.draft-deleted", texts);
        });
        // Not named as in the API's route above: of two handlers that are alike but for where a word comes from, the compiler makes one.
        pages.MapPost("/noi-dung/{id}/doc-nhap", async (string id, [FromForm(Name = "language")] string spoken, HttpContext http, SetRendition set, Texts texts, CancellationToken stop) =>
            Reply.Form(http, await With(id, i => set.Speak(http.User.Actor(), i, spoken, stop)), $"/noi-dung/{id}#tep", "content.speech-made", texts));
        pages.MapPost("/noi-dung/{id}/bo-ban", async (string id, [FromForm] string language, [FromForm] RenditionKind kind, HttpContext http, SetRendition set, Texts texts, CancellationToken stop) =>
            Reply.Form(http, await With(id, i => set.Remove(http.User.Actor(), i, language, kind, stop)), $"/noi-dung/{id}#tep", "content.rendition-removed", texts));
    }

    private static async Task<IResult> One(string id, int? version, HttpContext http, LookAtItem look, CancellationToken stop) =>
        await look.Version(http.User.Actor(), id, version, stop) is { } found
            ? Results.Json(new ItemAnswer(found.View, ItemFingerprint.Of(found.View), found.Stamp, found.Row.Note, await look.Readiness(found, stop), await look.Surfaces(found.View, stop), look.Needs(found.View)), ApiJson.Options)
            : Results.NotFound();

    private static async Task<Outcome<T>> With<T>(string id, Func<ItemId, Task<Outcome<T>>> work) =>
        ItemId.TryParse(id, out var item) ? await work(item) : new Refusal("content.not-found", id);

    private static IResult Preview(string id, int version) => new RazorComponentResult<PreviewFragment>(new { Id = id, Version = version });

    private static IResult Files(string id) => new RazorComponentResult<FilesFragment>(new { Id = id });
}
