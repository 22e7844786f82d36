using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Noise;

/// <summary>The buttons of the page of noise zones, and <c>/api/v1/noise</c>.</summary>
internal static class NoiseEndpoints
{
    /// <param name="Window">Local; at or before its start runs over midnight and belongs to the day it starts.</param>
    /// <param name="Weekdays">Absent = all.</param>
    /// <param name="VolumePercent">1–100; absent = silent.</param>
    public sealed record RuleAsk(NoiseZone Zone, string Name, DateOnly From, DateOnly? To, IReadOnlyList<DayOfWeek>? Weekdays, TimeWindow Window, int? VolumePercent, string? Source)
    {
        public NoiseRule Rule(long id) => new(
            id, Zone, Name, From, To, Weekdays is null ? Contract.Plans.Weekdays.All : Weekdays.Aggregate(Contract.Plans.Weekdays.None, (all, d) => all | ScheduleRules.FlagOf(new DateOnly(2026, 11, 22).AddDays((int)d))),
            Window, VolumePercent, Source ?? "");
    }

    /// <param name="Output">"" = all loudspeakers of the cluster that are not named themselves.</param>
    public sealed record PlaceAnswer(long Cluster, string Output, NoiseZone Zone);

    /// <param name="Zone">Absent = none of its own.</param>
    public sealed record PlaceAsk(NoiseZone? Zone);

    public sealed record NoiseAnswer(IReadOnlyList<NoiseRule> Rules, IReadOnlyList<PlaceAnswer> Places);

    public static void MapNoise(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/gio-yen-tinh").RequireAuthorization(p => p.RequireRole(Roles.Administrator)).ExcludeFromDescription();
        pages.MapPost("/{id:long}/xoa", async (long id, HttpContext http, SaveNoiseRule use, Texts t) =>
            Reply.Form(http, await use.Handle(new SaveNoiseRule.Delete(http.User.Actor(), id), http.RequestAborted), "/gio-yen-tinh", "noise.deleted", t));
        pages.MapPost("/noi", PlaceByForm);

        var api = app.MapGroup("/api/v1/noise").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy);
        api.MapGet("/", Book).WithSummary("Quiet rules of the noise zones, past ones too, and which cluster or loudspeaker of the caller's area belongs to which.");
        api.MapPost("/rules", async (RuleAsk ask, HttpContext http, SaveNoiseRule use, Texts t) =>
            Reply.Api(await use.Handle(new SaveNoiseRule.Ask(http.User.Actor(), ask.Rule(0)), http.RequestAborted), t)).WithSummary("A new quiet rule; plans are made anew.");
        api.MapPut("/rules/{id:long}", async (long id, RuleAsk ask, HttpContext http, SaveNoiseRule use, Texts t) =>
            Reply.Api(await use.Handle(new SaveNoiseRule.Ask(http.User.Actor(), ask.Rule(id)), http.RequestAborted), t)).WithSummary("Changes a quiet rule.");
        api.MapDelete("/rules/{id:long}", async (long id, HttpContext http, SaveNoiseRule use, Texts t) =>
            Reply.Api(await use.Handle(new SaveNoiseRule.Delete(http.User.Actor(), id), http.RequestAborted), t)).WithSummary("Deletes a quiet rule.");
        api.MapPut("/places/{cluster:long}", (long cluster, PlaceAsk ask, HttpContext http, SetNoiseZone use, Texts t) => Place(cluster, "", ask, http, use, t)).WithSummary("The noise zone of a cluster's loudspeakers.");
        api.MapPut("/places/{cluster:long}/{output}", Place).WithSummary("The noise zone of one loudspeaker.");
    }

    private static async Task<IResult> Book(HttpContext http, INoise noise, IClusters clusters)
    {
        var book = await noise.Book(http.RequestAborted);
        return Results.Json(new NoiseAnswer(book.Rules, [.. book.Places.Where(p => clusters.ById(p.Key.Cluster)?.Within(http.User.Actor().Scope) == true).Select(p => new PlaceAnswer(p.Key.Cluster, p.Key.Output, p.Value)).OrderBy(p => p.Cluster).ThenBy(p => p.Output, StringComparer.Ordinal)]), ApiJson.Options);
    }

    private static async Task<IResult> Place(long cluster, string output, PlaceAsk ask, HttpContext http, SetNoiseZone use, Texts t) =>
        Reply.Api(await use.Handle(new(http.User.Actor(), cluster, output, ask.Zone), http.RequestAborted), t);

    private static async Task<IResult> PlaceByForm(HttpContext http, SetNoiseZone use, Texts t)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var cluster = long.TryParse(form["cum"], CultureInfo.InvariantCulture, out var id) ? id : 0;
        NoiseZone? zone = Enum.TryParse<NoiseZone>(form["zone"], out var chosen) && Enum.IsDefined(chosen) ? chosen : null;
        return Reply.Form(http, await use.Handle(new(http.User.Actor(), cluster, form["loa"].ToString(), zone), http.RequestAborted), $"/gio-yen-tinh?tim={Uri.EscapeDataString(form["tim"].ToString())}#noi", "noise.placed", t);
    }
}
