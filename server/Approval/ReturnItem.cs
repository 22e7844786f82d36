using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Languages;

namespace BorderInfo.Server.Approval;

/// <summary>The approver presses “Trả lại”: the version goes back to its authors with a reason.</summary>
/// <remarks>Refuses with <c>approval.no-right</c>, <c>approval.already-decided</c>, <c>approval.reason-missing</c>, <c>approval.reason-too-long</c>.</remarks>
internal sealed class ReturnItem(DecisionDesk desk, IItemAccess access)
{
    public sealed record Ask(Actor Actor, ItemId Item, int Version, string Reason);

    public Task<Outcome<ItemVersion>> Handle(Ask ask, CancellationToken stop) => desk.Decide(
        ask.Actor, ask.Item, ask.Version, DecisionKind.Returned, ItemState.Returned, ask.Reason.TypedLines(), heard: false,
        item => Decide(item, access.MayApprove(ask.Actor, item), ask.Reason), null, stop);

    internal static Refusal? Decide(ItemVersion item, bool mayApprove, string reason) =>
        !mayApprove ? new("approval.no-right")
        : item.State != ItemState.Submitted ? new("approval.already-decided")
        : DecisionDesk.Reason(reason);
}
