using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

internal sealed class UserNames(BorderInfoDb db) : IUserNames
{
    public async Task<IReadOnlyDictionary<long, string>> Of(IEnumerable<long> userIds, CancellationToken stop)
    {
        var ids = userIds.Distinct().ToArray();
        var names = await db.Set<User>().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, stop);
        if (ids.Contains(Actor.System.UserId))
            names[Actor.System.UserId] = Actor.System.DisplayName;
        return names;
    }
}
