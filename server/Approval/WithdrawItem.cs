using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Languages;
using BorderInfo.Server.Platform.News;

namespace BorderInfo.Server.Approval;

/// <summary>An editor or approver of the area presses “Thu hồi”: the released version leaves every plan at once.</summary>
/// <remarks>
/// The state and what follows from the news are written in one transaction. Refuses with <c>approval.no-right</c>, <c>approval.not-released</c>,
/// <c>approval.reason-missing</c>, <c>approval.reason-too-long</c>.
/// </remarks>
internal sealed class WithdrawItem(DecisionDesk desk, BorderInfoDb db, IItems items, IItemAccess access, NewsDesk news)
{
    public sealed record Ask(Actor Actor, ItemId Item, string Reason);

    public async Task<Outcome<ItemVersion>> Handle(Ask ask, CancellationToken stop)
    {
        var versions = await items.Versions(ask.Item, stop);
        if (versions.Count == 0 || !access.MayRead(ask.Actor, versions[0]))
            return new Refusal("approval.not-found", ask.Item.Value);
        if (versions.FirstOrDefault(v => v.State == ItemState.Approved) is not { } released)
            return new Refusal("approval.not-released");
        var may = access.MayApprove(ask.Actor, released) || await access.MayEdit(ask.Actor, ask.Item, stop);
        var reason = ask.Reason.TypedLines();
        return await desk.Decide(
            ask.Actor, ask.Item, released.Version, DecisionKind.Withdrawn, ItemState.Withdrawn, reason, heard: false,
            item => !may ? new("approval.no-right") : item.State != ItemState.Approved ? new("approval.not-released") : DecisionDesk.Reason(reason),
            item => news.Tell(new ItemWithdrawn(item.Id, reason), db, stop), stop);
    }
}
