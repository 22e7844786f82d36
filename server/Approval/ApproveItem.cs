using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;

namespace BorderInfo.Server.Approval;

/// <summary>The approver presses “Duyệt”: the version is released and takes the place of the one before, which becomes “đã thay thế” in the same transaction. So does the notice that it replaces.</summary>
/// <remarks>
/// Four eyes: nobody who wrote on the version may approve it. What is spoken by a program must have been heard.
/// Refuses with <c>approval.no-right</c>, <c>approval.own-work</c>, <c>approval.already-decided</c>, <c>approval.not-submitted</c>, <c>approval.already-over</c>,
/// <c>approval.not-heard</c>, <c>approval.parts-not-ready</c>, <c>approval.changed-since</c>, and what <see cref="ReplacedNotice"/> refuses.
/// </remarks>
internal sealed class ApproveItem(DecisionDesk desk, BorderInfoDb db, IItems items, ReplacedNotice replaced, IItemAccess access, NewsDesk news, TimeProvider clock)
{
    /// <param name="Heard">“Tôi đã nghe” was ticked.</param>
    /// <param name="Seen"><see cref="ItemFingerprint"/> of what the approver looked at: nothing else is approved.</param>
    public sealed record Ask(Actor Actor, ItemId Item, int Version, bool Heard, string Seen);

    public async Task<Outcome<ItemVersion>> Handle(Ask ask, CancellationToken stop)
    {
        var ready = await access.PartsAreReady(ask.Item, ask.Version, stop);
        return await desk.Decide(
            ask.Actor, ask.Item, ask.Version, DecisionKind.Approved, ItemState.Approved, "", ask.Heard,
            async item => Decide(item, ask.Actor, access.MayApprove(ask.Actor, item), ask.Heard, ready, clock.GetUtcNow()) ?? Changed(item, ask.Seen) ?? await replaced.Check(item, stop),
            item => Release(ask.Actor, item, stop), stop);
    }

    internal static Refusal? Decide(ItemVersion item, Actor actor, bool mayApprove, bool heard, bool ready, DateTimeOffset now) =>
        !mayApprove ? new("approval.no-right")
        : item.State is ItemState.Approved or ItemState.Returned or ItemState.Withdrawn or ItemState.Replaced ? new("approval.already-decided")
        : item.State != ItemState.Submitted ? new("approval.not-submitted")
        : item.Authors.Contains(actor.UserId) ? new("approval.own-work")
        : item.ValidUntil <= now ? new("approval.already-over")
        : !heard && item.Renditions.Any(r => r.Synthesised) ? new("approval.not-heard") { Field = "heard" }
        : !ready ? new("approval.parts-not-ready")
        : null;

    /// <summary>An author may take a submission back, change it and submit it again under the same number while an approver reads.</summary>
    internal static Refusal? Changed(ItemVersion item, string seen) => ItemFingerprint.Of(item) == seen ? null : new("approval.changed-since");

    private async Task Release(Actor actor, ItemVersion item, CancellationToken stop)
    {
        foreach (var older in (await items.Versions(item.Id, stop)).Where(v => v.Version < item.Version && v.State == ItemState.Approved))
            await items.SetState(db, item.Id, older.Version, ItemState.Replaced, stop);
        await replaced.TakePlace(actor, item, stop);
        await news.Tell(new ItemReleased(item.Id, item.Version), db, stop);
    }
}
