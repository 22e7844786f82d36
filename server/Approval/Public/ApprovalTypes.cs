using BorderInfo.Server.Content.Public;

namespace BorderInfo.Server.Approval.Public;

/// <summary>An approved version and who released it.</summary>
public sealed record ReleasedItem(ItemVersion Item, string ApprovedBy, DateTimeOffset ApprovedAt);

/// <summary>The only items a plan may name: approved, not withdrawn, not replaced, not past their end.</summary>
public interface IReleasedItems
{
    Task<ReleasedItem?> Of(ItemId id, CancellationToken stop);

    Task<IReadOnlyList<ReleasedItem>> All(CancellationToken stop);

    /// <summary>Notices that were replaced: a schedule that names one plays what took its place, in the same area.</summary>
    Task<Successors> Successors(CancellationToken stop) => Task.FromResult(Public.Successors.None);
}

/// <summary>A version was approved and takes the place of the one before.</summary>
public sealed record ItemReleased(ItemId Item, int Version);

/// <summary>An item was withdrawn: it leaves every plan at once.</summary>
public sealed record ItemWithdrawn(ItemId Item, string Reason);

/// <summary>A notice was released that replaces this one: it leaves every plan at once. <see cref="ItemReleased"/> of its successor follows in the same transaction.</summary>
public sealed record ItemReplaced(ItemId Item, ItemId By);
