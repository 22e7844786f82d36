using System.Security.Claims;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Platform.Machine;
using BorderInfo.Server.Platform.Notes;

namespace BorderInfo.Server.Content.Slides;

/// <summary>On the overview and in the log: languages that cannot be drawn on this machine, and the package that helps. Looked at soon after the start and every quarter of an hour.</summary>
internal sealed class FontNotes(FontCheck fonts) : ITellNotes
{
    private const int MostNamed = 4;

    public IReadOnlyList<string> Roles { get; } = [Identity.Public.Roles.Administrator, Identity.Public.Roles.Technician];

    public async Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop)
    {
        if (Programs.Missing().Any(p => p.Name == "fontconfig"))
            return [];
        var missing = reader is null ? await fonts.Look(ContentLanguage.All) : fonts.Last;
        return [.. missing.Select(m => new Note(NoteWeight.Trouble, "note.font", m.Family, Named(m.Languages), m.Package) { About = m.Family })];
    }

    private static string Named(IReadOnlyList<ContentLanguage> languages) =>
        string.Join(", ", languages.Take(MostNamed).Select(l => l.Shown)) + (languages.Count > MostNamed ? "…" : "");
}
