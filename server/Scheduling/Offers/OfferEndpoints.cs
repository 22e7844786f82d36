using System.ComponentModel;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>The buttons of offers and meetings, <c>/api/v1/offers</c> and <c>/api/v1/priority-meetings</c>.</summary>
internal static class OfferEndpoints
{
    /// <param name="AnswerBy">At most 60 days ahead.</param>
    public sealed record OfferAsk(long Schedule, DateTimeOffset AnswerBy, string? Note);

    public sealed record ReasonAsk(string Reason);

    /// <param name="Weekdays">Absent = all.</param>
    /// <param name="Windows">Local, <c>HH:mm</c>; equal ends only as 00:00–00:00, the whole day.</param>
    public sealed record AcceptAsk(DateOnly From, DateOnly? To, IReadOnlyList<DayOfWeek>? Weekdays, IReadOnlyList<TimeWindow> Windows, int? EveryMinutes)
    {
        internal OwnTimes Times => new(
            From, To, Weekdays is null ? Contract.Plans.Weekdays.All : Weekdays.Aggregate(Contract.Plans.Weekdays.None, (all, d) => all | ScheduleRules.FlagOf(new DateOnly(2026, 11, 22).AddDays((int)d))), Windows ?? [], EveryMinutes);
    }

    /// <param name="First">Own, Source, or Open to take the decision back.</param>
    public sealed record DecideAsk(string Commune, long Source, long Own, PriorityFirst First, string? Note);

    /// <summary>An offer as the API gives it, with the communes that the caller may see.</summary>
    public sealed record OfferAnswerModel(
        long Id, string Code, long Schedule, string Name, IReadOnlyList<ItemId> Items, OfferState State, DateTimeOffset AnswerBy, string Note, DateTimeOffset MadeAt, string MadeBy,
        DateTimeOffset? WithdrawnAt, string? WithdrawnBy, string? WithdrawnReason, IReadOnlyList<PlaceModel> Communes)
    {
        internal static OfferAnswerModel Of(Offer o, DateTimeOffset now) => new(
            o.Id, o.Code, o.Schedule.Id, o.Schedule.Name, o.Schedule.Items, o.State(now), o.AnswerBy, o.Note, o.MadeAt, o.MadeBy, o.WithdrawnAt, o.WithdrawnBy, o.WithdrawnReason,
            [.. o.Places.Select(p => new PlaceModel(p.Commune, p.State(o.State(now)), p.Own?.Id, [.. p.Answers.Select(a => new AnswerModel(a.Kind, a.At, a.ByName, a.Reason))]))]);
    }

    /// <param name="Schedule">The commune's own schedule that its acceptance made.</param>
    public sealed record PlaceModel(string Commune, PlaceState State, long? Schedule, [property: Description("Oldest first; the last one counts.")] IReadOnlyList<AnswerModel> Answers);

    public sealed record AnswerModel(AnswerKind Kind, DateTimeOffset At, string By, string Reason);

    /// <param name="First">Who goes first; Open = nobody has decided, so the source does.</param>
    public sealed record MeetingModel(string Commune, long Source, string SourceName, long Own, string OwnName, DateOnly FirstDay, IReadOnlyList<string> Clusters, PriorityFirst First, string? DecidedBy, DateTimeOffset? DecidedAt, string? Note)
    {
        internal static MeetingModel Of(PriorityMeeting m) => new(
            m.Commune, m.Source.Id, m.Source.Published!.Name, m.Own.Id, m.Own.Published!.Name, m.First, m.Clusters, m.Decision?.First ?? PriorityFirst.Open, m.Decision?.ByName, m.Decision?.At, m.Decision?.Note);
    }

    public static void MapOffers(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/de-nghi-phat").RequireAuthorization(p => p.RequireRole(Roles.Editor, Roles.Approver, Roles.Administrator)).ExcludeFromDescription();
        pages.MapPost("/{id:long}/thu-hoi", async (long id, HttpContext http, WithdrawOffer use, Texts t) =>
            Reply.Form(http, await use.Handle(new(http.User.Actor(), id, await Field(http, "reason")), http.RequestAborted), $"/de-nghi-phat/{id}", "offer.withdrawn-now", t));
        pages.MapPost("/{id:long}/xa/{commune}/khong-nhan", async (long id, string commune, HttpContext http, DeclineOffer use, Texts t) =>
            Reply.Form(http, await use.Handle(new(http.User.Actor(), id, commune, await Field(http, "reason")), http.RequestAborted), $"/de-nghi-phat/{id}", "offer.declined", t));
        pages.MapPost("/{id:long}/xa/{commune}/rut-lai", async (long id, string commune, HttpContext http, TakeBackAnswer use, Texts t) =>
            Reply.Form(http, await use.Handle(new(http.User.Actor(), id, commune), http.RequestAborted), $"/de-nghi-phat/{id}", "offer.taken-back", t));
        pages.MapPost("/gap-nhau", Decide);
        MapApi(app);
    }

    private static void MapApi(IEndpointRouteBuilder app)
    {
        var offers = app.MapGroup("/api/v1/offers").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy);
        offers.MapGet("/", List).WithSummary("Ordinary bulletins offered to communes of the caller's area, newest first, with each commune's answers.");
        offers.MapGet("/{id:long}", One).WithSummary("One offer.");
        offers.MapPost("/", async (OfferAsk ask, HttpContext http, MakeOffer use, IClusters all, TimeProvider clock, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), ask.Schedule, ask.AnswerBy.ToUniversalTime(), ask.Note ?? ""), http.RequestAborted), http, all, clock), t)).WithSummary("Offers a draft schedule of ordinary class to the communes it reaches instead of publishing it.");
        offers.MapPost("/{id:long}/withdraw", async (long id, ReasonAsk ask, HttpContext http, WithdrawOffer use, IClusters all, TimeProvider clock, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), id, ask.Reason ?? ""), http.RequestAborted), http, all, clock), t)).WithSummary("Nobody can accept it any more; what was accepted plays on.");
        offers.MapPost("/{id:long}/communes/{commune}/accept", async (long id, string commune, AcceptAsk ask, HttpContext http, AcceptOffer use, IClusters all, TimeProvider clock, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), id, commune, ask.Times), http.RequestAborted), http, all, clock), t)).WithSummary("The commune plays it at its own times; only its own users can.");
        offers.MapPost("/{id:long}/communes/{commune}/decline", async (long id, string commune, ReasonAsk ask, HttpContext http, DeclineOffer use, IClusters all, TimeProvider clock, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), id, commune, ask.Reason ?? ""), http.RequestAborted), http, all, clock), t)).WithSummary("The commune does not play it, with the reason.");
        offers.MapPost("/{id:long}/communes/{commune}/take-back", async (long id, string commune, HttpContext http, TakeBackAnswer use, IClusters all, TimeProvider clock, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), id, commune), http.RequestAborted), http, all, clock), t)).WithSummary("The commune takes its answer back: what it accepted leaves its plans.");

        var meetings = app.MapGroup("/api/v1/priority-meetings").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy);
        meetings.MapGet("/", Meetings).WithSummary("Where priority bulletins of a wider source meet a commune's own, and who goes first.");
        meetings.MapPost("/", async (DecideAsk ask, HttpContext http, DecideMeeting use, Texts t) =>
            Reply.Api(Answer(await use.Handle(new(http.User.Actor(), ask.Commune ?? "", ask.Source, ask.Own, ask.First, ask.Note ?? ""), http.RequestAborted)), t)).WithSummary("The commune decides who goes first; Open takes its decision back.");
    }

    private static async Task<IResult> Decide(HttpContext http, DecideMeeting use, Texts t)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (source, own) = (long.TryParse(form["source"], out var s) ? s : 0, long.TryParse(form["own"], out var o) ? o : 0);
        var first = Enum.TryParse<PriorityFirst>(form["first"], out var f) ? f : (PriorityFirst)(-1);
        return Reply.Form(http, await use.Handle(new(http.User.Actor(), form["commune"].ToString(), source, own, first, form["note"].ToString()), http.RequestAborted), "/de-nghi-phat#gap-nhau", "meeting.decided", t);
    }

    private static async Task<IResult> List(HttpContext http, OfferBook book, IClusters clusters, TimeProvider clock) =>
        Results.Json((await book.All(http.RequestAborted)).Select(o => Seen(o, http, clusters)).OfType<Offer>().Select(o => OfferAnswerModel.Of(o, clock.GetUtcNow())), ApiJson.Options);

    private static async Task<IResult> One(long id, HttpContext http, OfferBook book, IClusters clusters, TimeProvider clock) =>
        await book.Of(id, http.RequestAborted) is { } o && Seen(o, http, clusters) is { } seen ? Results.Json(OfferAnswerModel.Of(seen, clock.GetUtcNow()), ApiJson.Options) : Results.NotFound();

    private static async Task<IResult> Meetings(HttpContext http, OfferBook book, ISchedules schedules, IHolidays holidays, IClusters clusters, TimeProvider clock)
    {
        var reader = http.User.Actor().Scope;
        string[] communes = [.. clusters.All.Select(c => c.CommuneCode).Distinct().Where(c => OfferRules.Sees(reader, c, clusters.All))];
        return Results.Json(
            PriorityMeetings.Of(communes, await schedules.All(http.RequestAborted), await book.Counting(http.RequestAborted), clusters.All, await holidays.Table(http.RequestAborted), LocalTime.Day(clock.GetUtcNow())).Select(MeetingModel.Of),
            ApiJson.Options);
    }

    private static Offer? Seen(Offer offer, HttpContext http, IClusters clusters) =>
        offer.For(c => OfferRules.Sees(http.User.Actor().Scope, c, clusters.All)) is { Places.Count: > 0 } seen ? seen : null;

    /// <summary>To a commune nothing is told of the others.</summary>
    private static Outcome<OfferAnswerModel> Answer(Outcome<Offer> outcome, HttpContext http, IClusters clusters, TimeProvider clock) =>
        outcome.Is(out var done, out var why) ? OfferAnswerModel.Of(Seen(done, http, clusters) ?? done with { Places = [] }, clock.GetUtcNow()) : why;

    private static Outcome<MeetingModel> Answer(Outcome<PriorityMeeting> outcome) => outcome.Is(out var done, out var why) ? MeetingModel.Of(done) : why;

    private static async Task<string> Field(HttpContext http, string name) => (await http.Request.ReadFormAsync(http.RequestAborted))[name].ToString();
}
