using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;

namespace BorderInfo.Server.Approval;

/// <summary>What every decision has in common: one write transaction, the state as it is inside it, the row of the history, the audit trail, the live board.</summary>
/// <remarks>
/// Because the state is read after the transaction has the write lock, of two decisions at once the second sees what the first did and is refused with
/// <c>approval.already-decided</c>. Refuses with <c>approval.not-found</c>.
/// </remarks>
internal sealed class DecisionDesk(BorderInfoDb db, IItems items, IAuditTrail audit, LiveBoard board, TimeProvider clock)
{
    /// <param name="decide">Pure: the refusal, or null.</param>
    /// <param name="also">More to write in the same transaction.</param>
    public Task<Outcome<ItemVersion>> Decide(
        Actor actor, ItemId id, int version, DecisionKind kind, ItemState into, string reason, bool heard,
        Func<ItemVersion, Refusal?> decide, Func<ItemVersion, Task>? also, CancellationToken stop) =>
        Decide(actor, id, version, kind, into, reason, heard, item => Task.FromResult(decide(item)), also, stop);

    /// <param name="decide">The refusal, or null; it may read more, inside the transaction.</param>
    public async Task<Outcome<ItemVersion>> Decide(
        Actor actor, ItemId id, int version, DecisionKind kind, ItemState into, string reason, bool heard,
        Func<ItemVersion, Task<Refusal?>> decide, Func<ItemVersion, Task>? also, CancellationToken stop)
    {
        await using var work = await db.Database.BeginTransactionAsync(stop);
        if (await items.Version(id, version, stop) is not { } item)
            return new Refusal("approval.not-found", $"{id}/{version}");
        if (await decide(item) is { } why)
            return why;
        await items.SetState(db, id, version, into, stop);
        db.Add(new DecisionRow { ItemId = id.Number, Version = version, Kind = kind, By = actor.UserId, ByName = actor.UserName, At = clock.GetUtcNow(), Reason = reason, Heard = heard });
        audit.Note(db, actor, "item." + Verb(kind), $"{id}/{version}", reason);
        if (also is not null)
            await also(item);
        await db.SaveChangesAsync(stop);
        await work.CommitAsync(stop);
        board.Tell($"item:{id}");
        board.Tell("approvals");
        return item with { State = into };
    }

    /// <summary>A reason a person can act on: 5 to 500 characters.</summary>
    public static Refusal? Reason(string reason) => reason.Trim().Length switch
    {
        < 5 => new("approval.reason-missing") { Field = "reason" },
        > 500 => new("approval.reason-too-long") { Field = "reason" },
        _ => null,
    };

    private static string Verb(DecisionKind kind) => kind switch
    {
        DecisionKind.Submitted => "submit",
        DecisionKind.TakenBack => "take-back",
        DecisionKind.Approved => "approve",
        DecisionKind.Returned => "return",
        _ => "withdraw",
    };
}
