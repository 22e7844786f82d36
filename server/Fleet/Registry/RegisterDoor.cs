using BorderInfo.Server.Fleet.Public;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using BorderInfo.Server.Platform.Live;
using BorderInfo.Server.Platform.News;

namespace BorderInfo.Server.Fleet.Registry;

/// <summary>What every change of the register has in common: who may, the audit note, the news, and memory read anew after the commit.</summary>
internal sealed class RegisterDoor(BorderInfoDb db, Clusters clusters, IAuditTrail audit, NewsDesk news, LiveBoard live)
{
    public static readonly Refusal NotAllowed = new("fleet.not-allowed");
    public static readonly Refusal NoSuchCluster = new("fleet.no-such-cluster");

    public static bool MayEdit(Actor actor) => actor == Actor.System || actor.Is(Roles.Administrator) || actor.Is(Roles.Technician);

    /// <summary>The cluster, when it is within the actor's area and the actor may change it.</summary>
    public Outcome<Cluster> Editable(Actor actor, long id)
    {
        if (clusters.ById(id) is not { } cluster || !cluster.Within(actor.Scope))
            return NoSuchCluster;
        return MayEdit(actor) ? cluster : NotAllowed;
    }

    /// <param name="work">Gives the id of the cluster it changed and what to note.</param>
    public async Task Change(Actor actor, string action, Func<Task<(long Cluster, string Target, string Detail)>> work, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (cluster, target, detail) = await work();
        audit.Note(db, actor, action, target, detail);
        await db.SaveChangesAsync(stop);
        clusters.Reload(db);
        try
        {
            await news.Tell(new ClusterChanged(cluster), db, stop);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }
        catch
        {
            await transaction.RollbackAsync(CancellationToken.None);
            clusters.Reload();
            throw;
        }

        db.ChangeTracker.Clear();
        live.Tell("sites");
        if (clusters.ById(cluster)?.Site is { } site)
            live.Tell($"site:{site}");
    }
}
