using BorderInfo.Server.Fleet.Watch;
using BorderInfo.Server.Identity.Public;
using BorderInfo.Server.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace BorderInfo.Server.Fleet.Registry;

/// <summary>“Xóa cụm”. History, events and pictures of its site stay.</summary>
/// <remarks>Refuses with <c>fleet.cluster-has-live-site</c> while its computer holds a certificate: revoke first.</remarks>
internal sealed class DeleteCluster(BorderInfoDb db, RegisterDoor door, Clusters clusters, StandingBoard board)
{
    public async Task<Outcome<Nothing>> Handle(long id, Actor actor, CancellationToken stop)
    {
        if (!door.Editable(actor, id).Is(out var cluster, out var why))
            return why;
        if (await db.Set<SiteRow>().AsNoTracking().AnyAsync(s => s.ClusterId == id && s.EnrolledAt != null && !s.Revoked, stop))
            return new Refusal("fleet.cluster-has-live-site", cluster.Site!.Value.Value);

        await door.Change(actor, "cluster.delete", async () =>
        {
            var panels = db.Set<PanelRow>().Where(p => p.ClusterId == id);
            await db.Set<InspectionRow>().Where(i => panels.Any(p => p.Id == i.PanelId)).ExecuteDeleteAsync(stop);
            await panels.ExecuteDeleteAsync(stop);
            await db.Set<OutputRow>().Where(o => o.ClusterId == id).ExecuteDeleteAsync(stop);
            await db.Set<SiteRow>().Where(s => s.ClusterId == id).ExecuteDeleteAsync(stop);
            await db.Set<ClusterRow>().Where(c => c.Id == id).ExecuteDeleteAsync(stop);
            return (id, cluster.Name, cluster.Site?.Value ?? "");
        }, stop);
        if (cluster.Site is { } site && clusters.BySite(site) is null)
            board.Forget(site);
        return default(Nothing);
    }
}
