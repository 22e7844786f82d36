using System.Globalization;
using BorderInfo.Contract.Calendars;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Scheduling;

/// <summary>The buttons of <c>/ngay-le</c> and <c>/api/v1/holidays</c>.</summary>
internal static class HolidayEndpoints
{
    /// <param name="Revision">Of the entry, from 1.</param>
    public sealed record HolidayAnswer(Holiday Entry, int Revision, bool Removed, DateTimeOffset ChangedAt)
    {
        public static HolidayAnswer Of(HolidayRevision r) => new(r.Read(), r.Revision, r.Removed, r.ChangedAt);
    }

    /// <param name="Sure">Also when published schedules are left without a day.</param>
    public sealed record UndoAsk(int To, bool Sure = false);

    public static void MapHolidays(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("/ngay-le").RequireAuthorization(p => p.RequireRole(Roles.Administrator)).ExcludeFromDescription();
        pages.MapPost("/{id}/xoa", async (string id, HttpContext http, ChangeHoliday change, Texts t) =>
            Reply.Form(http, await change.Handle(new(http.User.Actor(), id, null, Sure: (await http.Request.ReadFormAsync(http.RequestAborted))["sure"] == "1"), http.RequestAborted), $"/ngay-le/{Uri.EscapeDataString(id)}", "holiday.removed-done", t));
        pages.MapPost("/{id}/hoan-tac", async (string id, HttpContext http, ChangeHoliday change, Texts t) =>
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var to = int.TryParse(form["to"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            return Reply.Form(http, await change.Undo(http.User.Actor(), id, to, http.RequestAborted, form["sure"] == "1"), $"/ngay-le/{Uri.EscapeDataString(id)}", "holiday.undone", t);
        });

        var api = app.MapGroup("/api/v1/holidays").WithTags("scheduling").RequireAuthorization(ApiDoor.Policy);
        api.MapGet("/", async (HttpContext http, HolidayBook book) => (await book.Newest(http.RequestAborted)).Where(r => !r.Removed).Select(HolidayAnswer.Of)).WithSummary("The table of holidays and anniversaries that schedules may name.");
        api.MapGet("/{id}/history", async (string id, HttpContext http, HolidayBook book) => (await book.History(id, http.RequestAborted)).Select(HolidayAnswer.Of)).WithSummary("What an entry said, newest first.");
        api.MapPost("/", async (Holiday entry, HttpContext http, ChangeHoliday change, Texts t) =>
            Reply.Api(await change.Handle(new(http.User.Actor(), entry.Id, entry, New: true), http.RequestAborted), t)).WithSummary("Adds an entry. Sites that play by the table get new plans soon after.");
        api.MapPut("/{id}", async (string id, int? revision, bool? sure, Holiday entry, HttpContext http, ChangeHoliday change, Texts t) =>
            Reply.Api(await change.Handle(new(http.User.Actor(), id, entry with { Id = id }, Revision: revision, Sure: sure ?? false), http.RequestAborted), t)).WithSummary("Changes an entry; to end it, give toYear. With revision: refused when somebody else changed it meanwhile. Without sure=true: refused when a published schedule would be left without a day.");
        api.MapDelete("/{id}", async (string id, bool? sure, HttpContext http, ChangeHoliday change, Texts t) =>
            Reply.Api(await change.Handle(new(http.User.Actor(), id, null, Sure: sure ?? false), http.RequestAborted), t)).WithSummary("Removes an entry that no schedule names. Without sure=true: refused when a published schedule would be left without a day.");
        api.MapPost("/{id}/undo", async (string id, UndoAsk ask, HttpContext http, ChangeHoliday change, Texts t) =>
            Reply.Api(await change.Undo(http.User.Actor(), id, ask.To, http.RequestAborted, ask.Sure), t)).WithSummary("Makes an entry read as it did at a revision; 0 = before it was added.");
    }
}
