using System.Security.Claims;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Notes;

namespace BorderInfo.Server.Publishing;

/// <summary>Says on the overview where an older plan plays on because the new one is refused: too large, for one.</summary>
internal sealed class StuckNotes(PublishBook book) : ITellNotes
{
    public IReadOnlyList<string> Roles { get; } = [Identity.Public.Roles.Editor, Identity.Public.Roles.Approver, Identity.Public.Roles.Administrator];

    public async Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop)
    {
        var (_, stuck) = await book.Troubles(reader?.Actor().Scope ?? AreaScope.All, stop);
        return [.. stuck.Select(w => new Note(NoteWeight.Trouble, w.What.Length > 0 ? "note.plan-stuck" : "note.plans-stuck", w.What) { Url = "/phat-hanh", About = $"{w.Cause} {w.What}" }).DistinctBy(n => n.Key)];
    }
}
