using System.Security.Claims;
using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;
using BorderInfo.Server.Scheduling.Public;

namespace BorderInfo.Server.Scheduling.Offers;

/// <summary>Reminds a commune on its overview of bulletins that wait for its answer, and of priority bulletins that meet without its word.</summary>
internal sealed class OfferNotes(OfferBook book, ISchedules schedules, IHolidays holidays, IClusters clusters, TimeProvider clock) : ITellNotes
{
    public IReadOnlyList<string> Roles { get; } = [Identity.Public.Roles.Editor, Identity.Public.Roles.Approver];

    public async Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop)
    {
        var communes = reader?.Actor().Scope.Communes ?? [];
        if (communes.Count == 0)
            return [];
        var now = clock.GetUtcNow();
        var notes = (from o in await book.All(stop)
                     from p in o.Places
                     where communes.Contains(p.Commune) && p.State(o.State(now)) == PlaceState.Waiting
                     select new Note(NoteWeight.Reminder, "note.offer-waits", o.Schedule.Name, LocalTime.Text(o.AnswerBy)) { Url = $"/de-nghi-phat/{o.Id}?xa={p.Commune}" }).ToList();
        var open = PriorityMeetings.Of([.. communes], await schedules.All(stop), await book.Counting(stop), clusters.All, await holidays.Table(stop), LocalTime.Day(now)).Where(m => m.Decision is null).ToArray();
        notes.AddRange(open.Select(m => new Note(NoteWeight.Reminder, "note.meeting-open", m.Own.Published!.Name, m.Source.Published!.Name) { Url = "/de-nghi-phat#gap-nhau" }));
        return notes;
    }
}
