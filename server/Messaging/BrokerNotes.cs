using System.Security.Claims;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Messaging.Broker;
using BorderInfo.Server.Platform.Notes;

namespace BorderInfo.Server.Messaging;

/// <summary>On the overview: why the sites cannot be reached.</summary>
internal sealed class BrokerNotes(BrokerProcess broker, ServerLink link) : ITellNotes
{
    public IReadOnlyList<string> Roles { get; } = [Identity.Public.Roles.Administrator, Identity.Public.Roles.Technician];

    public Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop) => Task.FromResult<IReadOnlyList<Note>>(broker.Trouble switch
    {
        { Kind: BrokerTrouble.NotInstalled } => [new(NoteWeight.Trouble, "note.broker-not-installed")],
        { Why: var why } => [new(NoteWeight.Trouble, "note.broker-fails", why)],
        null when broker.ProcessId is not null && !link.IsConnected => [new(NoteWeight.Trouble, "note.broker-not-connected")],
        null => [],
    });
}
