using System.Security.Claims;
using BorderInfo.Server.Platform.Notes;

namespace BorderInfo.Server.Platform.Machine;

/// <summary>On the overview of administrators and technicians: missing programs, a disk that fills up.</summary>
internal sealed class MachineNotes(Disk disk, DataFolder data) : ITellNotes
{
    public IReadOnlyList<string> Roles { get; } = ["administrator", "technician"];

    public Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop)
    {
        var free = disk.FreeBytes;
        Note[] low = free >= disk.WarnBytes ? [] : [new(free < disk.ReserveBytes ? NoteWeight.Trouble : NoteWeight.Warning, free < disk.ReserveBytes ? "note.disk-full" : "note.disk-low", data.Root, free >> 20) { About = data.Root }];
        // The broker tells by itself why it does not run.
        return Task.FromResult<IReadOnlyList<Note>>([.. low, .. Programs.Missing().Where(p => p.Name != "mosquitto").Select(p => new Note(NoteWeight.Trouble, $"note.program.{p.Name}", p.Package))]);
    }
}
