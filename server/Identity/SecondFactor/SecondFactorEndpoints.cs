using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Identity;

/// <summary>The second factor for forms and programs. Not by token: one that leaked must not be able to change how its owner signs in.</summary>
internal static class SecondFactorEndpoints
{
    public sealed record CodeAsk(string? Code);

    /// <param name="Password">The current one; may be missing only for somebody who has none.</param>
    public sealed record OnAsk(string? Code, string? Password);

    public static void MapSecondFactor(this IEndpointRouteBuilder app)
    {
        app.MapPost("/nguoi-dung/{id:long}/bo-hai-buoc", async (long id, HttpContext http, ResetSecondFactor reset, Texts t) =>
            Reply.Form(http, await reset.Handle(http.User.Actor(), new(id), http.RequestAborted), $"/nguoi-dung/{id}", "second.was-reset", t))
            .RequireAuthorization(p => p.RequireRole(Roles.Administrator)).ExcludeFromDescription();
        app.MapPost("/api/v1/users/{id:long}/second-factor/reset", async (long id, HttpContext http, ResetSecondFactor reset, Texts t) =>
            Reply.Api(await reset.Handle(http.User.Actor(), new(id), http.RequestAborted), t)).WithTags("identity")
            .RequireAuthorization(ApiDoor.Policy).RequireAuthorization(p => p.RequireRole(Roles.Administrator)).WithSummary("Removes the authenticator of a user who lost it; ends that user's sessions.");

        var own = app.MapGroup("/api/v1/me/second-factor").WithTags("identity").RequireAuthorization();
        own.MapPost("/", async (HttpContext http, SecondFactors factors) =>
            Results.Ok(await factors.Waiting(http.User.Actor().UserName, http.User.Actor().UserId, http.RequestAborted))).WithSummary("The secret that waits for its first code; null when the authenticator is in use. Needs a session, not a token.");
        own.MapPost("/on", async (OnAsk ask, HttpContext http, TurnOnSecondFactor on, Texts t) =>
            Reply.Api(await on.Handle(http.User.Actor(), new(ask.Code ?? "", ask.Password, ProfileEndpoints.OwnSession(http)), http.RequestAborted), t)).WithSummary("Turns the second factor on with the first code and the current password.");
        own.MapPost("/off", async (CodeAsk ask, HttpContext http, TurnOffSecondFactor off, Texts t) =>
            Reply.Api(await off.Handle(http.User.Actor(), new(ask.Code ?? ""), http.RequestAborted), t)).WithSummary("Turns the second factor off with a code.");
    }
}
