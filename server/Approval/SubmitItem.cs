using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Approval;

/// <summary>The editor presses “Trình duyệt”: the newest version is locked and waits for a second person. “Rút lại” undoes it while nobody has decided.</summary>
/// <remarks>
/// Refuses with <c>approval.no-right</c>, <c>approval.nothing-in-it</c>, <c>approval.already-over</c>, <c>approval.not-a-draft</c>, <c>approval.already-decided</c>,
/// and what <see cref="ReplacedNotice"/> refuses.
/// </remarks>
internal sealed class SubmitItem(DecisionDesk desk, IItems items, ReplacedNotice replaced, IItemAccess access, TimeProvider clock)
{
    public async Task<Outcome<ItemVersion>> Handle(Actor actor, ItemId id, CancellationToken stop)
    {
        if (await Newest(actor, id, stop) is not { } newest)
            return new Refusal("approval.not-found", id.Value);
        var may = await access.MayEdit(actor, id, stop);
        var outcome = await desk.Decide(actor, id, newest.Version, DecisionKind.Submitted, ItemState.Submitted, "", heard: false, async item => Decide(item, may, clock.GetUtcNow()) ?? await replaced.Check(item, stop), null, stop);
        if (outcome.Why is null)
            await access.PrepareParts(id, newest.Version, stop);
        return outcome;
    }

    public async Task<Outcome<ItemVersion>> TakeBack(Actor actor, ItemId id, CancellationToken stop)
    {
        if (await Newest(actor, id, stop) is not { } newest)
            return new Refusal("approval.not-found", id.Value);
        var may = await access.MayEdit(actor, id, stop);
        return await desk.Decide(
            actor, id, newest.Version, DecisionKind.TakenBack, ItemState.Draft, "", heard: false,
            item => !may ? new("approval.no-right") : item.State == ItemState.Submitted ? null : new("approval.already-decided"), null, stop);
    }

    internal static Refusal? Decide(ItemVersion item, bool mayEdit, DateTimeOffset now) =>
        !mayEdit ? new("approval.no-right")
        : item.State is not (ItemState.Draft or ItemState.Returned) ? new("approval.not-a-draft")
        : item.Renditions.Count == 0 ? new("approval.nothing-in-it")
        : item.ValidUntil <= now ? new("approval.already-over")
        : null;

    private async Task<ItemVersion?> Newest(Actor actor, ItemId id, CancellationToken stop) =>
        (await items.Versions(id, stop)).FirstOrDefault() is { } newest && access.MayRead(actor, newest) ? newest : null;
}
