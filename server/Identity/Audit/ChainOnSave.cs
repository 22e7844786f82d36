using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace BorderInfo.Server.Identity;

/// <summary>
/// Gives new audit rows their number, the hash before and their own, in the moment they are saved.
/// </summary>
/// <remarks>
/// Two writers must not both continue from the same row. A transaction of this database begins with the write lock (<c>BEGIN IMMEDIATE</c>), so whoever
/// reads the head inside one is alone until its commit: the caller's transaction if there is one, else one opened here and ended with the save.
/// The primary key over the number is the second fence: a fork cannot be stored.
/// </remarks>
internal sealed class ChainOnSave(AuditKey key) : SaveChangesInterceptor
{
    private readonly ConditionalWeakTable<DbContext, IDbContextTransaction> opened = [];

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (New(eventData.Context!) is { Length: > 0 } rows)
        {
            if (eventData.Context!.Database.CurrentTransaction is null)
                opened.Add(eventData.Context, await eventData.Context.Database.BeginTransactionAsync(cancellationToken));
            try
            {
                Chain(eventData.Context, rows, await eventData.Context.Set<AuditHead>().AsNoTracking().SingleOrDefaultAsync(cancellationToken));
            }
            catch
            {
                await End(eventData.Context, commit: false);
                throw;
            }
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await End(eventData.Context!, commit: true);
        return result;
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) => End(eventData.Context!, commit: false);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default) => End(eventData.Context!, commit: false);

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        New(eventData.Context!).Length == 0 ? result : throw new InvalidOperationException("audit rows are saved with SaveChangesAsync");

    private static AuditRow[] New(DbContext db) =>
        [.. db.ChangeTracker.Entries<AuditRow>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).OrderBy(r => r.N < 0).ThenBy(r => Math.Abs(r.N))];

    private void Chain(DbContext db, AuditRow[] rows, AuditHead? last)
    {
        var (n, hash) = (last?.N ?? 0, last?.Hash ?? AuditChain.Beginning);
        foreach (var row in rows)
        {
            // A failed save is tried again with the same entity: number and hashes are then made anew.
            db.Entry(row).State = EntityState.Detached;
            (row.N, row.PrevHash) = (++n, hash);
            row.Hash = hash = AuditChain.Hash(key.Bytes, row);
            db.Add(row);
        }

        var head = new AuditHead { Id = 1, N = n, Hash = hash, Seal = AuditChain.Seal(key.Bytes, n, hash) };
        foreach (var old in db.ChangeTracker.Entries<AuditHead>().ToArray())
            old.State = EntityState.Detached;
        db.Entry(head).State = last is null ? EntityState.Added : EntityState.Modified;
    }

    private async Task End(DbContext db, bool commit)
    {
        if (!opened.TryGetValue(db, out var transaction))
            return;
        opened.Remove(db);
        await using (transaction)
        {
            if (commit)
                await transaction.CommitAsync();
        }
    }
}
