using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BorderInfo.Server.Approval;

/// <param name="Version">The version that was looked at.</param>
/// <param name="Heard">Synthesised speech was heard.</param>
/// <param name="Seen">The <c>fingerprint</c> that <c>GET /api/v1/items/{id}</c> gave with what was looked at.</param>
public sealed record ApprovalGiven(int Version, bool Heard, string Seen);

public sealed record ReturnGiven(int Version, string Reason);

public sealed record WithdrawalGiven(string Reason);

/// <summary>Decisions over HTTP and the buttons of the pages.</summary>
internal static class ApprovalEndpoints
{
    /// <summary>A sentence after a submission names so many outputs; the page names more.</summary>
    private const int MostNamed = 2;

    public static void Map(WebApplication app)
    {
        Api(app.MapGroup("/api/v1").RequireAuthorization("api").WithTags("approval"));
        Buttons(app.MapGroup("").RequireAuthorization(p => p.RequireRole(Roles.Editor, Roles.Approver)).ExcludeFromDescription());
        app.MapGet("/noi-dung/{id}/quyet-dinh", IResult (string id) => new RazorComponentResult<DecisionsFragment>(new { Id = id })).RequireAuthorization().ExcludeFromDescription();
    }

    private static void Api(RouteGroupBuilder api)
    {
        api.MapGet("/approvals", async (HttpContext http, ApprovalQueue queue, CancellationToken stop) => Results.Json(await queue.Waiting(http.User.Actor(), stop), ApiJson.Options))
            .WithSummary("What waits for a decision within the caller's area");
        api.MapGet("/items/{id}/decisions", async (string id, HttpContext http, ApprovalQueue queue, IItems items, IItemAccess access, CancellationToken stop) =>
                ItemId.TryParse(id, out var item) && (await items.Versions(item, stop)).FirstOrDefault() is { } newest && access.MayRead(http.User.Actor(), newest)
                    ? Results.Json(await queue.History(item, stop), ApiJson.Options)
                    : Results.NotFound())
            .WithSummary("History of decisions, newest first");
        api.MapPost("/items/{id}/submit", async (string id, HttpContext http, SubmitItem submit, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => submit.Handle(http.User.Actor(), i, stop)), texts)).WithSummary("Submit the newest version for approval");
        api.MapPost("/items/{id}/take-back", async (string id, HttpContext http, SubmitItem submit, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => submit.TakeBack(http.User.Actor(), i, stop)), texts)).WithSummary("Take a submission back");
        api.MapPost("/items/{id}/approve", async (string id, ApprovalGiven given, HttpContext http, ApproveItem approve, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => approve.Handle(new(http.User.Actor(), i, given.Version, given.Heard, given.Seen), stop)), texts)).WithSummary("Approve a submitted version");
        api.MapPost("/items/{id}/return", async (string id, ReturnGiven given, HttpContext http, ReturnItem back, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => back.Handle(new(http.User.Actor(), i, given.Version, given.Reason), stop)), texts)).WithSummary("Return a submitted version with a reason");
        api.MapPost("/items/{id}/withdraw", async (string id, WithdrawalGiven given, HttpContext http, WithdrawItem withdraw, Texts texts, CancellationToken stop) =>
            Reply.Api(await With(id, i => withdraw.Handle(new(http.User.Actor(), i, given.Reason), stop)), texts)).WithSummary("Withdraw the released version with a reason");
    }

    private static void Buttons(RouteGroupBuilder pages)
    {
        pages.MapPost("/noi-dung/{id}/trinh-duyet", Submit);
        pages.MapPost("/noi-dung/{id}/rut-lai", async (string id, HttpContext http, SubmitItem submit, Texts texts, CancellationToken stop) =>
            Reply.Form(http, await With(id, i => submit.TakeBack(http.User.Actor(), i, stop)), $"/noi-dung/{id}", "approval.taken-back", texts));
        pages.MapPost("/noi-dung/{id}/thu-hoi", async (string id, [FromForm] string? reason, HttpContext http, WithdrawItem withdraw, Texts texts, CancellationToken stop) =>
            Reply.Form(http, await With(id, i => withdraw.Handle(new(http.User.Actor(), i, reason ?? ""), stop)), $"/noi-dung/{id}", "approval.withdrawn", texts));
        pages.MapPost("/duyet/{id}/{version:int}/dong-y", async (string id, int version, [FromForm] bool? heard, [FromForm] string? seen, HttpContext http, ApproveItem approve, Texts texts, CancellationToken stop) =>
        {
            var outcome = await With(id, i => approve.Handle(new(http.User.Actor(), i, version, heard == true, seen ?? ""), stop));
            return Reply.Form(http, outcome, outcome.Why is null ? "/duyet" : $"/duyet/{id}/{version}", "approval.approved", texts);
        });
        pages.MapPost("/duyet/{id}/{version:int}/tra-lai", async (string id, int version, [FromForm] string? reason, HttpContext http, ReturnItem back, Texts texts, CancellationToken stop) =>
        {
            var outcome = await With(id, i => back.Handle(new(http.User.Actor(), i, version, reason ?? ""), stop));
            return Reply.Form(http, outcome, outcome.Why is null ? "/duyet" : $"/duyet/{id}/{version}", "approval.returned", texts);
        });
    }

    /// <summary>What was submitted says at once where it will not play.</summary>
    private static async Task<IResult> Submit(string id, HttpContext http, SubmitItem submit, IClusters clusters, IParts parts, Texts texts, CancellationToken stop)
    {
        var outcome = await With(id, i => submit.Handle(http.User.Actor(), i, stop));
        if (!outcome.Is(out var item, out _) || OutputLack.In(item, clusters, parts) is not { Count: > 0 } lacks)
            return Reply.Form(http, outcome, $"/noi-dung/{id}", "approval.submitted", texts);
        var named = lacks.Take(MostNamed).Select(l => l.Words(texts)).Concat(lacks.Count > MostNamed ? [texts["content.more-outputs", lacks.Count - MostNamed]] : []);
        Reply.Flash(http, true, texts["approval.submitted-lacking", string.Join("; ", named)]);
        return Results.Redirect($"/noi-dung/{id}", permanent: false, preserveMethod: false);
    }

    private static async Task<Outcome<T>> With<T>(string id, Func<ItemId, Task<Outcome<T>>> work) =>
        ItemId.TryParse(id, out var item) ? await work(item) : new Refusal("approval.not-found", id);
}
