using BorderInfo.Server.Content.Public;

namespace BorderInfo.Server.Approval.Public;

/// <summary>An approved version and who released it.</summary>
public sealed record ReleasedItem(ItemVersion Item, string ApprovedBy, DateTimeOffset ApprovedAt);

/// <summary>The only items a plan may name: approved, not withdrawn, not replaced, not past their end.</summary>
public interface IReleasedItems
{
    Task<ReleasedItem?> Of(ItemId id, CancellationToken stop);

    Task<IReadOnlyList<ReleasedItem>> All(CancellationToken stop);
}

/// <summary>A version was approved and takes the place of the one before.</summary>
public sealed record ItemReleased(ItemId Item, int Version);

/// <summary>An item was withdrawn: it leaves every plan at once.</summary>
public sealed record ItemWithdrawn(ItemId Item, string Reason);
