using System.ComponentModel;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>On which days a schedule plays, for programs: of one that stands, and of one that is only thought of.</summary>
internal static class ScheduleDaysApi
{
    /// <summary>Days of one answer.</summary>
    public const int Most = 400;

    /// <param name="Words">The days as a person reads them, in the caller's language.</param>
    public sealed record DaysAnswer(string Words, IReadOnlyList<DayAnswer> Days);

    /// <summary>A day on which a window starts.</summary>
    public sealed record DayAnswer(
        DateOnly Day,
        [property: Description("Day/month/year of the Vietnamese lunar calendar, n after the month = leap month.")] string? Lunar,
        [property: Description("Branch of the day, for market days.")] string Branch,
        [property: Description("Start times named by the rule itself; empty = the schedule's windows.")] IReadOnlyList<TimeOnly> Starts,
        [property: Description("Id of the occurrence, which exclusions name.")] OccurrenceId? Occurrence,
        [property: Description("Ids of the holidays on this day.")] IReadOnlyList<string> Holidays);

    public static void MapScheduleDays(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1/schedules").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy);
        api.MapGet("/{id:long}/days", Standing).WithSummary($"Days on which a schedule plays as it reads now, from–to inclusive, at most {Most}; default from today.");
        api.MapPost("/days", Thought).RequireAuthorization(p => p.RequireRole(Roles.Editor, Roles.Approver, Roles.Administrator))
            .WithSummary($"The same of a schedule that is not written down: it is checked and nothing is kept. At most {Most} days.");
    }

    private static async Task<IResult> Standing(long id, DateOnly? from, DateOnly? to, HttpContext http, ISchedules schedules, IClusters clusters, IHolidays holidays, TimeProvider clock, Texts texts)
    {
        if (await schedules.Of(id, http.RequestAborted) is not { } s || !ScheduleRules.MaySee(http.User.Actor(), s, clusters.All))
            return Results.NotFound();
        return Results.Json(Told(s.Newest, await holidays.Table(http.RequestAborted), from ?? LocalTime.Day(clock.GetUtcNow()), to, texts), ApiJson.Options);
    }

    private static async Task<IResult> Thought(SchedulingEndpoints.ScheduleAsk ask, DateOnly? from, DateOnly? to, HttpContext http, IHolidays holidays, TimeProvider clock, Texts texts)
    {
        var (view, table) = (ask.View(0), await holidays.Table(http.RequestAborted));
        return ScheduleRules.Check(view, table) is { } why
            ? Reply.Refused(why, texts)
            : Results.Json(Told(view, table, from ?? LocalTime.Day(clock.GetUtcNow()), to, texts), ApiJson.Options);
    }

    private static DaysAnswer Told(ScheduleView view, HolidayTable table, DateOnly from, DateOnly? to, Texts texts) => new(
        ScheduleWords.Days(view, texts, table),
        [.. NextDays.Of(view, table, from, Most, to).Select(d => new DayAnswer(d.Day, d.Lunar?.ToString(), d.Branch, d.Starts, d.Occurrence, [.. d.Holidays.Select(h => h.Id)]))]);
}
