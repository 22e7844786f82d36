using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Identity;

/// <summary>Takes notes into the caller's unit of work; they get number and hash when it is saved, see <see cref="ChainOnSave"/>.</summary>
internal sealed class AuditTrail(TimeProvider clock) : IAuditTrail
{
    private static long unsaved;

    public void Note(BorderInfoDb db, Actor actor, string action, string target, string detail = "") => db.Add(new AuditRow
    {
        N = Interlocked.Decrement(ref unsaved), At = clock.GetUtcNow(), ActorId = actor.UserId, ActorName = actor.UserName,
        Action = action, Target = target, Detail = detail,
    });

    /// <summary>Walks the whole chain.</summary>
    public static async Task<AuditVerdict> Verify(BorderInfoDb db, byte[] key, CancellationToken stop)
    {
        var (n, before) = (0L, AuditChain.Beginning);
        await foreach (var row in db.Set<AuditRow>().AsNoTracking().OrderBy(r => r.N).AsAsyncEnumerable().WithCancellation(stop))
        {
            n++;
            if (row.N != n)
                return new(n - 1, n, "audit.row-missing");
            if (row.PrevHash != before || row.Hash != AuditChain.Hash(key, row))
                return new(n - 1, n, "audit.row-altered");
            before = row.Hash;
        }

        var head = await db.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(stop);
        var whole = head is null ? n == 0 : head.N == n && head.Hash == before && head.Seal == AuditChain.Seal(key, n, before);
        return whole ? new(n, null, null) : new(n, n + 1, "audit.end-missing");
    }
}

/// <param name="Good">Rows from the first on that fit.</param>
/// <param name="Broken">Number of the first row that does not; null = the chain is whole.</param>
/// <param name="Why">Text key.</param>
public sealed record AuditVerdict(long Good, long? Broken, string? Why);
