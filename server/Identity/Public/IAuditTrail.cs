using BorderInfo.Server.Platform.Database;

namespace BorderInfo.Server.Identity.Public;

/// <summary>The chained, append-only record of who did what. Written in the same transaction as the deed.</summary>
public interface IAuditTrail
{
    /// <param name="action">Verb and noun, for example <c>item.approve</c>.</param>
    /// <param name="target">What it was done to, for example <c>T-1024/3</c> or a plan number.</param>
    /// <param name="detail">Short text or JSON; never a secret.</param>
    void Note(BorderInfoDb db, Actor actor, string action, string target, string detail = "");
}

/// <summary>Users as other slices may name them.</summary>
public interface IUserNames
{
    Task<IReadOnlyDictionary<long, string>> Of(IEnumerable<long> userIds, CancellationToken stop);
}
