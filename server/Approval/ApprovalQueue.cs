using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Approval;

/// <param name="Own">The reader wrote on it, so somebody else must decide.</param>
public sealed record WaitingItem(ItemVersion Item, DateTimeOffset SubmittedAt, string SubmittedBy, bool Own);

/// <param name="By">User name.</param>
public sealed record Decision(int Version, DecisionKind Kind, string By, DateTimeOffset At, string Reason, bool Heard);

/// <summary>What waits for a decision within the reader's area, most urgent class first, then the longest waiting; and the history of one item.</summary>
internal sealed class ApprovalQueue(BorderInfoDb db, IItems items, IItemAccess access)
{
    public async Task<IReadOnlyList<WaitingItem>> Waiting(Actor actor, CancellationToken stop)
    {
        var submitted = (await items.Newest(stop)).Where(i => i.State == ItemState.Submitted && access.MayRead(actor, i)).ToArray();
        var ids = submitted.Select(i => i.Id.Number).ToArray();
        var rows = await db.Set<DecisionRow>().AsNoTracking().Where(d => d.Kind == DecisionKind.Submitted && ids.Contains(d.ItemId)).ToListAsync(stop);
        return
        [
            .. submitted.Select(i => (Item: i, Row: rows.Where(r => r.ItemId == i.Id.Number && r.Version == i.Version).MaxBy(r => r.Id)))
                .Select(w => new WaitingItem(w.Item, w.Row?.At ?? w.Item.ChangedAt, w.Row?.ByName ?? "", w.Item.Authors.Contains(actor.UserId)))
                .OrderByDescending(w => w.Item.Class).ThenBy(w => w.SubmittedAt),
        ];
    }

    public async Task<IReadOnlyList<Decision>> History(ItemId id, CancellationToken stop) =>
        await db.Set<DecisionRow>().AsNoTracking().Where(d => d.ItemId == id.Number).OrderByDescending(d => d.Id)
            .Select(d => new Decision(d.Version, d.Kind, d.ByName, d.At, d.Reason, d.Heard)).ToListAsync(stop);
}
