using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Stops;

/// <summary>Where a stop stands.</summary>
public enum StopState
{
    Waiting,
    InForce,
    Over,
}

/// <summary>The button that lifts a stop, and <c>/api/v1/stops</c>.</summary>
internal static class StopEndpoints
{
    /// <param name="Areas"><c>all</c>, <c>p:20</c>, <c>s:LS-CN-1</c>, <c>c:06184</c>.</param>
    /// <param name="From">Absent or past = at once.</param>
    public sealed record StopAsk(string Name, IReadOnlyList<string> Themes, IReadOnlyList<string> Areas, DateTimeOffset? From, DateTimeOffset Until)
    {
        public StopWish Wish => new(Name, Themes, Areas, From?.ToUniversalTime(), Until.ToUniversalTime());
    }

    /// <summary>A stop as the API gives it.</summary>
    public sealed record StopAnswer(long Id, string Code, string Name, IReadOnlyList<string> Themes, IReadOnlyList<string> Areas, DateTimeOffset From, DateTimeOffset Until, StopState State, DateTimeOffset MadeAt, string MadeBy, DateTimeOffset? LiftedAt, string? LiftedBy)
    {
        public static StopAnswer Of(ThemeStop s, DateTimeOffset now) =>
            new(s.Id, s.Code, s.Name, s.Themes, StopAreas.Codes(s.Area), s.From, s.Until, StateOf(s, now), s.MadeAt, s.MadeBy, s.LiftedAt, s.LiftedBy);
    }

    /// <summary>What a stop would silence.</summary>
    public sealed record CountAnswer(DateTimeOffset From, DateTimeOffset Until, int Sites, int SitesInArea, IReadOnlyList<CountedItem> Items, IReadOnlyList<string> SilentSchedules, IReadOnlyList<string> ShortenedSchedules)
    {
        public static CountAnswer Of(StopCount c) => new(c.Order.From, c.Order.Until, c.Sites, c.SitesInArea, [.. c.Items.Select(i => new CountedItem(i.Id, i.Title, i.Theme))], c.Silent, c.Partly);
    }

    public sealed record CountedItem(ItemId Item, string Title, string Theme);

    public static StopState StateOf(ThemeStop s, DateTimeOffset now) => !s.Counts(now) ? StopState.Over : s.InForce(now) ? StopState.InForce : StopState.Waiting;

    public static void MapStops(this IEndpointRouteBuilder app)
    {
        app.MapPost("/tam-dung/{id:long}/bo", async (long id, HttpContext http, LiftStop use, Texts t) =>
            Reply.Form(http, await use.Handle(new(http.User.Actor(), id), http.RequestAborted), "/tam-dung", "stop.lifted", t))
            .RequireAuthorization(p => p.RequireRole(Roles.Approver, Roles.Administrator)).ExcludeFromDescription();

        var api = app.MapGroup("/api/v1/stops").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy);
        api.MapGet("/", List).WithSummary("Stops by theme and area that concern the caller's area, newest first, past ones too.");
        api.MapPost("/", async (StopAsk ask, HttpContext http, StartStop use, TimeProvider clock, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), ask.Wish), http.RequestAborted), s => StopAnswer.Of(s, clock.GetUtcNow())), t)).WithSummary("Silences items of themes in an area from now or a time on; plans that say so leave at once.");
        api.MapPost("/preview", async (StopAsk ask, HttpContext http, CountStop use, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), ask.Wish), http.RequestAborted), CountAnswer.Of), t)).WithSummary("What it would silence; nothing is changed.");
        api.MapPost("/{id:long}/lift", async (long id, HttpContext http, LiftStop use, TimeProvider clock, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), id), http.RequestAborted), s => StopAnswer.Of(s, clock.GetUtcNow())), t)).WithSummary("Ends a stop before its time.");
    }

    private static async Task<IResult> List(HttpContext http, IStops stops, IClusters clusters, TimeProvider clock) =>
        Results.Json((await stops.All(http.RequestAborted)).Where(s => StopRules.Concerns(s, http.User.Actor().Scope, clusters.All)).Select(s => StopAnswer.Of(s, clock.GetUtcNow())), ApiJson.Options);

    private static Outcome<TAnswer> Answer<T, TAnswer>(Outcome<T> outcome, Func<T, TAnswer> of) => outcome.Is(out var done, out var why) ? of(done) : why;
}
