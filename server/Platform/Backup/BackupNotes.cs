using System.Security.Claims;
using BorderInfo.Server.Platform.Notes;

namespace BorderInfo.Server.Platform.Backup;

/// <summary>On the overview of administrators: the last try failed, content is damaged, or the newest backup is older than two days; where there is none, two days after the first start.</summary>
internal sealed class BackupNotes(BackupShelf shelf, BackupSettings settings, ServedSince first, TimeProvider clock) : ITellNotes
{
    private static readonly TimeSpan TooOld = TimeSpan.FromDays(2);

    public IReadOnlyList<string> Roles { get; } = ["administrator"];

    public Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop)
    {
        if (!settings.On)
            return Task.FromResult<IReadOnlyList<Note>>([]);
        if (shelf.Fault is { } fault)
            return Task.FromResult<IReadOnlyList<Note>>([new(NoteWeight.Trouble, $"note.backup.{fault.Code}", fault.With)]);
        var latest = shelf.Latest();
        var age = clock.GetUtcNow() - (latest ?? first.At);
        return Task.FromResult<IReadOnlyList<Note>>(age > TooOld ? [new(NoteWeight.Warning, latest is null ? "note.backup.none" : "note.backup.old", (int)age.TotalDays)] : []);
    }
}
