using System.ComponentModel;
using System.Globalization;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling;

/// <summary>One day of a schedule: left out, moved, added. For the form of <see cref="OccurrenceForm"/>, the calendar and programs.</summary>
internal static class OccurrenceEndpoints
{
    public sealed record OccurrenceAsk(
        [property: Description("A day on which the schedule plays; absent = only add the day given by to.")] DateOnly? Day,
        [property: Description("Where the day goes; absent = it is left out.")] DateOnly? To,
        [property: Description("The revision that was seen; refused when somebody else changed it meanwhile.")] int? Revision);

    /// <param name="UndoTo">To give to <c>/undo</c>.</param>
    public sealed record OccurrenceAnswer(int Revision, int UndoTo, string Text, bool OneOff);

    public static void MapOccurrences(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/lich").RequireAuthorization(p => p.RequireRole(Roles.Editor, Roles.Approver, Roles.Administrator)).ExcludeFromDescription();
        pages.MapPost("/{id:long}/lan-phat", Form);
        pages.MapPost("/{id:long}/tro-lai", async (long id, HttpContext http, UndoChange undo, Texts t) =>
        {
            var to = int.TryParse((await http.Request.ReadFormAsync(http.RequestAborted))["to"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : int.MaxValue;
            return Reply.Form(http, await undo.Handle(new(http.User.Actor(), id, to), http.RequestAborted), Page(id), "schedule.undone", t);
        });
        app.MapPost("/api/v1/schedules/{id:long}/occurrences", Api).WithTags("scheduling").RequireAuthorization(ApiDoor.Policy)
            .WithSummary("Leaves out one day of a schedule (day), moves it (day, to) or adds one (to). A new revision; the answer says which one undoes it.");
    }

    private static async Task<IResult> Api(long id, OccurrenceAsk ask, HttpContext http, ChangeOccurrence change, Texts t) =>
        (await change.Handle(new(http.User.Actor(), id, ask.Day, ask.To, ask.Revision), http.RequestAborted)).Is(out var done, out var why)
            ? Results.Json(new OccurrenceAnswer(done.Schedule.Revision, done.UndoTo, Said(ask.Day, ask.To, t), done.Schedule.Newest.OneOff), ApiJson.Options)
            : Reply.Refused(why, t);

    private static async Task<IResult> Form(long id, HttpContext http, ChangeOccurrence change, Texts t)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var to = form["to"].ToString();
        Outcome<DateOnly> day = LocalTime.ReadDay(form["day"].ToString());
        Outcome<DateOnly?> moved = form["act"] != "move" ? (DateOnly?)null : LocalTime.ReadDay(to).Is(out var typed, out var wrong) ? typed : wrong;
        if (!day.Is(out var which, out var why) || !moved.Is(out var goes, out why) || !(await change.Handle(new(http.User.Actor(), id, which, goes), http.RequestAborted)).Is(out _, out why))
        {
            Reply.Flash(http, false, t[why]);
            return Results.Redirect(Page(id));
        }

        Reply.Flash(http, true, Said(which, goes, t));
        return Results.Redirect(Page(id));
    }

    private static string Said(DateOnly? day, DateOnly? to, Texts t) => (day, to) switch
    {
        ({ } left, null) => t["schedule.occurrence-left", LocalTime.Text(left)],
        ({ } from, { } goes) => t["schedule.occurrence-moved", LocalTime.Text(from), LocalTime.Text(goes)],
        _ => t["schedule.occurrence-added", LocalTime.Text(to!.Value)],
    };

    private static string Page(long id) => $"/lich/{id.ToString(CultureInfo.InvariantCulture)}";
}
