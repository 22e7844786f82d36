using System.ComponentModel;
using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>The calendar's questions, the buttons, and <c>/api/v1/schedules</c>.</summary>
internal static class SchedulingEndpoints
{
    private static readonly string[] Writers = [Roles.Editor, Roles.Approver, Roles.Administrator];

    /// <param name="Windows">Local, <c>HH:mm</c>; equal ends only as 00:00–00:00, the whole day.</param>
    public sealed record ScheduleAsk(string Name, Tier Tier, int Number, IReadOnlyList<ItemId> Items, IReadOnlyList<Target> Targets, DateOnly From, DateOnly? To, IReadOnlyList<DayOfWeek>? Weekdays, IReadOnlyList<TimeWindow> Windows, int? EveryMinutes, int? Revision)
    {
        [Description("On which of the days between from and to, beyond weekdays; absent = on all. Exactly one of solar, lunar, market and holidays is given. Additions play whatever from, to and weekdays say.")]
        public DayRule? Days { get; init; }

        [Description("In which order the items come. Default: Listed.")]
        public PlayOrder Order { get; init; }

        [Description("With order Shuffled: another seed gives another order, the same everywhere. Default: 0.")]
        public int Seed { get; init; }

        [Description("Items that come more than once in a round, 1 to 20 times; the others come once.")]
        public IReadOnlyList<ItemWeight>? Weights { get; init; }

        [Description("Shares, caps, gaps and slots on screens, and screens in step with a loudspeaker. Absent = none of them.")]
        public SchedulePace? Pace { get; init; }

        public ScheduleView View(long id) => new(
            id, Name ?? "", Tier, Number == 0 ? 500 : Number, Items ?? [], Targets ?? [], From, To,
            Weekdays is null ? Contract.Plans.Weekdays.All : Weekdays.Aggregate(Contract.Plans.Weekdays.None, (all, d) => all | ScheduleRules.FlagOf(new DateOnly(2026, 11, 22).AddDays((int)d))),
            Windows ?? [], EveryMinutes, false, default)
        {
            Days = Days,
            Order = Order,
            Seed = Seed,
            Weights = Weights ?? [],
            Pace = Pace ?? SchedulePace.None,
        };
    }

    /// <param name="From">Day of the occurrence that was dragged; <paramref name="Day"/> where it was dropped.</param>
    public sealed record MoveAsk(int Window, DateOnly From, DateOnly Day, TimeOnly Start, TimeOnly End);

    /// <summary>A schedule as the API gives it.</summary>
    public sealed record ScheduleAnswer(long Id, string Name, Tier Tier, int Number, ScheduleStanding Standing, int Revision, IReadOnlyList<ItemId> Items, IReadOnlyList<Target> Targets, DateOnly From, DateOnly? To, string Weekdays, IReadOnlyList<TimeWindow> Windows, int? EveryMinutes, DateTimeOffset ChangedAt, DateTimeOffset? PublishedAt)
    {
        [Description("Null = every day of weekdays between from and to.")]
        public DayRule? Days { get; init; }

        public PlayOrder Order { get; init; }

        public int Seed { get; init; }

        public IReadOnlyList<ItemWeight> Weights { get; init; } = [];

        public SchedulePace Pace { get; init; } = SchedulePace.None;

        [Description("One single day: it wins over recurring ones of the same rank.")]
        public bool OneOff { get; init; }

        public static ScheduleAnswer Of(ScheduleStand s) => new(
            s.Id, s.Newest.Name, s.Newest.Tier, s.Newest.Number, s.Standing, s.Revision, s.Newest.Items, s.Newest.Targets, s.Newest.From, s.Newest.To, s.Newest.Weekdays.ToString(), s.Newest.Windows, s.Newest.EveryMinutes, s.Newest.ChangedAt, s.PublishedAt)
        {
            Days = s.Newest.Days,
            Order = s.Newest.Order,
            Seed = s.Newest.Seed,
            Weights = s.Newest.Weights,
            Pace = s.Newest.Pace,
            OneOff = s.Newest.OneOff,
        };
    }

    public sealed record MoveAnswer(int UndoTo, string Text);

    public static void MapSchedules(this IEndpointRouteBuilder app)
    {
        app.MapCalendar();
        var pages = app.MapGroup("/lich").RequireAuthorization(p => p.RequireRole(Writers)).ExcludeFromDescription();
        pages.MapGet("/su-kien", Feed);
        pages.MapPost("/{id:long}/doi", Move);
        pages.MapPost("/{id:long}/hoan-tac", async (long id, UndoAsk ask, HttpContext http, UndoChange undo, Texts t) =>
            Reply.Api(Answer(await undo.Handle(new(http.User.Actor(), id, ask.To), http.RequestAborted)), t));
        pages.MapPost("/{id:long}/xoa", async (long id, HttpContext http, DeleteSchedule delete, Texts t) =>
        {
            var outcome = await delete.Handle(new(http.User.Actor(), id), http.RequestAborted);
            return Reply.Form(http, outcome, outcome.Is(out _, out _) ? $"/lich?da-xoa={id.ToString(CultureInfo.InvariantCulture)}" : $"/lich/{id.ToString(CultureInfo.InvariantCulture)}", "schedule.deleted", t);
        });
        pages.MapPost("/{id:long}/khoi-phuc", async (long id, HttpContext http, DeleteSchedule delete, Texts t) =>
            Reply.Form(http, await delete.Handle(new(http.User.Actor(), id, BringBack: true), http.RequestAborted), "/lich", "schedule.brought-back", t));

        var api = app.MapGroup("/api/v1/schedules").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy);
        api.MapGet("/", List).WithSummary("Schedules that reach the caller's area, newest revision of each.");
        api.MapGet("/{id:long}", One).WithSummary("One schedule.");
        api.MapPost("/", async (ScheduleAsk ask, HttpContext http, SaveSchedule save, Texts t) =>
            Reply.Api(Answer(await save.Handle(new(http.User.Actor(), ask.View(0)), http.RequestAborted)), t)).WithSummary("Creates a schedule as a draft.");
        api.MapPut("/{id:long}", async (long id, ScheduleAsk ask, HttpContext http, SaveSchedule save, Texts t) =>
            Reply.Api(Answer(await save.Handle(new(http.User.Actor(), ask.View(id), ask.Revision), http.RequestAborted)), t)).WithSummary("Writes a new revision; sites play it after publishing. With revision: refused when somebody else changed it meanwhile.");
        api.MapDelete("/{id:long}", async (long id, HttpContext http, DeleteSchedule delete, Texts t) =>
            Reply.Api(await delete.Handle(new(http.User.Actor(), id), http.RequestAborted), t)).WithSummary("Deletes a schedule that is not on air.");
        api.MapPost("/{id:long}/undelete", async (long id, HttpContext http, DeleteSchedule delete, Texts t) =>
            Reply.Api(await delete.Handle(new(http.User.Actor(), id, BringBack: true), http.RequestAborted), t)).WithSummary("Brings a deleted schedule back.");
        api.MapPost("/{id:long}/move", Move).WithSummary("Moves or stretches one window; the answer says which revision undoes it.");
        api.MapPost("/{id:long}/undo", async (long id, UndoAsk ask, HttpContext http, UndoChange undo, Texts t) =>
            Reply.Api(Answer(await undo.Handle(new(http.User.Actor(), id, ask.To), http.RequestAborted)), t)).WithSummary("Makes the schedule read as it did at a revision.");
    }

    public sealed record UndoAsk(int To);

    private static Outcome<ScheduleAnswer> Answer(Outcome<ScheduleStand> outcome) => outcome.Is(out var stand, out var why) ? ScheduleAnswer.Of(stand) : why;

    private static async Task<IReadOnlyList<ScheduleAnswer>> List(HttpContext http, ISchedules schedules, IClusters clusters) =>
        [.. (await schedules.All(http.RequestAborted)).Where(s => ScheduleRules.MaySee(http.User.Actor(), s, clusters.All)).Select(ScheduleAnswer.Of)];

    private static async Task<IResult> One(long id, HttpContext http, ISchedules schedules, IClusters clusters) =>
        await schedules.Of(id, http.RequestAborted) is { } s && ScheduleRules.MaySee(http.User.Actor(), s, clusters.All) ? Results.Json(ScheduleAnswer.Of(s), ApiJson.Options) : Results.NotFound();

    private static async Task<IResult> Feed(string start, string end, HttpContext http, ISchedules schedules, IClusters clusters, IHolidays holidays, INoise noise, IItems items, TimeProvider clock, Texts texts)
    {
        if (!Day(start, out var from) || !Day(end, out var to))
            return Results.BadRequest();
        var actor = http.User.Actor();
        var quiet = new QuietMarks(clusters.All, (await items.Newest(http.RequestAborted)).ToDictionary(i => i.Id), await noise.Book(http.RequestAborted), LocalTime.Day(clock.GetUtcNow()));
        var seen = (await schedules.All(http.RequestAborted)).Where(s => ScheduleRules.MaySee(actor, s, clusters.All));
        return Results.Json(CalendarFeed.Answer(seen, await holidays.Table(http.RequestAborted), from, to.AddDays(-1), texts, s => ScheduleRules.MayTouch(actor, s, clusters.All), quiet), ApiJson.Options);
    }

    private static async Task<IResult> Move(long id, MoveAsk ask, HttpContext http, MoveSchedule move, Texts texts)
    {
        var outcome = await move.Handle(new(http.User.Actor(), id, ask.Window, ask.From, ask.Day, new(ask.Start, ask.End)), http.RequestAborted);
        return outcome.Is(out var done, out var why)
            ? Results.Json(new MoveAnswer(done.UndoTo, texts["schedule.moved", done.Schedule.Newest.Name]), ApiJson.Options)
            : Reply.Refused(why, texts);
    }

    private static bool Day(string text, out DateOnly day) => DateOnly.TryParseExact(text.Length >= 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day >= DaySet.FirstDay && day <= DaySet.LastDay;
}
