using System.ComponentModel;
using System.Text;
using BorderInfo.Contract.Calendars;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>Schedules as iCalendar files, out and in.</summary>
internal static class CalendarApi
{
    /// <summary>What a file says, in the members of a schedule; nothing is kept.</summary>
    public sealed record CalendarAnswer(
        string Name, DateOnly From, DateOnly? To, Weekdays Weekdays, IReadOnlyList<TimeWindow> Windows, DayRule? Days,
        [property: Description("The days as a person reads them, in the caller's language.")] string Words);

    public static void MapCalendarFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/lich/{id:long}/xuat.ics", Written).RequireAuthorization(p => p.RequireRole(Roles.Editor, Roles.Approver, Roles.Administrator)).ExcludeFromDescription();
        var api = app.MapGroup("/api/v1/schedules").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy);
        api.MapGet("/{id:long}/ical", Written)
            .WithSummary($"The schedule as it reads now, as iCalendar (text/calendar): one event for each window. Lunar days, market days, holidays and offsets as the days of the next {WriteCalendar.Ahead} days; the rule itself in {WriteCalendar.ExtraName}.");
        api.MapPost("/ical", ReadIn).Accepts<string>("text/calendar")
            .WithSummary("Reads an iCalendar file into the members of a schedule, to be sent back with items and targets. Refuses what it does not take and says what; nothing is kept.");
    }

    private static async Task<IResult> Written(long id, HttpContext http, ISchedules schedules, IClusters clusters, IHolidays holidays, TimeProvider clock)
    {
        if (await schedules.Of(id, http.RequestAborted) is not { } s || !ScheduleRules.MaySee(http.User.Actor(), s, clusters.All))
            return Results.NotFound();
        var now = clock.GetUtcNow();
        var text = WriteCalendar.Of(s.Newest, await holidays.Table(http.RequestAborted), LocalTime.Day(now), now);
        return Results.File(Encoding.UTF8.GetBytes(text), "text/calendar; charset=utf-8", $"{s.Newest.EntryId}.ics");
    }

    private static async Task<IResult> ReadIn(HttpContext http, IHolidays holidays, Texts texts)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var buffer = new char[ReadCalendar.Longest + 1];
        var length = await reader.ReadBlockAsync(buffer, http.RequestAborted);
        if (!ReadCalendar.From(new string(buffer, 0, length)).Is(out var read, out var why))
            return Reply.Refused(why, texts);
        var (view, table) = (View(read), await holidays.Table(http.RequestAborted));
        return ScheduleRules.DaysByRule(view, table) is { } unsound
            ? Reply.Refused(unsound, texts)
            : Results.Json(new CalendarAnswer(read.Name, read.From, read.To, read.Weekdays, read.Windows, read.Days, ScheduleWords.Days(view, texts, table)), ApiJson.Options);
    }

    /// <summary>Without items and targets.</summary>
    public static ScheduleView View(CalendarSchedule read) =>
        new(0, read.Name, Tier.Programme, 500, [], [], read.From, read.To, read.Weekdays, read.Windows, null, false, default) { Days = read.Days };
}
