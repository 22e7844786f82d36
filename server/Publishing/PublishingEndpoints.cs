using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Publishing.Public;
using BorderInfo.Server.Scheduling.Public;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BorderInfo.Server.Publishing;

/// <summary>The buttons, the live fragments, <c>/api/v1/publish</c> and the questions about a site's plan.</summary>
internal static class PublishingEndpoints
{
    private static readonly string[] Writers = [Roles.Editor, Roles.Approver, Roles.Administrator];

    /// <param name="Schedules">Empty or absent = every pending change in the caller's area.</param>
    /// <param name="Reason">Why; required where one of them is an emergency, and kept with it.</param>
    public sealed record PublishAsk(IReadOnlyList<long>? Schedules, string? Reason = null);

    /// <summary>By which plan, and for which part of the period, the answer was given.</summary>
    /// <param name="Plan">Null = a draft, or no plan is known to have been on air then.</param>
    public sealed record PlanAnswer(DateTimeOffset From, DateTimeOffset To, PlanBasis Basis, PlanNumber? Plan, DeliveryStage? Stage)
    {
        internal static PlanAnswer Of(PlanSpan s) => new(s.From, s.To, s.Basis, s.Sent?.Number, s.Sent?.Stage);
    }

    /// <summary>What is on, the chain of rules that made it so, and how every entry of the output stands to it, in codes and in the caller's language.</summary>
    public sealed record WhyAnswer(
        SiteId Site, PlanNumber? Plan, PlanBasis Basis, OutputId Output, DateTimeOffset At, Because Because, Tier Tier, string? Entry, ItemId? Item, string? Title, string? Language, DateTimeOffset? From, DateTimeOffset? Until,
        IReadOnlyList<WhyLine> Chain, IReadOnlyList<WhyCandidate> Entries);

    public sealed record TimelineAnswer(SiteId Site, IReadOnlyList<PlanAnswer> Plans, IReadOnlyList<TimelineStretch> Stretches);

    public static void MapPublish(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/phat-hanh").RequireAuthorization(p => p.RequireRole(Writers)).ExcludeFromDescription();
        pages.MapPost("/gui", Publish);
        pages.MapPost("/dung/{id:long}", async (long id, HttpContext http, StopSchedule use, Texts t) => Sent(http, await use.Handle(new(http.User.Actor(), id), http.RequestAborted), $"/lich/{Text(id)}", "publish.stopped", t));
        pages.MapPost("/ky-moi", async (HttpContext http, RaiseEpoch use, Texts t) => Reply.Form(http, await use.Handle(new(http.User.Actor()), http.RequestAborted), "/phat-hanh", "publish.epoch-raised", t));
        pages.MapGet("/dot", async Task<IResult> (HttpContext http, PublishBook book) =>
            new RazorComponentResult<PublishList>(new { Acts = await book.Latest(http.User.Actor().Scope, http.RequestAborted) }));
        pages.MapGet("/{id:long}/cum", async Task<IResult> (long id, HttpContext http, PublishBook book) =>
            await book.One(id, http.User.Actor().Scope, http.RequestAborted) is { } one ? new RazorComponentResult<DeliveryList>(new { one.Act, one.Plans }) : TypedResults.NotFound());
        MapApi(app);
    }

    private static void MapApi(IEndpointRouteBuilder app)
    {
        var publish = app.MapGroup("/api/v1/publish").WithTags("publishing").RequireAuthorization(ApiDoor.Policy);
        publish.MapPost("/", async (PublishAsk ask, HttpContext http, PublishPlan use, Texts t) =>
            Reply.Api(await use.Handle(new(http.User.Actor(), ask.Schedules ?? [], ask.Reason), http.RequestAborted), t)).WithSummary("Publishes schedules (none named = every pending change in the caller's area). An emergency needs a reason.");
        publish.MapPost("/preview", async (PublishAsk ask, HttpContext http, PreviewPublish use, Texts t) =>
            Reply.Api(await use.Handle(new(http.User.Actor(), ask.Schedules ?? []), http.RequestAborted), t)).WithSummary("What publishing would change, site by site; nothing is sent.");
        publish.MapPost("/stop/{schedule:long}", async (long schedule, HttpContext http, StopSchedule use, Texts t) =>
            Reply.Api(await use.Handle(new(http.User.Actor(), schedule), http.RequestAborted), t)).WithSummary("Takes a schedule off every site.");
        publish.MapPost("/epoch", async (HttpContext http, RaiseEpoch use, Texts t) =>
            Reply.Api(await use.Handle(new(http.User.Actor()), http.RequestAborted), t)).WithSummary("After a restore: a new epoch, every site gets a plan above everything it has seen. Administrators of the whole country.");
        publish.MapGet("/", async (HttpContext http, PublishBook book) => Results.Json(await book.Latest(http.User.Actor().Scope, http.RequestAborted), ApiJson.Options)).WithSummary("The latest acts of publishing with counters by delivery stage.");
        publish.MapGet("/{id:long}", async Task<IResult> (long id, HttpContext http, PublishBook book) =>
            await book.One(id, http.User.Actor().Scope, http.RequestAborted) is { } one ? Results.Json(new { one.Act, one.Plans }, ApiJson.Options) : Results.NotFound()).WithSummary("One act of publishing with each site's delivery.");

        publish.MapGet("/emergencies", async (DateTimeOffset? from, DateTimeOffset? to, HttpContext http, IEmergencies book, TimeProvider clock) =>
            Results.Json(await book.Between(http.User.Actor().Scope, from ?? clock.GetUtcNow().AddYears(-1), to ?? DateTimeOffset.MaxValue, http.RequestAborted), ApiJson.Options)).WithSummary("Emergencies that were sent: who, when, why, where; by default those of the last year.");

        var sites = app.MapGroup("/api/v1/sites/{site}").WithTags("publishing").RequireAuthorization(ApiDoor.Policy);
        sites.MapGet("/timeline", Timeline).WithSummary("What is put on each output between two instants (at most 7 days): before now by the plans that were on air, from now on by the newest; plan=Newest or plan=Draft (with unpublished changes) for all of it.");
        sites.MapGet("/why", Why).WithSummary("What is on at an output at an instant, the chain of rules that made it so and every candidate with its reason; plans are chosen as in timeline.");
    }

    private static async Task<IResult> Publish(HttpContext http, PublishPlan use, Texts t)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var ids = form["lich"].Select(v => long.TryParse(v, CultureInfo.InvariantCulture, out var id) ? id : -1).ToArray();
        return Sent(http, await use.Handle(new(http.User.Actor(), ids, form["reason"].ToString()), http.RequestAborted), ids.Length == 1 ? $"/lich/{Text(ids[0])}" : "/phat-hanh", "publish.published", t);
    }

    /// <summary>To the page that counts the sites, or back with the reason.</summary>
    private static IResult Sent(HttpContext http, Outcome<PublishPlan.Done> outcome, string back, string text, Texts t)
    {
        var good = outcome.Is(out var done, out var why);
        Reply.Flash(http, good, good ? t[text, done!.Sites] : t[why!]);
        return Results.Redirect(good ? $"/phat-hanh/{Text(done!.Publish)}" : back);
    }

    private static async Task<IResult> Timeline(string site, DateTimeOffset from, DateTimeOffset to, PlanBasis? plan, bool? draft, HttpContext http, TimelineOfSite use, Texts t)
    {
        if (!SiteId.TryParse(site, out var id))
            return Reply.Refused(new("publish.unknown-site", site), t);
        if (to <= from || to - from > PlanTimeline.Longest || !IsReckoned(from) || !IsReckoned(to))
            return Reply.Refused(new("publish.bad-period") { Field = "to" }, t);
        if (!(await use.Handle(new(http.User.Actor(), id, from, to, Wish(plan, draft)), http.RequestAborted)).Is(out var done, out var why))
            return Reply.Refused(why, t);
        return Results.Json(new TimelineAnswer(id, [.. done.Spans.Select(PlanAnswer.Of)], [.. DayBars.Of(done).SelectMany(o => o.Stretches)]), ApiJson.Options);
    }

    private static async Task<IResult> Why(string site, string output, DateTimeOffset at, PlanBasis? plan, bool? draft, HttpContext http, WhyOfSite use, Texts t)
    {
        if (!SiteId.TryParse(site, out var id))
            return Reply.Refused(new("publish.unknown-site", site), t);
        if (!OutputId.TryParse(output, out var which))
            return Reply.Refused(new("publish.unknown-output", output, site) { Field = "output" }, t);
        if (!IsReckoned(at))
            return Reply.Refused(new("publish.bad-period") { Field = "at" }, t);
        if (!(await use.Handle(new(http.User.Actor(), id, which, at, Wish(plan, draft)), http.RequestAborted)).Is(out var done, out var why))
            return Reply.Refused(why, t);
        var air = done.Why.OnAir;
        return Results.Json(
            new WhyAnswer(
                id, done.By.Sent?.Number, done.By.Basis, which, at, air.Because, air.Tier, air.Entry?.Id, air.Item?.Id, air.Item?.Title, air.Part?.Language,
                air.From == DateTimeOffset.MinValue ? null : air.From, air.Until == DateTimeOffset.MaxValue ? null : air.Until, done.Why.Chain, done.Why.Candidates),
            ApiJson.Options);
    }

    /// <summary>Not so near the ends of the calendar itself that a day more or less is none.</summary>
    private static bool IsReckoned(DateTimeOffset at) => at.Year is >= 1968 and <= 2100;

    private static PlanBasis Wish(PlanBasis? plan, bool? draft) => draft == true ? PlanBasis.Draft : plan ?? PlanBasis.InForce;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
