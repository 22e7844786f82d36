using System.Globalization;
using BorderInfo.Contract.Plans;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>What an event of the calendar can be told to do by form and by program besides dragging.</summary>
internal static class CalendarEndpoints
{
    private static readonly string[] Writers = [Roles.Editor, Roles.Approver, Roles.Administrator];

    /// <param name="Start">Null = the times of the window.</param>
    public sealed record CopyAsk(int Window, DateOnly Day, TimeOnly? Start, TimeOnly? End);

    /// <param name="Id">Of the copy; deleting it undoes the copying.</param>
    public sealed record CopyAnswer(long Id, string Text);

    public static void MapCalendar(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/lich/{id:long}").RequireAuthorization(p => p.RequireRole(Writers)).ExcludeFromDescription();
        pages.MapPost("/chep", Copy);
        pages.MapPost("/ngay/{day}/chep", CopyByForm);
        pages.MapPost("/ngay/{day}/doi", MoveByForm);
        pages.MapPost("/ve-ban", async (long id, HttpContext http, UndoChange undo, Texts t) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return Reply.Form(http, await undo.Handle(new(http.User.Actor(), id, Number(form["ban"])), http.RequestAborted), "/lich", "schedule.undone", t);
        });
        pages.MapPost("/bo-ban-sao", async (long id, HttpContext http, DeleteSchedule delete, Texts t) => Reply.Api(await delete.Handle(new(http.User.Actor(), id), http.RequestAborted), t));
        app.MapGroup("/api/v1/schedules").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy)
            .MapPost("/{id:long}/copy", Copy).WithSummary("Copies one window of a schedule to a day, as a draft of its own; deleting the copy undoes it.");
    }

    private static async Task<IResult> Copy(long id, CopyAsk ask, HttpContext http, CopySchedule copy, Texts t)
    {
        var times = ask is { Start: { } a, End: { } b } ? new TimeWindow(a, b) : null;
        var outcome = await copy.Handle(new(http.User.Actor(), id, ask.Window, ask.Day, times), http.RequestAborted);
        return outcome.Is(out var made, out var why)
            ? Results.Json(new CopyAnswer(made.Id, t["schedule.copied", made.Newest.Name, LocalTime.Text(ask.Day)]), ApiJson.Options)
            : Reply.Refused(why, t);
    }

    private static async Task<IResult> CopyByForm(long id, string day, HttpContext http, CopySchedule copy, Texts t)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (!LocalTime.ReadDay(form["den"].ToString()).Is(out var to, out var why))
            return Back(http, id, day, form, why, t);
        var outcome = await copy.Handle(new(http.User.Actor(), id, Number(form["khung"]), to), http.RequestAborted);
        if (!outcome.Is(out var made, out why))
            return Back(http, id, day, form, why, t);
        Reply.Flash(http, true, t["schedule.copied", made.Newest.Name, LocalTime.Text(to)]);
        return Results.Redirect(Invariant($"/lich/{made.Id}"));
    }

    private static async Task<IResult> MoveByForm(long id, string day, HttpContext http, MoveSchedule move, Texts t)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        Refusal? why = null;
        if (!LocalTime.ReadDay(day).Is(out var from, out why) || !LocalTime.ReadDay(form["den"].ToString()).Is(out var to, out why))
            return Back(http, id, day, form, why, t);
        if (!Time(form["tu"], out var start) || !Time(form["toi"], out var end))
            return Back(http, id, day, form, new("schedule.not-a-time", $"{form["tu"]}–{form["toi"]}"), t);
        var outcome = await move.Handle(new(http.User.Actor(), id, Number(form["khung"]), from, to, new(start, end)), http.RequestAborted);
        if (!outcome.Is(out var done, out why))
            return Back(http, id, day, form, why, t);
        Reply.Flash(http, true, t["schedule.moved", done.Schedule.Newest.Name]);
        return Results.Redirect(Invariant($"/lich?ngay={to:yyyy-MM-dd}&hoan-tac={id}:{done.UndoTo}"));
    }

    private static IResult Back(HttpContext http, long id, string day, IFormCollection form, Refusal why, Texts t)
    {
        Reply.Flash(http, false, t[why]);
        return Results.Redirect(Invariant($"/lich/{id}/ngay/{Uri.EscapeDataString(day)}?khung={Number(form["khung"])}"));
    }

    private static bool Time(string? text, out TimeOnly time) => TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
