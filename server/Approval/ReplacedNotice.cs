using BorderInfo.Server.Approval.Public;
using BorderInfo.Server.Content.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.News;

namespace BorderInfo.Server.Approval;

/// <summary>A notice that replaces another: whether it may, and that it does. The link stays for good: withdrawing the successor does not bring the old one back.</summary>
/// <remarks>
/// Refuses with <c>approval.was-replaced</c> (the item itself has a successor), <c>approval.replaced-by-other</c> ({0} what is replaced, {1} by what), <c>approval.replaces-elsewhere</c>, <c>approval.replaces-gone</c>.
/// One that was withdrawn or is over meanwhile may be replaced: schedules that name it play the new one.
/// </remarks>
internal sealed class ReplacedNotice(BorderInfoDb db, IItems items, INotices notices, IAuditTrail audit, NewsDesk news)
{
    /// <summary>Inside the transaction of the decision.</summary>
    public async Task<Refusal?> Check(ItemVersion item, CancellationToken stop)
    {
        if (item.ReplacedBy is { } by)
            return new("approval.was-replaced", await Name(by, stop));
        if (item.Notice?.Replaces is not { } old)
            return null;
        var versions = await items.Versions(old, stop);
        return versions.Count == 0 ? new("approval.replaces-gone", old.Value)
            : versions[0].ProvinceCode != item.ProvinceCode ? new("approval.replaces-elsewhere", Notice.NameOf(versions[0]))
            : versions[0].ReplacedBy is { } other && other != item.Id ? new("approval.replaced-by-other", Notice.NameOf(versions[0]), await Name(other, stop))
            : null;
    }

    /// <summary>In the transaction of the approval: the old one is replaced and leaves the air, unless it was by this item's version before.</summary>
    public async Task TakePlace(Actor actor, ItemVersion item, CancellationToken stop)
    {
        if (item.Notice?.Replaces is not { } old || (await items.Versions(old, stop)).FirstOrDefault()?.ReplacedBy is not null)
            return;
        await notices.Replace(db, old, item.Id, stop);
        audit.Note(db, actor, "item.replace", old.Value, $"{item.Id}/{item.Version}");
        await news.Tell(new ItemReplaced(old, item.Id), db, stop);
    }

    private async Task<string> Name(ItemId id, CancellationToken stop) => (await items.Versions(id, stop)).FirstOrDefault() is { } item ? Notice.NameOf(item) : id.Value;
}
