using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using System.Text.Json;
using BorderInfo.Contract.Messages;
using BorderInfo.Server.Fleet.Commands;
using BorderInfo.Server.Fleet.Enrol;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Fleet.Registry;
using BorderInfo.Server.Fleet.Screens;
using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet;

/// <summary>The slice for programs: register, standing, pictures and commands under <c>/api/v1</c>, and the load balancer's <c>/healthz</c>.</summary>
internal static class FleetApi
{
    public sealed record Health(int Sites, int Online, int Playing, string Version);

    public sealed record SiteView(ClusterDot Cluster, SiteStanding Standing, IReadOnlyList<PlannedNow> Planned, IReadOnlyDictionary<string, long> UnreadableMessages);

    public sealed record CommandAsk(Verb Verb, string? Output);

    public sealed record CommandView(string Id, Verb Verb, string? Output, string By, DateTimeOffset MadeAt, DateTimeOffset NotAfter, DateTimeOffset? AnsweredAt, bool? Done, string? Code, string? Detail);

    public sealed record OutputAsk(ClusterOutput Output, bool IsNew);

    public sealed record CodeAsk(bool ReplacesComputer);

    public sealed record SiteAsk(string Site);

    /// <param name="WidthM">Metres, as the height.</param>
    /// <param name="Languages">Tags by BCP 47.</param>
    public sealed record PanelAsk(string Title, double WidthM, double HeightM, IReadOnlyList<string> Languages);

    public sealed record PanelView(long Id, string Title, double WidthM, double HeightM, IReadOnlyList<string> Languages, InspectionAsk? Latest);

    /// <param name="PhotoHash">SHA-256, hexadecimal; null = no photo.</param>
    public sealed record InspectionAsk(DateOnly Day, PanelCondition Condition, string? Note, string? PhotoHash);

    public static void MapFleetApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", HealthOf).AllowAnonymous().WithTags("fleet").WithSummary("Counts of sites; no sign-in");
        var api = app.MapGroup("/api/v1").RequireAuthorization("api").WithTags("fleet");
        api.MapGet("/clusters", (HttpContext http, FleetPicture picture) => TypedResults.Ok(picture.Dots(http.User.Actor().Scope))).WithSummary("Clusters within your area with their standing and place");
        api.MapGet("/clusters/{id:long}", OneCluster).WithSummary("One cluster with its outputs");
        api.MapPost("/clusters", (SaveCluster.Ask ask, HttpContext http, SaveCluster use, Texts texts, CancellationToken stop) => Save(ask with { Id = null }, http, use, texts, stop)).WithSummary("New cluster");
        api.MapPut("/clusters/{id:long}", (long id, SaveCluster.Ask ask, HttpContext http, SaveCluster use, Texts texts, CancellationToken stop) => Save(ask with { Id = id }, http, use, texts, stop)).WithSummary("Change a cluster");
        api.MapDelete("/clusters/{id:long}", async (long id, HttpContext http, DeleteCluster use, Texts texts, CancellationToken stop) => Answer(await use.Handle(id, http.User.Actor(), stop), texts)).WithSummary("Delete a cluster whose computer holds no certificate");
        api.MapPost("/clusters/{id:long}/outputs", async (long id, OutputAsk ask, HttpContext http, SaveOutput use, Texts texts, CancellationToken stop) => Answer(await use.Handle(id, ask.Output, ask.IsNew, http.User.Actor(), stop), texts)).WithSummary("New or changed output");
        api.MapDelete("/clusters/{id:long}/outputs/{output}", async (long id, string output, HttpContext http, RemoveOutput use, Texts texts, CancellationToken stop) => Answer(await use.Handle(id, new OutputId(output), http.User.Actor(), stop), texts)).WithSummary("Remove an output");
        api.MapPost("/clusters/{id:long}/site", async (long id, SiteAsk ask, HttpContext http, OpenSite use, Texts texts, CancellationToken stop) => Answer(await use.Handle(id, ask.Site, http.User.Actor(), stop), texts)).WithSummary("Give the cluster a site id for its computer");
        api.MapGet("/clusters/{id:long}/panels", Panels).WithSummary("Printed panels of a cluster, each with its latest inspection");
        api.MapPost("/clusters/{id:long}/panels", async (long id, PanelAsk ask, HttpContext http, AddPanel use, Texts texts, CancellationToken stop) => Answer(await use.Handle(new(id, ask.Title ?? "", ask.WidthM, ask.HeightM, ask.Languages ?? []), http.User.Actor(), stop), texts)).WithSummary("New printed panel");
        api.MapPost("/panels/{panel:long}/inspections", async (long panel, InspectionAsk ask, HttpContext http, InspectPanel use, Texts texts, CancellationToken stop) => Answer(await use.Handle(new(panel, ask.Day, ask.Condition, ask.Note ?? "", ask.PhotoHash), http.User.Actor(), stop), texts)).WithSummary("Somebody looked at a printed panel");
        api.MapGet("/sites/{site}", OneSite).WithSummary("What is known of a site now");
        api.MapPost("/sites/{site}/enrol-codes", async (string site, CodeAsk ask, HttpContext http, MakeEnrolCode use, Texts texts, CancellationToken stop) => Answer(await use.Handle(new SiteId(site), ask.ReplacesComputer, http.User.Actor(), stop), texts)).WithSummary("One-time enrolment code, shown once, valid 72 h");
        api.MapGet("/sites/{site}/replacement", Replacement).WithSummary("The request to replace the site's computer that waits for a second person; 204 = none");
        api.MapPost("/sites/{site}/enrol-codes/{code:long}/confirmation", async (string site, long code, HttpContext http, ConfirmReplacement use, Texts texts, CancellationToken stop) => Answer(await use.Handle(new(new SiteId(site), code, http.User.Actor()), stop), texts)).WithSummary("Confirm, as a second person, that the site's computer is replaced: then the code works");
        api.MapDelete("/sites/{site}/certificates", async (string site, HttpContext http, RevokeSite use, Texts texts, CancellationToken stop) => Answer(await use.Handle(new SiteId(site), http.User.Actor(), stop), texts)).WithSummary("Revoke the site's certificates");
        api.MapGet("/sites/{site}/screens/{output}", LatestScreen).WithSummary("Newest picture of the real output (JPEG)");
        api.MapGet("/sites/{site}/commands", Commands).WithSummary("The last 50 commands and their answers");
        api.MapPost("/sites/{site}/commands", Command).WithSummary("Send a command; void after 60 s");
    }

    private static Health HealthOf(IClusters clusters, FleetPicture picture) => picture.Health(clusters.All, Version);

    internal static string Version { get; } = typeof(FleetApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>What is outside the caller's area is not there: 404.</summary>
    internal static IResult Answer<T>(Outcome<T> outcome, Texts texts) => outcome.Why switch
    {
        { Code: "fleet.no-such-cluster" or "fleet.no-such-site" or "fleet.no-such-panel" } => Results.NotFound(),
        { Code: "fleet.not-allowed" } => Results.Forbid(),
        _ => Reply.Api(outcome, texts),
    };

    private static async Task<IResult> Save(SaveCluster.Ask ask, HttpContext http, SaveCluster use, Texts texts, CancellationToken stop) => Answer(await use.Handle(ask, http.User.Actor(), stop), texts);

    private static IResult OneCluster(long id, HttpContext http, IClusters clusters) =>
        clusters.ById(id) is { } cluster && cluster.Within(http.User.Actor().Scope) ? Results.Json(cluster, ApiJson.Options) : Results.NotFound();

    private static async Task<IResult> Panels(long id, HttpContext http, IClusters clusters, BorderInfoDb db, CancellationToken stop)
    {
        if (clusters.ById(id) is not { } cluster || !cluster.Within(http.User.Actor().Scope))
            return Results.NotFound();
        var panels = await db.Set<PanelRow>().AsNoTracking().Where(p => p.ClusterId == id).OrderBy(p => p.Id).ToListAsync(stop);
        var numbers = panels.Select(p => p.Id).ToArray();
        var latest = (await db.Set<InspectionRow>().AsNoTracking().Where(i => numbers.Contains(i.PanelId)).ToListAsync(stop)).GroupBy(i => i.PanelId).ToDictionary(g => g.Key, g => g.OrderBy(i => i.At).Last());
        return Results.Json(panels.Select(p => new PanelView(p.Id, p.Title, p.WidthM, p.HeightM, p.Languages, latest.TryGetValue(p.Id, out var i) ? new(LocalTime.Day(i.At), i.Condition, i.Note, i.PhotoHash) : null)), ApiJson.Options);
    }

    private static async Task<IResult> OneSite(string site, HttpContext http, IClusters clusters, FleetPicture picture, StandingBoard board, TimeProvider clock, CancellationToken stop)
    {
        if (clusters.BySite(new SiteId(site)) is not { Site: { } id } cluster || !cluster.Within(http.User.Actor().Scope))
            return Results.NotFound();
        return Results.Json(new SiteView(picture.Dot(cluster), board.Of(id), await picture.PlannedAndNext(id, clock.GetUtcNow(), stop), board.Malformed(id)), ApiJson.Options);
    }

    private static async Task<IResult> Replacement(string site, HttpContext http, IClusters clusters, ConfirmReplacement use, CancellationToken stop)
    {
        var actor = http.User.Actor();
        if (clusters.BySite(new SiteId(site)) is not { Site: { } id } cluster || !cluster.Within(actor.Scope))
            return Results.NotFound();
        return await use.For(id, actor, stop) is { } waiting ? Results.Json(waiting, ApiJson.Options) : Results.NoContent();
    }

    private static async Task<IResult> LatestScreen(string site, string output, HttpContext http, IClusters clusters, BorderInfoDb db, DataFolder folder, CancellationToken stop)
    {
        if (clusters.BySite(new SiteId(site)) is not { } cluster || !cluster.Within(http.User.Actor().Scope))
            return Results.NotFound();
        var newest = await db.Set<ScreenRow>().AsNoTracking().Where(s => s.Site == site && s.Output == output).OrderByDescending(s => s.Id).FirstOrDefaultAsync(stop);
        var path = newest is null ? null : Path.Combine(folder.Screens, newest.File);
        if (path is null || !File.Exists(path))
            return Results.NotFound();
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.File(path, "image/jpeg", lastModified: newest!.HeardAt);
    }

    private static async Task<IResult> Commands(string site, HttpContext http, IClusters clusters, BorderInfoDb db, CancellationToken stop)
    {
        if (clusters.BySite(new SiteId(site)) is not { } cluster || !cluster.Within(http.User.Actor().Scope))
            return Results.NotFound();
        var rows = await db.Set<SiteCommandRow>().AsNoTracking().Where(c => c.Site == site).OrderByDescending(c => c.MadeAt).Take(50).ToListAsync(stop);
        return Results.Json(rows.Select(c => new CommandView(c.Id, c.Verb, c.Output, c.By, c.MadeAt, c.NotAfter, c.AnsweredAt, c.Done, c.Code, c.Detail)), ApiJson.Options);
    }

    private static async Task<IResult> Command(string site, CommandAsk ask, HttpContext http, CommandSite use, Texts texts, CancellationToken stop) =>
        Answer(await use.Handle(new(new SiteId(site), ask.Verb, ask.Output is null ? null : new OutputId(ask.Output)), http.User.Actor(), stop), texts);
}
