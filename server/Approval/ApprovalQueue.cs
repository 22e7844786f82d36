using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Approval;

/// <param name="SubmittedBy">User name; <paramref name="SubmittedByName"/> as people read it.</param>
/// <param name="Own">The reader wrote on it, so somebody else must decide.</param>
public sealed record WaitingItem(ItemVersion Item, DateTimeOffset SubmittedAt, string SubmittedBy, bool Own, string SubmittedByName);

/// <param name="By">User name at that time; <paramref name="ByName"/> as people read it today.</param>
public sealed record Decision(int Version, DecisionKind Kind, string By, DateTimeOffset At, string Reason, bool Heard, string ByName);

/// <summary>What waits for a decision within the reader's area, most urgent class first, then the longest waiting; and the history of one item.</summary>
internal sealed class ApprovalQueue(BorderInfoDb db, IItems items, IItemAccess access, IUserNames users)
{
    public async Task<IReadOnlyList<WaitingItem>> Waiting(Actor actor, CancellationToken stop)
    {
        var submitted = (await items.Newest(stop)).Where(i => i.State == ItemState.Submitted && access.MayRead(actor, i)).ToArray();
        var ids = submitted.Select(i => i.Id.Number).ToArray();
        var rows = await db.Set<DecisionRow>().AsNoTracking().Where(d => d.Kind == DecisionKind.Submitted && ids.Contains(d.ItemId)).ToListAsync(stop);
        var names = await users.Of(rows.Select(r => r.By), stop);
        return
        [
            .. submitted.Select(i => (Item: i, Row: rows.Where(r => r.ItemId == i.Id.Number && r.Version == i.Version).MaxBy(r => r.Id)))
                .Select(w => new WaitingItem(w.Item, w.Row?.At ?? w.Item.ChangedAt, w.Row?.ByName ?? "", w.Item.Authors.Contains(actor.UserId), w.Row is { } r ? names.GetValueOrDefault(r.By, r.ByName) : ""))
                .OrderByDescending(w => w.Item.Class).ThenBy(w => w.SubmittedAt),
        ];
    }

    public async Task<IReadOnlyList<Decision>> History(ItemId id, CancellationToken stop)
    {
        var rows = await db.Set<DecisionRow>().AsNoTracking().Where(d => d.ItemId == id.Number).OrderByDescending(d => d.Id).ToListAsync(stop);
        var names = await users.Of(rows.Select(r => r.By), stop);
        return [.. rows.Select(d => new Decision(d.Version, d.Kind, d.ByName, d.At, d.Reason, d.Heard, names.GetValueOrDefault(d.By, d.ByName)))];
    }
}
