using System.Security.Claims;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Notes;
using BorderInfo.Server.Platform.Pages;

namespace BorderInfo.Server.Approval;

/// <summary>Reminds approvers of what has waited for more than a day and that they may decide.</summary>
internal sealed class WaitingNotes(ApprovalQueue queue, TimeProvider clock) : ITellNotes
{
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public IReadOnlyList<string> Roles { get; } = [Identity.Public.Roles.Approver];

    public async Task<IReadOnlyList<Note>> Tell(ClaimsPrincipal? reader, CancellationToken stop)
    {
        var actor = reader?.Actor() ?? Actor.System;
        var late = (await queue.Waiting(actor, stop)).Where(w => !w.Own && clock.GetUtcNow() - w.SubmittedAt > Patience).ToArray();
        return late.Length == 0 ? [] : [new(NoteWeight.Warning, "note.approval-waiting", late.Length, LocalTime.Text(late.Min(w => w.SubmittedAt))) { Url = "/duyet", About = "" }];
    }
}
