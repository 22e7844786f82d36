using BorderInfo.Server.Identity.Public;

namespace BorderInfo.Server.Content.Public;

/// <summary>Who may do what with an item, and whether there is something to see, for the slices below.</summary>
public interface IItemAccess
{
    bool MayRead(Actor actor, ItemVersion item);

    /// <summary>Editor of the owner's area, or of a commune in it for an item of their own.</summary>
    Task<bool> MayEdit(Actor actor, ItemId id, CancellationToken stop);

    /// <summary>Approver of the owner's whole area. That they are not an author is Approval's rule.</summary>
    bool MayApprove(Actor actor, ItemVersion item);

    /// <summary>True when all parts of this state of the version are made, or have been found impossible to make.</summary>
    Task<bool> PartsAreReady(ItemId id, int version, CancellationToken stop);

    /// <summary>Has the parts made in the background for the outputs there are now. Call after the commit.</summary>
    Task PrepareParts(ItemId id, int version, CancellationToken stop);
}
