using System.Security.Claims;
using BorderInfo.Server.Platform.Notes;

namespace BorderInfo.Server.Platform.Backup;

/// <summary>On the overview of administrators: the last try failed, or the newest backup is older than two days.</summary>
internal sealed class BackupNotes(BackupShelf shelf, BackupSettings settings, TimeProvider clock) : ITellNotes
{
    private static readonly TimeSpan TooOld = TimeSpan.FromDays(2);

    public IReadOnlyList<string> Roles { get; } = ["administrator"];

    public Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop)
    {
        if (!settings.On)
            return Task.FromResult<IReadOnlyList<Note>>([]);
        if (shelf.Fault is { } fault)
            return Task.FromResult<IReadOnlyList<Note>>([new(NoteWeight.Trouble, $"note.backup.{fault.Code}", fault.With)]);
        var age = clock.GetUtcNow() - shelf.Latest();
        return Task.FromResult<IReadOnlyList<Note>>(age > TooOld ? [new(NoteWeight.Warning, "note.backup.old", (int)age.Value.TotalDays)] : []);
    }
}
